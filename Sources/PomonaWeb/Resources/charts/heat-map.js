// @ts-check
// Counts over a grid of places.

import { h } from '../app/dom/h.js'

/**
 * @param {{columns: number, rows: number, counts: number[]}} places
 * @param {string} label
 */
export function heatMap({ columns, rows, counts }, label) {
  const most = Math.max(1, ...counts)
  return h('svg', { class: 'chart heat-map', viewBox: `0 0 ${columns} ${rows}`, role: 'img', 'aria-label': label },
    counts.map((value, index) => h('rect', {
      key: index, class: 'heat', x: (index % columns) + 0.03, y: Math.floor(index / columns) + 0.03, width: 0.94,
      height: 0.94,
      'fill-opacity': value === 0 ? 0.06 : (0.15 + 0.85 * Math.sqrt(value / most)).toFixed(3),
    }, h('title', null, String(value)))))
}
