// @ts-check
// What lies on each layer: the photo, its boxes, the box in hand.

import { paintBox, paintHandles } from './paint.js'

/**
 * @typedef {import('./paint.js').Mark} Mark
 * @typedef {import('../model/viewport.js').Viewport} Viewport
 * @typedef {{width: number, height: number}} Size
 */

/** With more boxes than this only labels that fit their box are drawn. */
const crowd = 40

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{level: import('./photo-source.js').Level | null | undefined, photo: Size, view: Viewport, stage: Size}}
 *   scene
 */
export function paintPhoto(context, { level, photo, view, stage }) {
  if (!level) return
  const { scale, x, y } = view
  // Only what is in sight is asked for: with a 50 megapixel photo the rest would cost the most.
  const left = Math.max(0, -x / scale)
  const top = Math.max(0, -y / scale)
  const width = Math.min(photo.width, (stage.width - x) / scale) - left
  const height = Math.min(photo.height, (stage.height - y) / scale) - top
  if (width <= 0 || height <= 0) return
  context.imageSmoothingEnabled = scale < 4
  context.drawImage(level.bitmap, left * level.scale, top * level.scale, width * level.scale, height * level.scale,
    x + left * scale, y + top * scale, width * scale, height * scale)
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{marks: Mark[], suggestions: Mark[], view: Viewport, selectedID?: string, hoveredID?: string, inHandID?:
 *   string}} scene
 */
export function paintBoxes(context, { marks, suggestions, view, selectedID, hoveredID, inHandID }) {
  const isCrowded = marks.length + suggestions.length > crowd
  for (const mark of suggestions) paintBox(context, mark, view, { isHovered: mark.id === hoveredID, isCrowded })
  let selected
  for (const mark of marks) {
    // The box in hand is drawn where the hand is.
    if (mark.id === inHandID) continue
    if (mark.id === selectedID) selected = mark
    else paintBox(context, mark, view, { isHovered: mark.id === hoveredID, isCrowded })
  }
  if (selected) paintBox(context, selected, view, { isSelected: true })
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{mode: import('../model/modes.js').Mode, marks: Mark[], view: Viewport, selectedID?: string, color: string,
 *   isEditable: boolean}} scene
 */
export function paintHand(context, { mode, marks, view, selectedID, color, isEditable }) {
  if (mode.kind === 'draw') {
    paintBox(context, { id: '', box: mode.box, color, label: '' }, view, { isSelected: true, isBare: true })
  } else if (mode.kind === 'move' || mode.kind === 'resize') {
    const mark = marks.find(({ id }) => id === mode.id)
    if (!mark) return
    paintBox(context, { ...mark, box: mode.box }, view, { isSelected: true })
    paintHandles(context, { ...mark, box: mode.box }, view)
  } else if (isEditable) {
    const mark = marks.find(({ id }) => id === selectedID)
    if (mark) paintHandles(context, mark, view)
  }
}

/**
 * Lines through the pointer, seen on light and on dark ground.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} point of the stage
 * @param {Size} stage
 */
export function paintCross(context, point, stage) {
  const [x, y] = [Math.round(point.x) + 0.5, Math.round(point.y) + 0.5]
  context.lineWidth = 1
  for (
    const [color, dash] of /** @type {[string, number[]][]} */ ([
      ['rgb(0 0 0 / 55%)', []], ['rgb(255 255 255 / 90%)', [4, 4]],
    ])
  ) {
    context.strokeStyle = color
    context.setLineDash(dash)
    context.beginPath()
    context.moveTo(x, 0)
    context.lineTo(x, stage.height)
    context.moveTo(0, y)
    context.lineTo(stage.width, y)
    context.stroke()
  }
  context.setLineDash([])
}
