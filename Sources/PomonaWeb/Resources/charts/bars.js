// @ts-check
// Bars: lying with long names, or standing along an axis.

import { h } from '../app/dom/h.js'
import { count } from '../model/format.js'

/** @typedef {{label: string, value: number, note?: string, color?: string}} Bar */

/**
 * Lying bars, one for each name.
 *
 * @param {Bar[]} bars
 * @param {string} label of the whole
 * @param {(value: number) => string} [words]
 * @param {number} [full] the value of a whole bar; the largest by default
 */
export function barRows(bars, label, words = count, full) {
  const most = full ?? Math.max(1e-9, ...bars.map(({ value }) => value))
  if (bars.length === 0) return h('p', { class: 'muted' }, 'Nothing yet.')
  return h('ul', { class: 'bar-rows', 'aria-label': label },
    bars.map((bar) => h('li', { key: bar.label, title: bar.note },
      h('span', { class: 'clip' }, bar.label),
      h('svg', { class: 'bar-track', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        h('rect', {
          class: 'bar-fill', width: bar.value > 0 ? Math.max(0.5, (100 * bar.value) / most) : 0, height: 8,
          style: bar.color ? { fill: bar.color } : {},
        })),
      h('span', { class: 'number' }, words(bar.value)))))
}

/**
 * Standing bars in a row.
 *
 * @param {Bar[]} bars
 * @param {string} label
 */
export function barColumns(bars, label) {
  const [width, height, foot] = [320, 130, 20]
  const most = Math.max(1, ...bars.map(({ value }) => value))
  // A few bars stay slim instead of filling the width.
  const step = Math.min(44, width / Math.max(1, bars.length))
  return h('svg',
    {
      class: 'chart columns-chart',
      viewBox: `0 0 ${width} ${height + foot}`,
      role: 'img',
      'aria-label': `${label}: ${bars.filter(({ value }) => value > 0).map(({ note }) => note).join('; ')}`,
    },
    h('line', { class: 'axis', x1: 0, x2: width, y1: height, y2: height }),
    bars.map((bar, index) => {
      const tall = (bar.value / most) * (height - 16)
      return h('g', { key: index },
        h('title', null, bar.note ?? ''),
        h('rect', {
          class: 'column', x: index * step + 2, y: height - tall, width: Math.max(1, step - 4), height: tall, rx: 2,
        }),
        h('rect', { class: 'catch', x: index * step, y: 0, width: step, height }),
        bar.value > 0 && step > 22 && h('text',
          { class: 'tick', x: (index + 0.5) * step, y: height - tall - 4, 'text-anchor': 'middle' },
          count(bar.value)),
        bar.label && h('text', { class: 'tick', x: (index + 0.5) * step, y: height + 14, 'text-anchor': 'middle' },
          bar.label))
    }))
}
