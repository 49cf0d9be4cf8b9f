// @ts-check
// What the pointer does on the canvas, as an explicit machine: each mode says what down, move, up and cancel mean in
// it.

import {
  atLeast, boxAt, boxBetween, clampPoint, contains, handleAt, heightOf, moved, resized, snapped, widthOf
} from './geometry.js'

/**
 * mode × action:
 *
 * | mode | down | move | up | cancel |
 * |--------|---------------------------------------------------|----------------|------------------------|----------------|
 * | idle | pan (middle, space), resize (handle of the | hover | – | select nothing |
 * | | selected), draw or place (drawing tools), move (a | | | |
 * | | box under the pointer), else pan | | | |
 * | draw | – | grow the box | add it, if not a click | forget it |
 * | move | – | move the box | keep it | put it back |
 * | resize | – | resize the box | keep it | put it back |
 * | pan | – | pan | select, if a click | stop |
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./geometry.js').Box} Box
 * @typedef {import('./geometry.js').Size} Size
 * @typedef {{id: string, box?: Box, isLocked?: boolean}} Item
 * @typedef {'draw' | 'select' | 'template' | 'look'} Tool
 *
 * @typedef {object} Scene what the machine looks at
 * @property {Item[]} items
 * @property {string | undefined} selectedID
 * @property {Size} photo
 * @property {Tool} tool
 * @property {number} scale screen pixels for one of the photo
 * @property {{width: number, height: number}} [template] size of the box that a click places
 *
 * @typedef {{kind: 'idle'}
 *   | {kind: 'draw', from: Point, box: Box, template: Size | undefined}
 *   | {kind: 'move', id: string, from: Point, original: Box, box: Box, hasMoved: boolean}
 *   | {kind: 'resize', id: string, handle: import('./geometry.js').Handle, original: Box, box: Box, hasMoved: boolean}
 *   | {kind: 'pan', from: Point, hasMoved: boolean, target: string | undefined}} Mode
 *
 * @typedef {{kind: 'select', id: string | undefined}
 *   | {kind: 'add', box: Box}
 *   | {kind: 'reshape', id: string, box: Box}
 *   | {kind: 'pan', dx: number, dy: number}
 *   | {kind: 'tap', point: Point}} Effect
 *
 * @typedef {{point: Point, stage: Point, button: number, isSpace?: boolean}} Press `point` on the photo, `stage` on the
 *   screen
 */

/** @type {{kind: 'idle'}} */
export const idle = { kind: 'idle' }

/** Screen pixels: reach of a handle, distance that makes a click a drag, snapping to the photo's edge. */
const reach = 9
const slop = 4
const snapDistance = 5

/**
 * @param {Scene} scene
 * @param {Press} press
 * @returns {{mode: Mode, effects: Effect[]}}
 */
export function down(scene, press) {
  const { point, stage, button, isSpace } = press
  if (button === 1 || isSpace) return {
    mode: { kind: 'pan', from: stage, hasMoved: false, target: undefined },
    effects: [],
  }
  if (button !== 0) return { mode: idle, effects: [] }
  if (scene.tool === 'look') {
    return { mode: { kind: 'pan', from: stage, hasMoved: false, target: boxAt(scene.items, point)?.id }, effects: [] }
  }
  const selected = scene.items.find((item) => item.id === scene.selectedID)
  if (selected?.box && !selected.isLocked) {
    const handle = handleAt(selected.box, point, reach / scene.scale)
    if (handle) {
      return {
        mode: { kind: 'resize', id: selected.id, handle, original: selected.box, box: selected.box, hasMoved: false },
        effects: [],
      }
    }
  }
  if (scene.tool === 'draw' || scene.tool === 'template') {
    const from = clampPoint(point, scene.photo)
    // What a click means is settled by the press, whichever tool is chosen before the release.
    const template = scene.tool === 'template' ? scene.template : undefined
    return { mode: { kind: 'draw', from, box: boxBetween(from, from), template }, effects: [] }
  }
  // The selected box keeps the pointer while smaller ones lie in it only if the pointer is on none of them.
  const target = boxAt(scene.items, point, 2 / scene.scale)
  if (!target) return { mode: { kind: 'pan', from: stage, hasMoved: false, target: undefined }, effects: [] }
  /** @type {Effect[]} */
  const effects = target.id === scene.selectedID ? [] : [{ kind: 'select', id: target.id }]
  const box = /** @type {Box} */ (target.box)
  if (target.isLocked) return { mode: { kind: 'pan', from: stage, hasMoved: true, target: undefined }, effects }
  return { mode: { kind: 'move', id: target.id, from: point, original: box, box, hasMoved: false }, effects }
}

/**
 * @param {Mode} mode
 * @param {Scene} scene
 * @param {{point: Point, stage: Point}} place
 * @returns {{mode: Mode, effects: Effect[]}}
 */
