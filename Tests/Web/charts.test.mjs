import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addLine, addPoint, curveLines } from '../../Sources/PomonaWeb/Resources/model/curves.js'
import { journey } from '../../Sources/PomonaWeb/Resources/model/journey.js'
import { mistakesOf } from '../../Sources/PomonaWeb/Resources/model/mistakes.js'
import { figures, mainFigure, tagFigures } from '../../Sources/PomonaWeb/Resources/model/performance.js'
import { linePath, linear, smoothed, tickLabel, ticks } from '../../Sources/PomonaWeb/Resources/model/scale.js'
import {
  advice, aspectBars, perPhotoBars, sizeBars, tagBars
} from '../../Sources/PomonaWeb/Resources/model/statistics.js'
import { countParts, decided, remaining } from '../../Sources/PomonaWeb/Resources/model/task-counts.js'

test('ticks are round and cover the axis', () => {
  assert.deepEqual(ticks(0, 1, 4), [0, 0.5, 1])
  assert.deepEqual(ticks(0, 200, 6), [0, 50, 100, 150, 200])
  assert.deepEqual(ticks(3, 3), [3])
  assert.equal(tickLabel(12_000), '12k')
})

test('a scale without extent leads to the middle', () => {
  assert.equal(linear([0, 10], [100, 0])(5), 50)
  assert.equal(linear([4, 4], [0, 10])(4), 5)
})

test('lines have gaps where values are missing', () => {
  assert.equal(linePath([{ x: 0, y: 1 }, { x: 1, y: undefined }, { x: 2, y: 3 }, { x: 3, y: 4 }]), 'M0 1M2 3L3 4')
})

test('smoothing keeps a constant and its length', () => {
  assert.deepEqual(smoothed([2, 2, 2, 2], 3), [2, 2, 2, 2])
  assert.deepEqual(smoothed([0, 3, 6], 3), [0, 1.5, 3])
})

test('points of a training join in order; told twice they are one; after a restart the old end goes', () => {
  const point = (step, loss) => ({ step, steps: 10, losses: { box: loss } })
  let points = []
  for (const next of [point(1, 3), point(2, 2), point(3, 1), point(2, 2)]) points = addPoint(points, next)
  assert.deepEqual(points.map(({ step }) => step), [1, 2, 3])
  points = addPoint(points, point(2, 2.5))
  assert.deepEqual(points.map(({ step, losses }) => [step, losses.box]), [[1, 3], [2, 2.5]])
})

test('a line of the log that is told twice stands once, and the oldest go', () => {
  const line = (second, text) => ({ at: `2026-03-01T12:00:0${second}Z`, text })
  let lines = []
  for (const next of [line(1, 'begins'), line(1, 'begins'), line(2, 'begins'), line(2, 'ends')]) {
    lines = addLine(lines, next, 2)
  }
  assert.deepEqual(lines, [line(2, 'begins'), line(2, 'ends')])
})

test('curves show each loss, their sum, and the score where it was measured', () => {
  const { losses, score } = curveLines([
    { step: 1, steps: 2, losses: { box: 2, class: 1 } },
    { step: 2, steps: 2, losses: { box: 1, class: 1 }, heldOutScore: 0.5 }
  ])
  assert.deepEqual(losses.map(({ name }) => name), ['all', 'box', 'class'])
  assert.deepEqual(losses[0].points, [{ x: 1, y: 3 }, { x: 2, y: 2 }])
  assert.deepEqual(score.points, [{ x: 2, y: 0.5 }])
  assert.deepEqual(curveLines([]).losses, [])
})

test('a model is known by its main figure', () => {
  assert.deepEqual(mainFigure({ meanAveragePrecision50: 0.9 }), { label: 'mAP @ 50', value: 0.9 })
  assert.equal(mainFigure({ accuracyTop1: 0.8 })?.label, 'Top-1 accuracy')
  assert.equal(mainFigure(undefined), undefined)
  assert.equal(figures({ accuracyTop1: 0.8, calibrationECE: 0.1 }).length, 2)
  assert.deepEqual(
    tagFigures({
      tagPerformance: { a: { averagePrecision50: 0.2 }, b: {}, c: { averagePrecision50: 0.9 } }
    }).map(({ tag }) => tag),
    ['c', 'a', 'b'])
})

