import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EditQueue } from '../../Sources/PomonaWeb/Resources/model/edit-queue.js'

let number = 0
const edit = (taskID, action, baseRevision, annotations = []) => {
  number += 1
  return { edit: `e${number}`, projectID: 'p', taskID, action, baseRevision, annotations }
}

test('edits go one after the other, in order', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'submit', 1)).added
  const second = queue.add(edit('b', 'save', 1)).added
  assert.equal(queue.next()?.edit, first.edit)
  queue.done(first.edit, 2)
  assert.equal(queue.next()?.edit, second.edit)
  queue.done(second.edit, 2)
  assert.equal(queue.next(), undefined)
  assert.ok(queue.isEmpty)
})

test('saves that have not been sent are replaced by the next one', () => {
  const queue = new EditQueue()
  queue.add(edit('a', 'save', 1, ['one']))
  const { dropped } = queue.add(edit('a', 'save', 1, ['one', 'two']))
  assert.equal(dropped.length, 1)
  assert.deepEqual(queue.next()?.annotations, ['one', 'two'])
  assert.equal(queue.edits.length, 1)
})

test('an edit on its way is sent again as it is, and later ones follow with its revision', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'save', 1, ['one'])).added
  queue.next()
  queue.add(edit('a', 'save', 1, ['one', 'two']))
  assert.equal(queue.next()?.edit, first.edit, 'a lost answer: the same edit once more')
  assert.deepEqual(queue.next()?.annotations, ['one'])
  queue.done(first.edit, 2)
  const next = queue.next()
  assert.deepEqual(next?.annotations, ['one', 'two'])
  assert.equal(next?.baseRevision, 2)
})

test('a submit takes the place of saves before it and keeps what was seen first', () => {
  const queue = new EditQueue()
  queue.add(edit('a', 'save', 4))
  const { added } = queue.add(edit('a', 'submit', 9))
  assert.equal(added.baseRevision, 4)
  assert.deepEqual(queue.edits.map(({ action }) => action), ['submit'])
})

test('edits of other photos are not touched', () => {
  const queue = new EditQueue()
  queue.add(edit('a', 'save', 1))
  queue.add(edit('b', 'save', 1))
  assert.equal(queue.edits.length, 2)
})

test('a conflict holds all edits of the photo and lets the others through', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'save', 1)).added
  queue.next()
  queue.add(edit('a', 'submit', 1, ['mine']))
  const other = queue.add(edit('b', 'save', 1)).added
  queue.conflicts(first.edit, { id: 'a', revision: 7 })
  assert.equal(queue.next()?.edit, other.edit)
  queue.done(other.edit, 2)
  assert.equal(queue.next(), undefined)
  assert.equal(queue.stuck.length, 2)
})

test('keeping mine sends the last list once, over the other revision', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'save', 1)).added
  queue.next()
  queue.add(edit('a', 'submit', 1, ['mine']))
  queue.conflicts(first.edit, { id: 'a', revision: 7 })
  queue.settle('a', 'mine', () => 'new')
  assert.equal(queue.edits.length, 1)
  const next = queue.next()
  assert.deepEqual([next?.edit, next?.action, next?.baseRevision, next?.annotations], ['new', 'submit', 7, ['mine']])
})

test('taking theirs drops all of mine on that photo', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'save', 1)).added
  queue.next()
  queue.conflicts(first.edit, { id: 'a', revision: 7 })
  assert.equal(queue.settle('a', 'theirs', () => 'new').dropped.length, 1)
  assert.ok(queue.isEmpty)
})

test('an edit made while a decision waits, waits with it', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'save', 1)).added
  queue.next()
  queue.conflicts(first.edit, { id: 'a', revision: 7 })
  assert.equal(queue.add(edit('a', 'save', 1)).added.conflict.revision, 7)
  assert.equal(queue.next(), undefined)
})

