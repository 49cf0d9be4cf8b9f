import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  atLeast, boxAt, boxBetween, handleAt, moved, overlap, resized, rounded, snapped,
} from '../../Sources/PomonaWeb/Resources/model/geometry.js'

const photo = { width: 100, height: 60 }
const box = (xMin, yMin, xMax, yMax) => ({ xMin, yMin, xMax, yMax })

test('a box between two corners does not mind which comes first', () => {
  assert.deepEqual(boxBetween({ x: 30, y: 5 }, { x: 10, y: 25 }), box(10, 5, 30, 25))
})

test('overlap is one for the same box, a third for half-shifted ones, zero for neighbours', () => {
  assert.equal(overlap(box(0, 0, 10, 10), box(0, 0, 10, 10)), 1)
  assert.ok(Math.abs(overlap(box(0, 0, 10, 10), box(5, 0, 15, 10)) - 1 / 3) < 1e-12)
  assert.equal(overlap(box(0, 0, 10, 10), box(10, 0, 20, 10)), 0)
})

test('a moved box keeps its size at every edge of the photo', () => {
  const start = box(40, 20, 60, 40)
  for (const [dx, dy, expected] of [
    [-100, 0, box(0, 20, 20, 40)], [100, 0, box(80, 20, 100, 40)], [0, 100, box(40, 40, 60, 60)],
    [3, -4, box(43, 16, 63, 36)]
  ]) {
    assert.deepEqual(moved(start, dx, dy, photo), expected)
  }
})

test('a handle drawn over the opposite side turns the box over', () => {
  assert.deepEqual(resized(box(20, 20, 40, 40), 'e', { x: 5, y: 0 }, photo), box(5, 20, 20, 40))
  assert.deepEqual(resized(box(20, 20, 40, 40), 'nw', { x: 50, y: 55 }, photo), box(40, 40, 50, 55))
})

test('a handle drawn out of the photo stops at its edge', () => {
  assert.deepEqual(resized(box(20, 20, 40, 40), 'se', { x: 500, y: 500 }, photo), box(20, 20, 100, 60))
})

test('no box is smaller than the least side, also in a corner and in a tiny photo', () => {
  assert.deepEqual(atLeast(box(10, 10, 10, 10), photo, 4), box(8, 8, 12, 12))
  assert.deepEqual(atLeast(box(100, 60, 100, 60), photo, 4), box(96, 56, 100, 60))
  assert.deepEqual(atLeast(box(1, 1, 1, 1), { width: 2, height: 2 }, 4), box(0, 0, 2, 2))
  assert.deepEqual(atLeast(box(10, 10, 30, 11), photo, 4), box(10, 8.5, 30, 12.5))
})

test('edges near the edge of the photo come to lie on it, others stay', () => {
  assert.deepEqual(snapped(box(2, 30, 97, 55), photo, 4), box(0, 30, 100, 55))
})

test('of boxes inside one another the smallest is meant', () => {
  const items = [{ id: 'outer', box: box(0, 0, 50, 50) }, { id: 'inner', box: box(10, 10, 20, 20) }, { id: 'whole' }]
  assert.equal(boxAt(items, { x: 15, y: 15 })?.id, 'inner')
  assert.equal(boxAt(items, { x: 30, y: 30 })?.id, 'outer')
  assert.equal(boxAt(items, { x: 70, y: 30 }), undefined)
})

test('handles are found within reach, corners before sides, and leave the inside of a small box free', () => {
  const large = box(10, 10, 50, 50)
  assert.equal(handleAt(large, { x: 12, y: 9 }, 5), 'nw')
  assert.equal(handleAt(large, { x: 30, y: 52 }, 5), 's')
  assert.equal(handleAt(large, { x: 30, y: 30 }, 5), undefined)
  assert.equal(handleAt(box(10, 10, 16, 16), { x: 13, y: 13 }, 9), undefined)
})

test('boxes are kept to a hundredth of a pixel', () => {
  assert.deepEqual(rounded(box(1.23456, 2, 3.999999, 4.005)), box(1.23, 2, 4, 4.01))
})
