// @ts-check
// How the photo lies on the stage, and which pixel of it a pixel of the screen is.

/**
 * @typedef {{scale: number, x: number, y: number}} Viewport `scale` screen pixels for one of the photo; `x`, `y` where
 *   the
 *   photo's upper left corner lies on the stage
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./geometry.js').Size} Size
 */

const mostScale = 32

/**
 * The whole photo, in the middle; small photos are not blown up beyond four times.
 *
 * @param {Size} photo
 * @param {Size} stage
 * @param {number} [margin]
 * @returns {Viewport}
 */
export function fitting(photo, stage, margin = 16) {
  const width = Math.max(1, stage.width - 2 * margin)
  const height = Math.max(1, stage.height - 2 * margin)
  const scale = Math.min(width / photo.width, height / photo.height, 4)
  return { scale, x: (stage.width - photo.width * scale) / 2, y: (stage.height - photo.height * scale) / 2 }
}

/** @param {Viewport} view @param {Point} point of the stage @returns {Point} of the photo */
export function toPhoto(view, point) {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale }
}

/**
 * Nearer or further, with the point of the stage staying where it is.
 *
 * @param {Viewport} view
 * @param {number} factor
 * @param {Point} point
 * @param {Size} photo
 * @param {Size} stage
 * @returns {Viewport}
 */
export function zoomed(view, factor, point, photo, stage) {
  const least = Math.min(fitting(photo, stage).scale, 1) / 2
  const scale = Math.min(mostScale, Math.max(least, view.scale * factor))
  const still = toPhoto(view, point)
  return kept({ scale, x: point.x - still.x * scale, y: point.y - still.y * scale }, photo, stage)
}

/**
 * @param {Viewport} view
 * @param {number} dx
 * @param {number} dy
 * @param {Size} photo
 * @param {Size} stage
 * @returns {Viewport}
 */
export function panned(view, dx, dy, photo, stage) {
  return kept({ scale: view.scale, x: view.x + dx, y: view.y + dy }, photo, stage)
}

/**
 * The photo never leaves the stage altogether: its middle half can be brought anywhere.
 *
 * @param {Viewport} view
 * @param {Size} photo
 * @param {Size} stage
 * @returns {Viewport}
 */
export function kept(view, photo, stage) {
  const bound = (place, length, room) => Math.min(Math.max(place, room * 0.5 - length), room * 0.5)
  return {
    scale: view.scale, x: bound(view.x, photo.width * view.scale, stage.width),
    y: bound(view.y, photo.height * view.scale, stage.height),
  }
}