test('a refusal waits for a decision and can be tried again', () => {
  const queue = new EditQueue()
  const first = queue.add(edit('a', 'submit', 3)).added
  queue.next()
  queue.refuse(first.edit, { code: 'paused', message: 'The project is paused.' })
  assert.equal(queue.next(), undefined)
  queue.settle('a', 'mine', () => 'again')
  assert.equal(queue.next()?.baseRevision, 3)
})

test('what an earlier visit left behind is sent first, as it was', () => {
  const left = [{ ...edit('a', 'save', 1, ['kept']), isSent: true }]
  const queue = new EditQueue(left)
  queue.add(edit('a', 'save', 1, ['kept', 'more']))
  assert.equal(queue.next()?.edit, left[0].edit)
  assert.deepEqual(queue.latest('a')?.annotations, ['kept', 'more'])
})

test('a skip goes behind the save that has not been sent, and carries it through a conflict', () => {
  const queue = new EditQueue()
  queue.add(edit('a', 'save', 1, ['drawn']))
  assert.equal(queue.add(edit('a', 'skip', 1, ['drawn'])).dropped.length, 0)
  const save = queue.next()
  assert.deepEqual([save?.action, save?.annotations], ['save', ['drawn']])
  queue.conflicts(save?.edit, { id: 'a', revision: 7 })
  let number = 0
  const { kept, dropped } = queue.settle('a', 'mine', () => `new${number += 1}`)
  assert.deepEqual(kept.map(({ edit, action }) => [edit, action]), [['new1', 'save'], ['new2', 'skip']])
  assert.equal(dropped.length, 2)
  queue.done('new1', 8)
  assert.deepEqual([queue.next()?.action, queue.next()?.baseRevision], ['skip', 8])
})

test('a submit or a skip is kept through a decision, although something was drawn after it', () => {
  const kept = (...actions) => {
    const queue = new EditQueue()
    actions.forEach((action, place) => {
      const { added } = queue.add({ ...edit('a', action, 1, [`list ${place}`]), ...(action === 'submit' && { seconds: 4 }) })
      if (place > 0) return
      queue.next()
      queue.refuse(added.edit, { code: 'paused', message: 'The project is paused.' })
    })
    return queue.settle('a', 'mine', () => 'new').kept.map(({ action, annotations, seconds }) => [
      action, annotations[0], seconds
    ])
  }
  assert.deepEqual(kept('submit', 'save'), [['submit', 'list 1', 4]])
  assert.deepEqual(kept('skip', 'save'), [['save', 'list 1', undefined], ['skip', 'list 0', undefined]])
  assert.deepEqual(kept('skip', 'submit', 'save', 'save'), [['submit', 'list 3', 4]])
  assert.deepEqual(kept('submit', 'skip').map(([action, list]) => [action, list]), [['save', 'list 0'], ['skip', 'list 1']])
  assert.deepEqual(kept('skip'), [['skip', 'list 0', undefined]])
})

test('keeping mine leaves out what has a category that is gone', () => {
  const queue = new EditQueue()
  const list = [{ id: 'x', categoryID: 'apple' }, { id: 'y', categoryID: 'gone' }]
  const first = queue.add(edit('a', 'save', 1, list)).added
  queue.next()
  queue.refuse(first.edit, { code: 'invalid', message: 'a category that is not there' })
  const { kept } = queue.settle('a', 'mine', () => 'new', new Set(['apple']))
  assert.deepEqual(kept[0].annotations, [list[0]])
  assert.deepEqual(queue.next()?.annotations, [list[0]])
})

test('the edits of a photo that is gone can be dropped at once', () => {
  const queue = new EditQueue()
  queue.add(edit('a', 'save', 1))
  queue.next()
  queue.add(edit('a', 'submit', 1))
  queue.add(edit('b', 'save', 1))
  assert.equal(queue.dropAll('a').length, 2)
  assert.deepEqual(queue.edits.map(({ taskID }) => taskID), ['b'])
})
