// @ts-check
// Lines over an axis, with a legend and the values under the pointer.

import { h } from '../app/dom/h.js'
import { linear, linePath, tickLabel, ticks } from '../model/scale.js'

/**
 * @typedef {{name: string, points: {x: number, y: number | undefined}[], series?: number, color?: string,
 *   hasDots?: boolean}} Line `series`: which of the five colours, unless it has a `color` of its own
 */

const frame = { width: 460, height: 200, left: 40, right: 12, top: 10, bottom: 30 }

/**
 * @param {object} options
 * @param {Line[]} options.lines
 * @param {string} options.label
 * @param {[number, number]} [options.xRange]
 * @param {[number, number]} [options.yRange]
 * @param {string} [options.xWords]
 * @param {(value: number) => string} [options.yLabel]
 * @param {(value: number) => string} [options.xLabel]
 * @param {number} [options.at] a mark on the horizontal axis
 * @param {{x: number, y: number}} [options.dot]
 * @param {number} [options.height]
 */
export function lineChart({
  lines, label, xRange, yRange, xWords, yLabel = tickLabel, xLabel = tickLabel, at, dot, height = frame.height,
}) {
  const all = lines.flatMap(({ points }) => points.filter(({ y }) => y !== undefined))
  const range = (values, low) => values.length === 0 ? [0, 1] : [Math.min(low, ...values), Math.max(...values)]
  const xs = xRange ?? /** @type {[number, number]} */ (range(all.map(({ x }) => x), Infinity))
  const ys = yRange ?? padded(/** @type {[number, number]} */ (range(all.map(({ y }) => Number(y)), 0)))
  const [right, bottom] = [frame.width - frame.right, height - frame.bottom]
  const toX = linear(xs, [frame.left, right])
  const toY = linear(ys, [bottom, frame.top])
  return h('figure', { class: 'chart-figure' },
    h('svg', { class: 'chart', viewBox: `0 0 ${frame.width} ${height}`, role: 'img', 'aria-label': label },
      ticks(ys[0], ys[1], 4).map((value) => h('g', { key: `y ${value}` },
        h('line', { class: 'grid', x1: frame.left, x2: right, y1: toY(value), y2: toY(value) }),
        h('text', { class: 'tick', x: frame.left - 6, y: toY(value) + 4, 'text-anchor': 'end' }, yLabel(value)))),
      ticks(xs[0], xs[1], 6).map((value) => h('text',
        { key: `x ${value}`, class: 'tick', x: toX(value), y: bottom + 16, 'text-anchor': 'middle' },
        xLabel(value))),
      h('line', { class: 'axis', x1: frame.left, x2: right, y1: bottom, y2: bottom }),
      xWords && h('text', { class: 'tick', x: right, y: height - 2, 'text-anchor': 'end' }, xWords),
      at !== undefined && at >= xs[0] && at <= xs[1] && h('line', {
        class: 'marker', x1: toX(at), x2: toX(at), y1: frame.top, y2: bottom,
      }),
      lines.map((line, index) => {
        const points = line.points.map(({ x, y }) => ({ x: toX(x), y: y === undefined ? undefined : toY(y) }))
        return h('g', {
          key: line.name, class: `series-${line.series ?? index + 1}`, style: ownColor(line),
        },
          h('path', { class: 'line', d: linePath(points) }),
          line.hasDots && points.filter(({ y }) => y !== undefined).map(({ x, y }, place) => h('circle',
            { key: place, class: 'line-dot', cx: x, cy: y, r: 3 })))
      }),
      dot && h('circle', { class: 'dot-mark', cx: toX(dot.x), cy: toY(dot.y), r: 5 })),
    lines.length > 1 && h('figcaption', { class: 'legend' },
      lines.map((line, index) => h('span', {
        key: line.name, class: ['legend-item', `series-${line.series ?? index + 1}`], style: ownColor(line),
      }, h('span', { class: 'legend-line', 'aria-hidden': 'true' }), line.name))))
}

/** @param {Line} line */
function ownColor({ color }) {
  return color ? { '--series': color } : {}
}

/** @param {[number, number]} range @returns {[number, number]} */
function padded([low, high]) {
  return high > low ? [low, high + (high - low) * 0.06] : [low, low + 1]
}
