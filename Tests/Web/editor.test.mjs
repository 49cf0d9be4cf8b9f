import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Editor } from '../../Sources/PomonaWeb/Resources/model/editor.js'

const photo = { width: 400, height: 300 }
const box = (xMin, yMin, xMax, yMax) => ({ xMin, yMin, xMax, yMax })

function editorWith(annotations = [], suggestions = [], dismissed = []) {
  let next = 0
  let changes = 0
  const editor = new Editor({
    photo, annotations, suggestions, dismissed, newID: () => `n${next += 1}`, whenChanged: () => {
      changes += 1
    },
  })
  return { editor, get changes() {
    return changes
  } }
}

test('a new box is selected, at least as large as allowed, and told', () => {
  const work = editorWith()
  work.editor.add(box(10, 10, 10, 40), 'apple')
  assert.equal(work.editor.selected?.box?.xMax - work.editor.selected?.box?.xMin, 3)
  assert.equal(work.changes, 1)
})

test('the tag of a box can be changed; a suggestion becomes a decision', () => {
  const { editor } = editorWith([
    { id: 'a', categoryID: 'apple', box: box(0, 0, 9, 9), from: 'suggestion', confidence: 0.8 }
  ])
  editor.retag('a', 'pear')
  assert.deepEqual(editor.annotations[0], { id: 'a', categoryID: 'pear', box: box(0, 0, 9, 9) })
})

test('a locked box is neither moved, retagged nor deleted, also not with all others', () => {
  const work = editorWith([
    { id: 'a', categoryID: 'apple', box: box(0, 0, 9, 9) }, { id: 'b', categoryID: 'apple', box: box(20, 20, 40, 40) }
  ])
  work.editor.switchLock('a')
  work.editor.selectedID = 'a'
  work.editor.nudge(5, 5)
  work.editor.retag('a', 'pear')
  work.editor.delete('a')
  work.editor.deleteAll()
  assert.deepEqual(work.editor.annotations, [{ id: 'a', categoryID: 'apple', box: box(0, 0, 9, 9), isLocked: true }])
})

test('nudges in a row are one act, and everything can be taken back and brought again', () => {
  const { editor } = editorWith()
  editor.add(box(10, 10, 50, 50), 'apple')
  for (let count = 0; count < 5; count += 1) editor.nudge(1, 0)
  editor.retag('n1', 'pear')
  editor.delete()
  assert.equal(editor.annotations.length, 0)
  editor.undo()
  editor.undo()
  assert.deepEqual(editor.annotations[0].box, box(15, 10, 55, 50))
  editor.undo()
  assert.deepEqual(editor.annotations[0].box, box(10, 10, 50, 50))
  editor.undo()
  assert.equal(editor.annotations.length, 0)
  for (let count = 0; count < 4; count += 1) editor.redo()
  assert.equal(editor.annotations.length, 0)
  assert.equal(editor.canRedo, false)
})

test('accepting is once only, dismissing hides, and weak suggestions are not shown', () => {
  const suggestions = [
    { id: 's1', categoryID: 'apple', box: box(0, 0, 9, 9), confidence: 0.9 },
    { id: 's2', categoryID: 'apple', box: box(20, 0, 29, 9), confidence: 0.5 }
  ]
  const { editor } = editorWith([], suggestions)
  assert.deepEqual(editor.openSuggestions(0.6).map(({ id }) => id), ['s1'])
  editor.accept(editor.openSuggestions(0))
  editor.accept(suggestions)
  assert.equal(editor.annotations.length, 2)
  assert.deepEqual(editor.openSuggestions(0), [])
  editor.undo()
  editor.dismiss('s2')
  assert.deepEqual(editor.openSuggestions(0).map(({ id }) => id), ['s1'])
})

