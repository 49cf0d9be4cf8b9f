import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UndoStack, applied, difference } from '../../Sources/PomonaWeb/Resources/model/undo.js'

const item = (id, value) => ({ id, value })

test('the difference names what came, what went and what changed', () => {
  const same = item('a', 1)
  const before = [same, item('b', 1), item('c', 1)]
  const after = [same, item('b', 2), item('d', 1)]
  const changes = difference(before, after)
  assert.deepEqual([...changes.keys()].sort(), ['b', 'c', 'd'])
  assert.deepEqual(applied(before, changes, 'after').map(({ id, value }) => [id, value]),
    [['a', 1], ['b', 2], ['d', 1]])
  assert.deepEqual(new Set(applied(after, changes, 'before').map(({ id }) => id)), new Set(['a', 'b', 'c']))
})

/** Does acts on a list with a stack. */
function session() {
  const stack = new UndoStack()
  let items = []
  return {
    stack,
    get ids() {
      return items.map(({ id, value }) => `${id}${value}`).sort().join(' ')
    },
    act(after, gesture) {
      stack.push(difference(items, after), gesture)
      items = after
    },
    undo() {
      items = stack.undo(items) ?? items
    },
    redo() {
      items = stack.redo(items) ?? items
    },
  }
}

test('back and forth over several acts', () => {
  const work = session()
  work.act([item('a', 1)])
  work.act([item('a', 1), item('b', 1)])
  work.act([item('a', 2), item('b', 1)])
  work.undo()
  work.undo()
  assert.equal(work.ids, 'a1')
  work.redo()
  assert.equal(work.ids, 'a1 b1')
  work.redo()
  assert.equal(work.ids, 'a2 b1')
})

test('a new act after going back ends the way forth', () => {
  const work = session()
  work.act([item('a', 1)])
  work.act([item('a', 2)])
  work.undo()
  work.act([item('a', 3)])
  assert.equal(work.stack.canRedo, false)
  work.undo()
  assert.equal(work.ids, 'a1')
})

test('changes of one gesture are taken back at once', () => {
  const work = session()
  work.act([item('a', 1)])
  for (let value = 2; value <= 9; value += 1) work.act([item('a', value)], 'drag')
  work.undo()
  assert.equal(work.ids, 'a1')
  work.redo()
  assert.equal(work.ids, 'a9')
})

test('the same gesture after going back is an act of its own', () => {
  const work = session()
  work.act([item('a', 1)])
  work.act([item('a', 2)], 'nudge')
  work.undo()
  work.act([item('a', 3)], 'nudge')
  work.undo()
  assert.equal(work.ids, 'a1')
})

test('with nothing done there is nothing to take back', () => {
  const work = session()
  work.undo()
  work.redo()
  assert.equal(work.ids, '')
  work.act([])
  assert.equal(work.stack.canUndo, false)
})

test('only so many acts are remembered', () => {
  const stack = new UndoStack(3)
  let items = []
  for (let value = 1; value <= 5; value += 1) {
    const next = [item('a', value)]
    stack.push(difference(items, next))
    items = next
  }
  for (let count = 0; count < 3; count += 1) items = stack.undo(items)
  assert.equal(items[0].value, 2)
  assert.equal(stack.undo(items), undefined)
})