export function move(mode, scene, { point, stage }) {
  const snap = snapDistance / scene.scale
  switch (mode.kind) {
    case 'draw': {
      const box = snapped(boxBetween(mode.from, clampPoint(point, scene.photo)), scene.photo, snap)
      return { mode: { ...mode, box: grown(mode.from, box) }, effects: [] }
    }
    case 'move': {
      const [dx, dy] = [point.x - mode.from.x, point.y - mode.from.y]
      const hasMoved = mode.hasMoved || Math.hypot(dx, dy) * scene.scale > slop
      if (!hasMoved) return { mode, effects: [] }
      return {
        mode: { ...mode, box: snappedMove(moved(mode.original, dx, dy, scene.photo), scene.photo, snap), hasMoved },
        effects: [],
      }
    }
    case 'resize': {
      const box = resized(mode.original, mode.handle, snappedPoint(point, scene.photo, snap), scene.photo)
      return { mode: { ...mode, box, hasMoved: true }, effects: [] }
    }
    case 'pan': {
      const [dx, dy] = [stage.x - mode.from.x, stage.y - mode.from.y]
      if (!mode.hasMoved && Math.hypot(dx, dy) <= slop) return { mode, effects: [] }
      return { mode: { ...mode, from: stage, hasMoved: true }, effects: [{ kind: 'pan', dx, dy }] }
    }
    default:
      return { mode, effects: [] }
  }
}

/**
 * @param {Mode} mode
 * @param {Scene} scene
 * @param {{point: Point}} place
 * @returns {{mode: Mode, effects: Effect[]}}
 */
export function up(mode, scene, { point }) {
  switch (mode.kind) {
    case 'draw': {
      const isClick = Math.max(widthOf(mode.box), heightOf(mode.box)) * scene.scale <= slop
      if (!isClick) return { mode: idle, effects: [{ kind: 'add', box: atLeast(mode.box, scene.photo) }] }
      if (mode.template) {
        return { mode: idle, effects: [{ kind: 'add', box: placed(mode.template, point, scene.photo) }] }
      }
      return { mode: idle, effects: [{ kind: 'select', id: boxAt(scene.items, point)?.id }, { kind: 'tap', point }] }
    }
    case 'move':
      if (mode.hasMoved) return { mode: idle, effects: [{ kind: 'reshape', id: mode.id, box: mode.box }] }
      return { mode: idle, effects: [{ kind: 'tap', point }] }
    case 'resize':
      return { mode: idle, effects: mode.hasMoved ? [{ kind: 'reshape', id: mode.id, box: mode.box }] : [] }
    case 'pan':
      return { mode: idle, effects: mode.hasMoved ? [] : [{ kind: 'select', id: mode.target }, { kind: 'tap', point }] }
    default:
      return { mode: idle, effects: [] }
  }
}

/** @param {Mode} mode @returns {{mode: Mode, effects: Effect[]}} everything as before the press */
export function cancel(mode) {
  return { mode: idle, effects: mode.kind === 'idle' ? [{ kind: 'select', id: undefined }] : [] }
}

/**
 * The cursor that says what a press would do.
 *
 * @param {Mode} mode
 * @param {Scene} scene
 * @param {Point} point
 * @param {boolean} isSpace
 * @returns {string}
 */
export function cursorAt(mode, scene, point, isSpace) {
  if (mode.kind === 'pan') return 'grabbing'
  if (mode.kind === 'move') return 'move'
  if (mode.kind === 'resize') return handleCursor(mode.handle)
  if (isSpace) return 'grab'
  const selected = scene.items.find((item) => item.id === scene.selectedID)
  if (scene.tool !== 'look' && selected?.box && !selected.isLocked) {
    const handle = handleAt(selected.box, point, reach / scene.scale)
    if (handle) return handleCursor(handle)
  }
  if (scene.tool === 'draw' || scene.tool === 'template') {
    return contains({ xMin: 0, yMin: 0, xMax: scene.photo.width, yMax: scene.photo.height }, point)
      ? 'crosshair'
      : 'default'
  }
  return boxAt(scene.items, point) ? (scene.tool === 'look' ? 'pointer' : 'move') : 'grab'
}

/** @param {import('./geometry.js').Handle} handle */
function handleCursor(handle) {
  if (handle === 'n' || handle === 's') return 'ns-resize'
  if (handle === 'e' || handle === 'w') return 'ew-resize'
  return handle === 'nw' || handle === 'se' ? 'nwse-resize' : 'nesw-resize'
}

/** The corner where drawing began stays, whatever was snapped. @param {Point} from @param {Box} box @returns {Box} */
function grown(from, box) {
  return {
    xMin: Math.min(box.xMin, from.x), yMin: Math.min(box.yMin, from.y), xMax: Math.max(box.xMax, from.x),
    yMax: Math.max(box.yMax, from.y),
  }
}

/** @param {Point} point @param {Size} photo @param {number} distance @returns {Point} */
function snappedPoint(point, photo, distance) {
  const snap = (value, limit) => value < distance ? 0 : limit - value < distance ? limit : value
  return { x: snap(point.x, photo.width), y: snap(point.y, photo.height) }
}

/**
 * Moved as a whole onto the edge, never stretched.
 * @param {Box} box
 * @param {Size} photo
 * @param {number} distance
 * @returns {Box}
 */
function snappedMove(box, photo, distance) {
  const shift = (low, high, limit) => low < distance ? -low : limit - high < distance ? limit - high : 0
  return moved(box, shift(box.xMin, box.xMax, photo.width), shift(box.yMin, box.yMax, photo.height), photo)
}

/** @param {{width: number, height: number}} size @param {Point} point @param {Size} photo @returns {Box} */
function placed(size, point, photo) {
  const width = Math.min(size.width, photo.width)
  const height = Math.min(size.height, photo.height)
  const xMin = Math.min(Math.max(point.x - width / 2, 0), photo.width - width)
  const yMin = Math.min(Math.max(point.y - height / 2, 0), photo.height - height)
  return { xMin, yMin, xMax: xMin + width, yMax: yMin + height }
}
