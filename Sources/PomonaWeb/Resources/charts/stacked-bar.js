// @ts-check
// Parts of a whole in one bar, with their names below.

import { h } from '../app/dom/h.js'
import { count } from '../model/format.js'

/**
 * @param {{label: string, value: number, tone: string}[]} parts `tone` is the name of the part's colour
 * @param {number} total
 * @param {string} label
 */
export function stackedBar(parts, total, label) {
  let x = 0
  const bars = parts.map((part) => {
    const width = total > 0 ? (100 * part.value) / total : 0
    const bar = h('rect',
      { key: part.label, class: `tone-${part.tone}`, x, y: 0, width: Math.max(0, width - 0.3), height: 10 },
      h('title', null, `${part.label}: ${count(part.value)}`))
    x += width
    return bar
  })
  return h('figure', { class: 'stacked', 'aria-label': label },
    h('svg', { class: 'stacked-bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, bars),
    h('figcaption', { class: 'legend' },
      parts.map((part) => h('span',
        { class: 'legend-item', key: part.label },
        h('span', { class: ['legend-box', `tone-${part.tone}`], 'aria-hidden': 'true' }),
        `${part.label} ${count(part.value)}`))))
}