test('of two suggestions for one thing the surer is shown, and the other one when that is dismissed', () => {
  const suggestions = [
    { id: 's1', categoryID: 'orange', box: box(10, 10, 110, 110), confidence: 0.6 },
    { id: 's2', categoryID: 'apple', box: box(12, 10, 112, 112), confidence: 0.8 },
    { id: 's3', categoryID: 'apple', box: box(90, 90, 190, 190), confidence: 0.7 }
  ]
  const { editor } = editorWith([], suggestions)
  const shown = () => editor.openSuggestions(0).map(({ id }) => id)
  assert.deepEqual(shown(), ['s2', 's3'])
  editor.dismiss('s2')
  assert.deepEqual(shown(), ['s3', 's1'])
  editor.undo()
  editor.accept(editor.openSuggestions(0))
  assert.deepEqual([editor.annotations.map(({ id }) => id), shown()], [['s2', 's3'], []])
  // What a person drew hides no other opinion.
  const drawn = editorWith([{ id: 'a', categoryID: 'orange', box: box(10, 10, 110, 110) }], suggestions)
  assert.deepEqual(drawn.editor.openSuggestions(0).map(({ id }) => id), ['s2', 's3'])
})

test('a suggestion that is taken alone is selected, so that a key gives it another tag', () => {
  const { editor } = editorWith([], [{ id: 's1', categoryID: 'orange', box: box(0, 0, 9, 9), confidence: 0.9 }])
  editor.take(editor.openSuggestions(0)[0])
  assert.equal(editor.selectedID, 's1')
  editor.retag(editor.selectedID, 'apple')
  assert.deepEqual(editor.annotations.map(({ id, categoryID }) => [id, categoryID]), [['s1', 'apple']])
  editor.undo()
  editor.undo()
  assert.equal(editor.selectedID, undefined)
  assert.equal(editor.openSuggestions(0).length, 1)
})

test('a duplicate lies beside its original, also in the corner', () => {
  const { editor } = editorWith([{ id: 'a', categoryID: 'apple', box: box(380, 280, 400, 300) }])
  editor.selectedID = 'a'
  editor.duplicate()
  assert.notDeepEqual(editor.annotations[1].box, editor.annotations[0].box)
  assert.ok(editor.annotations[1].box.xMax <= 400)
  assert.equal(editor.selectedID, editor.annotations[1].id)
})

test('the template has the size of the last box, fifty pixels before there was one', () => {
  const { editor } = editorWith()
  assert.deepEqual(editor.template, { width: 50, height: 50 })
  editor.add(box(0, 0, 30, 12), 'apple')
  assert.deepEqual(editor.template, { width: 30, height: 12 })
})

test('a photo has one class; the same again takes it away', () => {
  const { editor } = editorWith()
  editor.classify('apple')
  editor.classify('pear')
  assert.deepEqual(editor.annotations.map(({ categoryID }) => categoryID), ['pear'])
  editor.classify('pear')
  assert.equal(editor.annotations.length, 0)
})

test('a suggested class takes the place of the one there is, and of several the surest is taken', () => {
  const { editor } = editorWith([], [
    { id: 's1', categoryID: 'pear', confidence: 0.3 }, { id: 's2', categoryID: 'apple', confidence: 0.6 }
  ])
  editor.classify('plum')
  editor.accept(editor.openSuggestions(0))
  assert.deepEqual(editor.annotations, [{ id: 's2', categoryID: 'apple', from: 'suggestion', confidence: 0.6 }])
  editor.take({ id: 's1', categoryID: 'pear', confidence: 0.3 })
  assert.deepEqual(editor.annotations.map(({ categoryID }) => categoryID), ['pear'])
  editor.undo()
  editor.undo()
  assert.deepEqual(editor.annotations.map(({ categoryID }) => categoryID), ['plum'])
})

test('what did not change anything is not told', () => {
  const work = editorWith([{ id: 'a', categoryID: 'apple', box: box(0, 0, 9, 9) }])
  work.editor.retag('a', 'apple')
  work.editor.delete('unknown')
  work.editor.undo()
  assert.equal(work.changes, 0)
})

