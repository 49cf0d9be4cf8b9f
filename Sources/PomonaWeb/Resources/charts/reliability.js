// @ts-check
// How far confidences can be taken at their word.

import { h } from '../app/dom/h.js'
import { counted, percent } from '../model/format.js'

/**
 * @param {{lower: number, upper: number, count: number, correct: number, confidenceSum: number}[]} bins
 */
export function reliabilityChart(bins) {
  const [size, left, foot] = [240, 34, 24]
  const all = Math.max(1, ...bins.map(({ count }) => count))
  return h('svg',
    {
      class: 'chart reliability', viewBox: `0 0 ${size + left + 8} ${size + foot + 8}`, role: 'img',
      'aria-label': 'Share that is right over confidence',
    },
    [0, 0.5, 1].map((value) => [
      h('text', { key: `y ${value}`, class: 'tick', x: left - 5, y: 8 + size * (1 - value) + 4, 'text-anchor': 'end' },
        percent(value)),
      h('text',
        {
          key: `x ${value}`, class: 'tick', x: left + size * value, y: size + 24,
          'text-anchor': value === 1 ? 'end' : 'middle',
        },
        percent(value)),
      h('line', {
        key: `line ${value}`, class: 'grid', x1: left, x2: left + size, y1: 8 + size * (1 - value),
        y2: 8 + size * (1 - value),
      }),
    ]),
    bins.filter(({ count }) => count > 0).map((bin) => {
      const accuracy = bin.correct / bin.count
      return h('rect', {
        key: bin.lower, class: 'column', x: left + size * bin.lower + 1, y: 8 + size * (1 - accuracy),
        width: size * (bin.upper - bin.lower) - 2, height: Math.max(1, size * accuracy),
        'fill-opacity': (0.3 + 0.7 * Math.sqrt(bin.count / all)).toFixed(2),
      }, h('title', null,
        `${counted(bin.count, 'photo')} with a confidence of about ${percent(bin.confidenceSum / bin.count)}: ${percent(accuracy)} right`))
    }),
    h('line', { class: 'marker', x1: left, y1: 8 + size, x2: left + size, y2: 8 }))
}
