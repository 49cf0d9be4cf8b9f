import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as modes from '../../Sources/PomonaWeb/Resources/model/modes.js'

const photo = { width: 1000, height: 800 }
const box = (xMin, yMin, xMax, yMax) => ({ xMin, yMin, xMax, yMax })
const outer = { id: 'outer', box: box(100, 100, 600, 600) }
const inner = { id: 'inner', box: box(200, 200, 300, 300) }
const scene = (more = {}) => ({
  items: [outer, inner], selectedID: undefined, photo, tool: 'select', scale: 1, ...more
})
const at = (x, y, more = {}) => ({ point: { x, y }, stage: { x, y }, button: 0, ...more })

/** Presses, drags over the points and releases; answers all effects. */
function gesture(where, [first, ...rest], press = {}) {
  let { mode, effects } = modes.down(where, at(...first, press))
  const all = [...effects]
  for (const point of rest) {
    const step = modes.move(mode, where, at(...point))
    mode = step.mode
    all.push(...step.effects)
  }
  const last = modes.up(mode, where, at(...(rest.at(-1) ?? first)))
  assert.equal(last.mode.kind, 'idle')
  return [...all, ...last.effects]
}

test('what a press begins, by tool and place', () => {
  const cases = [
    [scene(), [250, 250], 'move'], [scene(), [700, 700], 'pan'], [scene({ selectedID: 'outer' }), [600, 600], 'resize'],
    [scene({ tool: 'draw' }), [250, 250], 'draw'], [scene({ tool: 'draw', selectedID: 'outer' }), [600, 350], 'resize'],
    [scene({ tool: 'template' }), [700, 700], 'draw'], [scene({ tool: 'look' }), [250, 250], 'pan'],
  ]
  for (const [where, point, kind] of cases) assert.equal(modes.down(where, at(...point)).mode.kind, kind)
  assert.equal(modes.down(scene({ tool: 'draw' }), at(250, 250, { button: 1 })).mode.kind, 'pan')
  assert.equal(modes.down(scene({ tool: 'draw' }), at(250, 250, { isSpace: true })).mode.kind, 'pan')
  assert.equal(modes.down(scene(), at(250, 250, { button: 2 })).mode.kind, 'idle')
})

test('drawing adds a box, also inside another one and backwards', () => {
  assert.deepEqual(gesture(scene({ tool: 'draw' }), [[500, 500], [400, 300]]), [
    { kind: 'add', box: box(400, 300, 500, 500) }
  ])
})

test('drawing out of the photo ends at its edge', () => {
  assert.deepEqual(gesture(scene({ tool: 'draw' }), [[900, 700], [1500, 1500]]), [
    { kind: 'add', box: box(900, 700, 1000, 800) }
  ])
})

test('a click with the drawing tool makes no box of zero size: it selects', () => {
  const effects = gesture(scene({ tool: 'draw' }), [[250, 250], [251, 251]])
  assert.deepEqual(effects.map(({ kind }) => kind), ['select', 'tap'])
  assert.equal(effects[0].id, 'inner')
})

test('a click with the template tool places a box of the last size, within the photo', () => {
  const where = scene({ tool: 'template', template: { width: 80, height: 40 } })
  assert.deepEqual(gesture(where, [[500, 400]]), [{ kind: 'add', box: box(460, 380, 540, 420) }])
  assert.deepEqual(gesture(where, [[999, 799]]), [{ kind: 'add', box: box(920, 760, 1000, 800) }])
})

test('another tool chosen while the button is down changes nothing for this click', () => {
  const template = { width: 80, height: 40 }
  for (const [before, after, kinds] of [['template', 'draw', ['add']], ['draw', 'template', ['select', 'tap']]]) {
    const { mode } = modes.down(scene({ tool: before, template }), at(500, 400))
    const { effects } = modes.up(mode, scene({ tool: after, template }), at(500, 400))
    assert.deepEqual(effects.map(({ kind }) => kind), kinds)
  }
})

test('moving selects first, then reshapes once, at the end', () => {
  assert.deepEqual(gesture(scene(), [[250, 250], [260, 255], [300, 280]]), [
    { kind: 'select', id: 'inner' }, { kind: 'reshape', id: 'inner', box: box(250, 230, 350, 330) },
  ])
})

test('a box moved near the edge lies on it with its size kept', () => {
  const effects = gesture(scene({ selectedID: 'inner' }), [[250, 250], [53, 250]])
  assert.deepEqual(effects, [{ kind: 'reshape', id: 'inner', box: box(0, 200, 100, 300) }])
})

test('a hand that trembles does not move a box', () => {
  assert.deepEqual(gesture(scene({ selectedID: 'inner' }), [[250, 250], [252, 251]]), [
    { kind: 'tap', point: { x: 252, y: 251 } }
  ])
})

test('resizing by a corner snaps to the edge of the photo', () => {
  const effects = gesture(scene({ selectedID: 'outer' }), [[600, 600], [998, 797]])
  assert.deepEqual(effects, [{ kind: 'reshape', id: 'outer', box: box(100, 100, 1000, 800) }])
})

test('a locked box is selected, but neither moved nor resized', () => {
  const items = [{ ...inner, isLocked: true }]
  assert.deepEqual(gesture(scene({ items }), [[250, 250], [400, 400]]).filter(({ kind }) => kind !== 'pan'),
    [{ kind: 'select', id: 'inner' }])
  assert.equal(modes.down(scene({ items, selectedID: 'inner', tool: 'draw' }), at(300, 300)).mode.kind, 'draw')
})

test('panning tells steps, and a click on nothing selects nothing', () => {
  assert.deepEqual(gesture(scene(), [[700, 700], [720, 690], [730, 690]]), [
    { kind: 'pan', dx: 20, dy: -10 }, { kind: 'pan', dx: 10, dy: 0 }
  ])
  assert.deepEqual(gesture(scene({ selectedID: 'inner' }), [[700, 700]]), [
    { kind: 'select', id: undefined }, { kind: 'tap', point: { x: 700, y: 700 } }
  ])
})

test('cancelling leaves everything as it was; a second time selects nothing', () => {
  for (const [where, from, to] of [
    [scene({ tool: 'draw' }), [500, 500], [550, 560]], [scene(), [250, 250], [400, 400]],
    [scene({ selectedID: 'outer' }), [600, 600], [700, 700]]
  ]) {
    const { mode } = modes.move(modes.down(where, at(...from)).mode, where, at(...to))
    assert.deepEqual(modes.cancel(mode), { mode: modes.idle, effects: [] })
  }
  assert.deepEqual(modes.cancel(modes.idle).effects, [{ kind: 'select', id: undefined }])
})

test('distances are of the screen: zoomed out, handles and slop reach further in the photo', () => {
  const where = scene({ selectedID: 'outer', scale: 0.1 })
  assert.equal(modes.down(where, { ...at(640, 640), stage: { x: 64, y: 64 } }).mode.kind, 'resize')
})

test('the cursor says what a press would do', () => {
  const cursor = (where, x, y) => modes.cursorAt(modes.idle, where, { x, y }, false)
  assert.equal(cursor(scene({ tool: 'draw' }), 10, 10), 'crosshair')
  assert.equal(cursor(scene({ tool: 'draw' }), -10, 10), 'default')
  assert.equal(cursor(scene({ selectedID: 'outer' }), 600, 600), 'nwse-resize')
  assert.equal(cursor(scene(), 250, 250), 'move')
  assert.equal(cursor(scene(), 900, 700), 'grab')
})
