import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TaskDeck } from '../../Sources/PomonaWeb/Resources/model/task-deck.js'

const task = (id, state = 'unlabeled', more = {}) => ({ id, state, ...more })
const walk = (deck) => {
  const ids = []
  while (deck.goBack()) { /* to the beginning */ }
  do ids.push(deck.current?.id); while (deck.goOn())
  return ids
}

/** Submits the present photo, as the page does it. */
function submit(deck) {
  deck.replace({ ...deck.current, state: 'submitted' })
  deck.finish()
}

test('the deck goes on, goes back, waits at its end and takes nothing twice', () => {
  const deck = new TaskDeck()
  deck.take([task('a'), task('b')])
  assert.equal(deck.current?.id, 'a')
  assert.equal(deck.take([task('b'), task('c')]).length, 1)
  submit(deck)
  submit(deck)
  assert.equal(deck.current?.id, 'c')
  submit(deck)
  assert.equal(deck.current, undefined)
  assert.equal(deck.goBack()?.id, 'c')
  deck.finish()
  deck.take([task('d')])
  assert.equal(deck.current?.id, 'd')
})

test('an opened task comes behind the present one, or where it is', () => {
  const deck = new TaskDeck()
  deck.take([task('a'), task('b')])
  deck.open(task('x', 'submitted'))
  assert.equal(deck.current?.id, 'x')
  deck.open(task('b', 'unlabeled', { seen: true }))
  assert.equal(deck.current?.seen, true)
  assert.deepEqual(walk(deck), ['a', 'x', 'b'])
})

test('what is done is not held any more, what was only passed is', () => {
  const deck = new TaskDeck()
  deck.take(['a', 'b', 'c', 'd'].map((id) => task(id)))
  submit(deck)
  deck.goOn()
  assert.deepEqual(deck.held, ['b', 'c', 'd'])
  // A submitted photo that is looked at again is held while it is shown.
  deck.goBack()
  deck.goBack()
  assert.deepEqual(deck.held, ['a', 'b', 'c', 'd'])
})

test('a photo that was done and comes back is behind all others, as it is now', () => {
  const deck = new TaskDeck()
  deck.take([task('a'), task('b'), task('c')])
  submit(deck)
  const back = task('a', 'rejected', { review: { words: 'look again' } })
  assert.deepEqual(deck.take([back]), [back])
  assert.equal(deck.current?.id, 'b', 'the present photo stays')
  assert.deepEqual(deck.ahead.map(({ id }) => id), ['c', 'a'])
  assert.ok(deck.held.includes('a'))
  assert.deepEqual(walk(deck), ['b', 'c', 'a'])
})

test('a photo that comes back while nothing is shown is shown', () => {
  const deck = new TaskDeck()
  deck.take([task('a')])
  submit(deck)
  deck.take([task('a', 'rejected')])
  assert.equal(deck.current?.state, 'rejected')
  assert.equal(deck.canGoBack, false)
})

test('a rejection that was heard of before the queue brings the photo does not keep it from coming', () => {
  const deck = new TaskDeck()
  deck.take([task('a'), task('b')])
  submit(deck)
  deck.replace(task('a', 'rejected'))
  assert.ok(!deck.held.includes('a'))
  assert.equal(deck.take([task('a', 'rejected')]).length, 1)
})

test('the photo that is shown is never moved', () => {
  const deck = new TaskDeck()
  deck.take([task('a'), task('b')])
  submit(deck)
  deck.goBack()
  assert.equal(deck.take([task('a', 'rejected')]).length, 0)
  assert.equal(deck.current?.id, 'a')
})

test('a photo that was only passed and is brought again goes to the end', () => {
  const deck = new TaskDeck()
  deck.take([task('a'), task('b')])
  deck.goOn()
  assert.equal(deck.take([task('a')]).length, 1)
  assert.deepEqual([deck.current?.id, deck.ahead.map(({ id }) => id)], ['b', ['a']])
})
