// @ts-check
// Boxes in pixels of the upright photo. All functions answer new boxes.

/**
 * @typedef {{xMin: number, yMin: number, xMax: number, yMax: number}} Box
 * @typedef {{x: number, y: number}} Point
 * @typedef {{width: number, height: number}} Size
 * @typedef {'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w'} Handle
 */

/** The least width and height of a box, in pixels of the photo: a slip of the hand makes no box of zero size. */
export const leastSide = 3

/** @type {Handle[]} */
export const handles = ['nw', 'ne', 'se', 'sw', 'n', 'e', 's', 'w']

/** @param {Point} a @param {Point} b @returns {Box} the box between two corners, whichever they are */
export function boxBetween(a, b) {
  return { xMin: Math.min(a.x, b.x), yMin: Math.min(a.y, b.y), xMax: Math.max(a.x, b.x), yMax: Math.max(a.y, b.y) }
}

/** @param {Box} box */
export const widthOf = (box) => box.xMax - box.xMin
/** @param {Box} box */
export const heightOf = (box) => box.yMax - box.yMin
/** @param {Box} box */
const areaOf = (box) => Math.max(0, widthOf(box)) * Math.max(0, heightOf(box))

/** @param {Box} box @param {Point} point @param {number} [margin] */
export function contains(box, point, margin = 0) {
  return point.x >= box.xMin - margin && point.x <= box.xMax + margin && point.y >= box.yMin - margin
    && point.y <= box.yMax + margin
}

/** @param {Box} a @param {Box} b @returns {number} intersection over union, 0...1 */
export function overlap(a, b) {
  const width = Math.min(a.xMax, b.xMax) - Math.max(a.xMin, b.xMin)
  const height = Math.min(a.yMax, b.yMax) - Math.max(a.yMin, b.yMin)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (areaOf(a) + areaOf(b) - shared)
}

/** @param {Point} point @param {Size} photo @returns {Point} the nearest point of the photo */
export function clampPoint(point, photo) {
  return { x: Math.min(Math.max(point.x, 0), photo.width), y: Math.min(Math.max(point.y, 0), photo.height) }
}

/**
 * Edges within `distance` of the photo's edge come to lie on it.
 *
 * @param {Box} box
 * @param {Size} photo
 * @param {number} distance in pixels of the photo
 * @returns {Box}
 */
export function snapped(box, photo, distance) {
  return {
    xMin: box.xMin < distance ? 0 : box.xMin, yMin: box.yMin < distance ? 0 : box.yMin,
    xMax: photo.width - box.xMax < distance ? photo.width : box.xMax,
    yMax: photo.height - box.yMax < distance ? photo.height : box.yMax,
  }
}

/**
 * @param {Box} box
 * @param {number} dx
 * @param {number} dy
 * @param {Size} photo
 * @returns {Box} moved, staying in the photo
 */
export function moved(box, dx, dy, photo) {
  const x = Math.min(Math.max(dx, -box.xMin), photo.width - box.xMax)
  const y = Math.min(Math.max(dy, -box.yMin), photo.height - box.yMax)
  return { xMin: box.xMin + x, yMin: box.yMin + y, xMax: box.xMax + x, yMax: box.yMax + y }
}

/**
 * A handle drawn to a point. Drawn over the opposite side, the box turns over.
 *
 * @param {Box} box
 * @param {Handle} handle
 * @param {Point} point
 * @param {Size} photo
 * @returns {Box}
 */
export function resized(box, handle, point, photo) {
  const { x, y } = clampPoint(point, photo)
  const a = { x: handle.includes('w') ? x : box.xMin, y: handle.includes('n') ? y : box.yMin }
  const b = { x: handle.includes('e') ? x : box.xMax, y: handle.includes('s') ? y : box.yMax }
  return atLeast(boxBetween(a, b), photo)
}

/**
 * @param {Box} box
 * @param {Size} photo
 * @param {number} [side]
 * @returns {Box} grown about its centre to the least size, in the photo
 */
export function atLeast(box, photo, side = leastSide) {
  const span = (low, high, limit) => {
    const least = Math.min(side, limit)
    if (high - low >= least) return [low, high]
    const from = Math.min(Math.max((low + high - least) / 2, 0), limit - least)
    return [from, from + least]
  }
  const [xMin, xMax] = span(box.xMin, box.xMax, photo.width)
  const [yMin, yMax] = span(box.yMin, box.yMax, photo.height)
  return { xMin, yMin, xMax, yMax }
}

/** @param {Box} box @param {Handle} handle @returns {Point} */
export function handlePoint(box, handle) {
  const x = handle.includes('w') ? box.xMin : handle.includes('e') ? box.xMax : (box.xMin + box.xMax) / 2
  const y = handle.includes('n') ? box.yMin : handle.includes('s') ? box.yMax : (box.yMin + box.yMax) / 2
  return { x, y }
}

/**
 * The handle within reach of a point: corners before sides.
 *
 * @param {Box} box
 * @param {Point} point
 * @param {number} reach in pixels of the photo
 * @returns {Handle | undefined}
 */
export function handleAt(box, point, reach) {
  // On a small box the handles would hide its inside, by which it is moved.
  const limit = Math.min(reach, Math.max(widthOf(box), heightOf(box)) / 3)
  return handles.find((handle) => {
    const { x, y } = handlePoint(box, handle)
    return Math.abs(point.x - x) <= limit && Math.abs(point.y - y) <= limit
  })
}

/**
 * The box a point means: of those it lies in, the smallest, so that a box inside a box can be reached.
 *
 * @template {{box?: Box}} Item
 * @param {Item[]} items
 * @param {Point} point
 * @param {number} [margin]
 * @returns {Item | undefined}
 */
export function boxAt(items, point, margin = 0) {
  let best
  let least = Infinity
  for (const item of items) {
    if (!item.box || !contains(item.box, point, margin)) continue
    const area = areaOf(item.box)
    if (area < least) [best, least] = [item, area]
  }
  return best
}

/** @param {Box} box @returns {Box} with a hundredth of a pixel, as it is kept */
export function rounded(box) {
  const round = (value) => Math.round(value * 100) / 100
  return { xMin: round(box.xMin), yMin: round(box.yMin), xMax: round(box.xMax), yMax: round(box.yMax) }
}
