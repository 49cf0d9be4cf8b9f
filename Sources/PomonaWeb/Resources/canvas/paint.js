// @ts-check
// Drawing boxes on a canvas, in pixels of the stage.

import { handlePoint, handles } from '../model/geometry.js'
import { inkOn } from '../model/colors.js'

/**
 * @typedef {import('../model/geometry.js').Box} Box
 * @typedef {import('../model/viewport.js').Viewport} Viewport
 * @typedef {object} Mark
 * @property {string} id
 * @property {Box} [box]
 * @property {string} color
 * @property {string} label
 * @property {'decided' | 'suggested' | 'truth'} [look]
 * @property {number} [confidence]
 * @property {boolean} [isLocked]
 */

const font = '600 12px system-ui, sans-serif'
const labelHeight = 20
const labelPadding = 12

/** Widths of texts: measuring is slow. @type {Map<string, number>} */
const widths = new Map()

/** @param {CanvasRenderingContext2D} context @param {string} text */
function widthOfText(context, text) {
  let width = widths.get(text)
  if (width === undefined) {
    if (widths.size > 2000) widths.clear()
    context.font = font
    width = context.measureText(text).width
    widths.set(text, width)
  }
  return width
}

/** @param {Box} box @param {Viewport} view */
function placeOf(box, view) {
  const x = Math.round(box.xMin * view.scale + view.x) + 0.5
  const y = Math.round(box.yMin * view.scale + view.y) + 0.5
  return {
    x,
    y,
    width: Math.round(box.xMax * view.scale + view.x) + 0.5 - x,
    height: Math.round(box.yMax * view.scale + view.y) + 0.5 - y,
  }
}

/**
 * One box: solid where it is decided, dashed where it is a suggestion, dotted where it is the truth to compare with.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {Viewport} view
 * @param {{isSelected?: boolean, isHovered?: boolean, isBare?: boolean, isCrowded?: boolean}} [state] `isBare`: without
 *   label;
 *   `isCrowded`: only labels that fit
 */
export function paintBox(context,
  mark,
  view,
  { isSelected = false, isHovered = false, isBare = false, isCrowded = false } = {}) {
  if (!mark.box) return
  const { x, y, width, height } = placeOf(mark.box, view)
  const isSuggested = mark.look === 'suggested'
  context.setLineDash([])
  if (!isSuggested && mark.look !== 'truth' && (isSelected || isHovered)) {
    context.globalAlpha = isSelected ? 0.18 : 0.12
    context.fillStyle = mark.color
    context.fillRect(x, y, width, height)
    context.globalAlpha = 1
  }
  // A light and a dark rim, so that a box is seen on any ground, its own colour included.
  const line = isSelected || isHovered ? 3 : 2
  if (!isSuggested) {
    context.lineWidth = line + 3
    context.strokeStyle = 'rgb(0 0 0 / 45%)'
    context.strokeRect(x, y, width, height)
    context.lineWidth = line + 1.5
    context.strokeStyle = 'rgb(255 255 255 / 85%)'
    context.strokeRect(x, y, width, height)
  }
  context.lineWidth = line
  context.strokeStyle = mark.color
  if (isSuggested) {
    context.strokeStyle = '#fff'
    context.strokeRect(x, y, width, height)
    context.strokeStyle = mark.color
    context.setLineDash([7, 5])
  } else if (mark.look === 'truth') context.setLineDash([2, 4])
  context.strokeRect(x, y, width, height)
  context.setLineDash([])
  if (isBare) return
  const text = labelOf(mark)
  // A label wider than its box would hide its neighbours; pointing at the box shows it.
  const fits = width > 26 && height > 18 && (!isCrowded || widthOfText(context, text) + labelPadding <= width)
  if (fits || isSelected || isHovered) paintLabel(context, mark, text, x, y)
}

/** @param {Mark} mark */
function labelOf(mark) {
  const hasFigure = mark.confidence !== undefined && (mark.look === undefined || mark.look === 'suggested')
  return hasFigure ? `${mark.label} ${Math.round((mark.confidence ?? 0) * 100)}%` : mark.label
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function paintLabel(context, mark, text, x, y) {
  const isSuggested = mark.look === 'suggested'
  const width = widthOfText(context, text) + labelPadding + (mark.isLocked ? 14 : 0)
  const top = y < labelHeight ? y : y - labelHeight
  context.fillStyle = isSuggested ? 'rgb(16 20 18 / 82%)' : mark.color
  context.fillRect(x - 1, top, width, labelHeight)
  context.fillStyle = isSuggested ? '#fff' : inkOn(mark.color)
  context.font = font
  context.textBaseline = 'middle'
  context.fillText(text, x + 5, top + labelHeight / 2 + 0.5)
  if (mark.isLocked) paintLock(context, x + width - 15, top + 5, /** @type {string} */ (context.fillStyle))
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {string} color */
function paintLock(context, x, y, color) {
  context.fillStyle = color
  context.fillRect(x, y + 4, 9, 6)
  context.strokeStyle = color
  context.lineWidth = 1.5
  context.beginPath()
  context.arc(x + 4.5, y + 4, 2.8, Math.PI, 0)
  context.stroke()
}

/** @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Viewport} view */
export function paintHandles(context, mark, view) {
  if (!mark.box || mark.isLocked) return
  const place = placeOf(mark.box, view)
  const isSmall = Math.max(place.width, place.height) < 30
  context.lineWidth = 1.5
  context.strokeStyle = mark.color
  context.fillStyle = '#fff'
  for (const handle of handles) {
    if (isSmall && handle.length === 1) continue
    const point = handlePoint(mark.box, handle)
    const [x, y] = [point.x * view.scale + view.x, point.y * view.scale + view.y]
    context.fillRect(x - 4, y - 4, 8, 8)
    context.strokeRect(x - 4, y - 4, 8, 8)
  }
}