test('mistakes in words, the one concerned marked', () => {
  const truth = { label: 0, box: { xMin: 0, yMin: 0, xMax: 5, yMax: 5 } }
  const other = { label: 1, box: { xMin: 9, yMin: 9, xMax: 15, yMax: 15 } }
  const wrong = { label: 1, confidence: 0.9, box: { xMin: 0, yMin: 0, xMax: 5, yMax: 6 } }
  const evaluation = {
    labels: ['apple', 'pear'],
    photos: {
      4: { blobID: 'b', name: 'x.jpg', width: 20, height: 20, annotations: [truth, other], detections: [wrong] }
    },
    detection: {
      mistakes: [
        { kind: 'wrongTag', photo: 4, truth, detection: wrong, intersectionOverUnion: 0.83, severity: 0.9 },
        { kind: 'missed', photo: 9, truth, severity: 1 }
      ]
    },
  }
  const [mistake, ...rest] = mistakesOf(evaluation)
  assert.equal(rest.length, 0, 'a photo that is not known cannot be shown')
  assert.equal(mistake.words, 'apple taken for pear, 90%')
  assert.deepEqual(mistake.truths.map(({ isConcerned }) => isConcerned), [true, false])
  assert.equal(mistake.found.length, 1)
})

test('statistics in bars', () => {
  assert.deepEqual(
    tagBars([
      { name: 'a', annotations: 1, photos: 1 }, { name: 'b', annotations: 5, photos: 2 }
    ]).map(({ label }) => label),
    ['b', 'a'])
  assert.equal(perPhotoBars([0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 4]).at(-1)?.label, '10+')
  assert.equal(sizeBars(new Array(10).fill(1)).length, 10)
  assert.equal(aspectBars(new Array(10).fill(1))[5].label, 'square')
})

test('advice before training: what is rare, unbalanced or tiny', () => {
  const base = {
    photoCount: 9, labeledPhotoCount: 9, annotationCount: 100, annotationsPerPhoto: [], boxSizes: [50, 50],
    aspectRatios: [], positions: { columns: 1, rows: 1, counts: [0] }, photoSizes: []
  }
  assert.deepEqual(advice({ ...base, tags: [] }), ['Nothing is labeled yet.'])
  const lines = advice({
    ...base,
    tags: [{ name: 'a', annotations: 97, photos: 9 }, { name: 'b', annotations: 3, photos: 1 }]
  })
  assert.equal(lines.length, 3)
  assert.deepEqual(
    advice({
      ...base,
      boxSizes: [0, 100],
      tags: [{ name: 'a', annotations: 60, photos: 9 }, { name: 'b', annotations: 40, photos: 1 }]
    }),
    [])
})

test('rejected photos are to be done again', () => {
  const counts = {
    total: 20, unlabeled: 5, preLabeled: 4, submitted: 3, skipped: 2, needsReview: 0, approved: 5, rejected: 1
  }
  assert.equal(remaining(counts), 10)
  assert.equal(decided(counts), 10)
  assert.deepEqual(countParts(counts).map(({ state }) => state), [
    'approved', 'submitted', 'skipped', 'preLabeled', 'rejected', 'unlabeled'
  ])
  // A state that is asked for can be switched off again when its last photo has left it.
  assert.deepEqual(countParts(counts, ['needsReview', 'submitted']).map(({ state }) => state), [
    'approved', 'submitted', 'needsReview', 'skipped', 'preLabeled', 'rejected', 'unlabeled'
  ])
})

test('the way to a model shows what is done', () => {
  const steps = journey({ counts: { photos: 53, containers: 2 } },
    [{ name: 'd', labeledPhotoCount: 3 }],
    [{ id: 'p', name: 'p', state: 'running', counts: { unlabeled: 50 } }],
    [])
  assert.deepEqual(steps.map(({ isDone }) => isDone), [true, true, false, false, false])
  assert.equal(steps[2].path, '/projects/p')
})
