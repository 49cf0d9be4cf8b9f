import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonEvaluations, isBeingMeasured, tagRates } from '../../Sources/PomonaWeb/Resources/model/compare.js'

const evaluation = (id, frozenID, finishedAt, more = {}) => ({
  id, frozenID, status: 'succeeded', createdAt: '2026-03-01T00:00:00Z', finishedAt, performance: {}, ...more,
})

test('only measurements on the same frozen photos compare, the newest first', () => {
  const mine = [
    evaluation('own', '7', '2026-03-01T10:00:00Z'), evaluation('e1', '8', '2026-03-02T10:00:00Z'),
    evaluation('e2', '9', '2026-03-03T10:00:00Z'),
  ]
  const theirs = [
    evaluation('own', '7', '2026-03-01T09:00:00Z'), evaluation('e5', '8', '2026-03-01T09:00:00Z'),
    evaluation('e6', '8', '2026-03-04T09:00:00Z'), evaluation('e7', '10', '2026-03-05T09:00:00Z'),
  ]
  const ids = commonEvaluations(mine, theirs).map((pair) => [pair.mine.id, pair.theirs.id])
  assert.deepEqual(ids, [['e1', 'e6'], ['own', 'own']])
})

test('what is not finished, failed or measured on nobody knows what does not compare', () => {
  const mine = [evaluation('e1', '7', '2026-03-01T10:00:00Z')]
  for (const other of [
    { status: 'running' }, { status: 'failed' }, { frozenID: undefined }, { performance: undefined },
  ]) assert.deepEqual(commonEvaluations(mine, [evaluation('e2', '7', '2026-03-02T10:00:00Z', other)]), [])
  const unknown = [evaluation('own', undefined, '2026-03-01T10:00:00Z', { measured: 'heldOut' })]
  assert.deepEqual(commonEvaluations(unknown, unknown), [])
  assert.equal(isBeingMeasured(mine), false)
  assert.equal(isBeingMeasured([evaluation('e3', '7', undefined, { status: 'notStarted' })]), true)
})

test('precision and recall of each tag are the shares of its column and its row', () => {
  const rates = tagRates([[3, 1, 0], [1, 4, 0], [0, 0, 0]], ['apple', 'banana', 'pear'])
  assert.deepEqual(rates, [
    { tag: 'apple', count: 4, precision: 0.75, recall: 0.75 },
    { tag: 'banana', count: 5, precision: 0.8, recall: 0.8 },
    { tag: 'pear', count: 0, precision: undefined, recall: undefined },
  ])
})

test('a tag that is never predicted has a recall of zero and no precision; nothing takes part in the sums', () => {
  assert.deepEqual(tagRates([[0, 2], [0, 0]], ['apple']), [
    { tag: 'apple', count: 2, precision: undefined, recall: 0 },
  ])
})
