import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bestThreshold, countAtLeast, f1, figuresAt, matrixRows, overThresholds, precision, recall
} from '../../Sources/PomonaWeb/Resources/model/metrics.js'

// Two tags with 2 and 1 objects; five detections, the fourth on a crowd.
const matches = {
  objectCounts: [2, 1], confidences: [0.9, 0.8, 0.8, 0.6, 0.3], predicted: [0, 1, 0, 0, 0], outcomes: [1, 0, 0, 2, 1],
  actual: [0, 0, 2, -1, 0],
}

test('counting by bisection takes all of the same confidence', () => {
  assert.equal(countAtLeast(matches.confidences, 0.8), 3)
  assert.equal(countAtLeast(matches.confidences, 0.81), 1)
  assert.equal(countAtLeast(matches.confidences, 0), 5)
  assert.equal(countAtLeast([], 0.5), 0)
})

test('the figures at a threshold, crowds left out', () => {
  const { overall, tags, confusion } = figuresAt(matches, 0.5)
  assert.deepEqual(overall, { truePositives: 1, falsePositives: 2, missed: 2 })
  assert.deepEqual(tags, [
    { truePositives: 1, falsePositives: 1, missed: 1 }, { truePositives: 0, falsePositives: 1, missed: 1 }
  ])
  assert.deepEqual(confusion, [[1, 1, 0], [0, 0, 1], [1, 0, 0]])
})

test('below every confidence all detections count, above none', () => {
  assert.deepEqual(figuresAt(matches, 0).overall, { truePositives: 2, falsePositives: 2, missed: 1 })
  assert.deepEqual(figuresAt(matches, 1).overall, { truePositives: 0, falsePositives: 0, missed: 3 })
})

test('shares of nothing are unknown, not zero', () => {
  const none = { truePositives: 0, falsePositives: 0, missed: 0 }
  assert.equal(precision(none), undefined)
  assert.equal(recall(none), undefined)
  assert.equal(f1(none), undefined)
  assert.equal(f1({ truePositives: 1, falsePositives: 1, missed: 0 }), 2 / 3)
})

test('the curve over thresholds says the same as each threshold by itself', () => {
  for (const point of overThresholds(matches, 21)) {
    const { overall } = figuresAt(matches, point.threshold)
    assert.equal(point.precision, precision(overall), `precision at ${point.threshold}`)
    assert.equal(point.recall, recall(overall), `recall at ${point.threshold}`)
  }
})

test('the best threshold lies halfway to the first detection that is too much, and never between equal ones', () => {
  const perfect = { ...matches, confidences: [0.9, 0.8, 0.7, 0.1, 0.1], outcomes: [1, 1, 1, 0, 0] }
  assert.equal(bestThreshold(perfect), (0.7 + 0.1) / 2)
  assert.equal(bestThreshold({ ...perfect, confidences: [0.9, 0.8, 0.7], outcomes: [1, 1, 1] }), 0.35)
  // Of two equal ones the first alone would be better: F1 is 1/2 with one, 2/5 with both.
  const twins = { ...matches, confidences: [0.9, 0.9, 0.2], outcomes: [1, 0, 0] }
  assert.equal(bestThreshold(twins), (0.9 + 0.2) / 2)
  assert.equal(figuresAt(twins, bestThreshold(twins)).overall.truePositives, 1)
  assert.equal(bestThreshold({ ...matches, outcomes: [0, 0, 0, 2, 0] }), undefined)
  assert.equal(bestThreshold({ ...matches, confidences: [], outcomes: [] }), undefined)
})

test('no other threshold has a better F1', () => {
  // Detections by a rule that is neither all right nor all wrong, with confidences that repeat.
  const confidences = Array.from({ length: 60 }, (_, index) => Math.round(95 - index * 1.5) / 100)
  const outcomes = confidences.map((_, index) => (index * index) % 7 === 2 ? 0 : (index % 11 === 5 ? 2 : index < 45 ? 1 : 0))
  const some = { objectCounts: [50], confidences, predicted: confidences.map(() => 0), outcomes, actual: confidences.map(() => 0) }
  const best = f1(figuresAt(some, bestThreshold(some)).overall)
  const others = overThresholds(some, 1001).map((point) => point.f1)
  assert.equal(best, Math.max(...others.filter((value) => value !== undefined)))
})

test('the matrix is made of its cells', () => {
  assert.deepEqual(matrixRows({ size: 2, cells: [{ actual: 1, predicted: 0, count: 3 }] }), [[0, 0], [3, 0]])
})
