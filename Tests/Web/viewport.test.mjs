import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitting, panned, toPhoto, zoomed } from '../../Sources/PomonaWeb/Resources/model/viewport.js'

const photo = { width: 800, height: 600 }
const stage = { width: 432, height: 332 }

test('a fitting photo is whole and in the middle', () => {
  const view = fitting(photo, stage)
  assert.equal(view.scale, 0.5)
  assert.deepEqual(toPhoto(view, { x: 16, y: 16 }), { x: 0, y: 0 })
  assert.deepEqual(toPhoto(view, { x: 416, y: 316 }), { x: 800, y: 600 })
})

test('a small photo is not blown up without limit', () => {
  assert.equal(fitting({ width: 10, height: 10 }, stage).scale, 4)
})

test('zooming keeps what is under the pointer where it is', () => {
  const view = fitting(photo, stage)
  const pointer = { x: 250, y: 140 }
  const before = toPhoto(view, pointer)
  const after = toPhoto(zoomed(view, 2, pointer, photo, stage), pointer)
  assert.ok(Math.abs(before.x - after.x) < 1e-9 && Math.abs(before.y - after.y) < 1e-9)
})

test('zooming stops at both ends', () => {
  let view = fitting(photo, stage)
  for (let index = 0; index < 100; index += 1) view = zoomed(view, 2, { x: 200, y: 150 }, photo, stage)
  assert.equal(view.scale, 32)
  for (let index = 0; index < 100; index += 1) view = zoomed(view, 0.5, { x: 200, y: 150 }, photo, stage)
  assert.equal(view.scale, 0.25)
})

test('the photo cannot be pushed out of sight', () => {
  const view = panned(fitting(photo, stage), 10_000, -10_000, photo, stage)
  const inSight = toPhoto(view, { x: stage.width, y: 0 })
  assert.ok(inSight.x >= 0 && inSight.y <= 600)
})
