// @ts-check
// The curves of a training from its points.

import { smoothed } from './scale.js'

/** @typedef {{step: number, steps: number, losses: Record<string, number>, heldOutScore?: number}} Point */

/**
 * Adds a point in its place: after a reconnection some come twice, and after a restart steps are made anew.
 *
 * @template {Point} P
 * @param {P[]} points rising by step
 * @param {P} point
 * @returns {P[]}
 */
export function addPoint(points, point) {
  const last = points.at(-1)
  if (!last || point.step > last.step) return [...points, point]
  const before = points.filter(({ step }) => step < point.step)
  const same = points.find(({ step }) => step === point.step)
  // A second telling of a step that is known is no restart.
  if (same && JSON.stringify(same) === JSON.stringify(point)) return points
  return [...before, point]
}

/**
 * @param {Point[]} points
 * @returns {{losses: {name: string, points: {x: number, y: number}[], series: number}[],
 *   score: {name: string, points: {x: number, y: number}[], series: number, hasDots: boolean}}}
 */
export function curveLines(points) {
  const names = [...new Set(points.flatMap(({ losses }) => Object.keys(losses)))]
  const window = Math.max(1, Math.round(points.length / 40))
  const line = (name, values, series) => {
    const smooth = smoothed(values, window)
    return { name, series, points: points.map(({ step }, index) => ({ x: step, y: smooth[index] })) }
  }
  const losses = names.slice(0, 4).map((name, index) => line(name,
    points.map((point) => point.losses[name] ?? 0),
    index + 2))
  if (names.length > 1) losses.unshift(line('all',
    points.map((point) => Object.values(point.losses).reduce((sum, value) => sum + value, 0)),
    1))
  return {
    losses, score: {
      name: 'score', series: 1, hasDots: true,
      points: points.flatMap(({ step, heldOutScore }) => heldOutScore === undefined ? [] : [
        { x: step, y: heldOutScore },
      ]),
    },
  }
}

/**
 * A log with one line more. A line that came with the log already, and now as an event too, stands once.
 * @template {{at: string, text: string}} Line
 * @param {Line[]} lines @param {Line} line @param {number} most
 */
export function addLine(lines, line, most) {
  return lines.some(({ at, text }) => at === line.at && text === line.text) ? lines : [...lines, line].slice(-most)
}