test('another person’s labels are taken over as one act, under new ids', () => {
  const mine = [{ id: 'a', categoryID: 'apple', box: box(0, 0, 9, 9) }]
  const theirs = [{ id: 'x', categoryID: 'pear', box: box(5, 5, 20, 20) }, { id: 'y', categoryID: 'pear', box: box(50, 5, 70, 20) }]
  const { editor } = editorWith(mine)
  editor.takeOver(theirs)
  assert.deepEqual(editor.annotations.map(({ id, categoryID }) => [id, categoryID]), [['n1', 'pear'], ['n2', 'pear']])
  editor.undo()
  assert.deepEqual(editor.annotations, mine)
})

const suggestion = { id: 's', categoryID: 'apple', box: box(0, 0, 9, 9), confidence: 0.9 }
const open = (editor) => editor.openSuggestions(0).map(({ id }) => id)

test('a suggestion that was accepted and then deleted does not come back, until both are taken back', () => {
  const { editor } = editorWith([], [suggestion])
  editor.accept([suggestion])
  editor.delete('s')
  assert.deepEqual(open(editor), [])
  assert.deepEqual(editor.dismissed, ['s'])
  editor.undo()
  assert.deepEqual(editor.annotations.map(({ id }) => id), ['s'])
  assert.deepEqual(editor.dismissed, [])
  editor.undo()
  assert.deepEqual(open(editor), ['s'])
  editor.redo()
  editor.redo()
  assert.deepEqual([editor.annotations.length, open(editor).length], [0, 0])
})

test('nor does it after deleting all or taking over what another person said', () => {
  const accepted = { id: 's', categoryID: 'apple', box: box(0, 0, 9, 9), from: 'suggestion', confidence: 0.9 }
  const all = editorWith([accepted], [suggestion]).editor
  all.deleteAll()
  assert.deepEqual(open(all), [])
  const taken = editorWith([accepted], [suggestion]).editor
  taken.takeOver([{ id: 'x', categoryID: 'pear', box: box(5, 5, 20, 20) }])
  assert.deepEqual(open(taken), [])
  taken.undo()
  assert.deepEqual(taken.annotations, [accepted])
  assert.deepEqual(taken.dismissed, [])
})

test('dismissing is an act that is told and can be taken back', () => {
  const work = editorWith([], [suggestion])
  work.editor.dismiss('s')
  work.editor.dismiss('s')
  assert.equal(work.changes, 1)
  assert.deepEqual(open(work.editor), [])
  work.editor.undo()
  assert.equal(work.changes, 2)
  assert.deepEqual(open(work.editor), ['s'])
})

test('what was dismissed on an earlier visit stays hidden, and what the server suggests since is shown', () => {
  const { editor } = editorWith([], [suggestion], ['s'])
  assert.deepEqual(open(editor), [])
  editor.add(box(50, 50, 90, 90), 'pear')
  editor.takeSuggestions([suggestion, { ...suggestion, id: 't', box: box(20, 0, 29, 9) }], ['s'])
  assert.deepEqual(open(editor), ['t'])
  assert.ok(editor.canUndo)
  editor.reset([], [])
  assert.deepEqual(new Set(open(editor)), new Set(['s', 't']))
})

test('the way through the boxes has an end on both sides', () => {
  const { editor } = editorWith([
    { id: 'a', categoryID: 'apple', box: box(0, 0, 9, 9) }, { id: 'b', categoryID: 'apple', box: box(20, 20, 40, 40) }
  ])
  assert.deepEqual([editor.hasNeighbour(1), editor.hasNeighbour(-1)], [true, true])
  editor.selectNeighbour(1)
  assert.deepEqual([editor.selectedID, editor.hasNeighbour(1), editor.hasNeighbour(-1)], ['a', true, false])
  editor.selectNeighbour(1)
  assert.deepEqual([editor.selectedID, editor.hasNeighbour(1), editor.hasNeighbour(-1)], ['b', false, true])
  assert.equal(editorWith().editor.hasNeighbour(1), false)
})
