// @ts-check
// Which tag was taken for which.

import { h } from '../app/dom/h.js'
import { count, percent } from '../model/format.js'

/**
 * @param {number[][]} rows `rows[actual][predicted]`
 * @param {string[]} labels of rows and columns
 * @param {{background?: boolean}} [options] `background`: the last row and column are nothing
 */
export function confusionTable(rows, labels, { background = false } = {}) {
  const names = background ? [...labels, 'nothing'] : labels
  const sums = rows.map((row) => row.reduce((sum, value) => sum + value, 0))
  return h('div', { class: 'table-wrap' }, h('table', { class: 'confusion' },
    h('caption', { class: 'hidden-words' },
      'Confusion matrix: a row for each actual tag, a column for each predicted one'),
    h('thead', null,
      h('tr', null,
        h('td', null),
        h('th', { scope: 'colgroup', colspan: names.length, class: 'faint small' }, 'predicted')),
      h('tr', null,
        h('th', { class: 'faint small', scope: 'col' }, 'actual'),
        names.map((name, index) => h('th', { key: index, scope: 'col' }, h('span', { class: 'clip' }, name))))),
    h('tbody', null,
      rows.map((row, actual) => h('tr',
        { key: actual },
        h('th', { scope: 'row' }, h('span', { class: 'clip' }, names[actual])),
        row.map((value, predicted) => {
          const isVoid = background && actual === labels.length && predicted === labels.length
          const share = sums[actual] > 0 ? value / sums[actual] : 0
          return h('td', {
            key: predicted,
            class: [
              'confusion-cell', actual === predicted ? 'right' : 'wrong', value === 0 && 'zero', share > 0.55 && 'deep',
            ],
            style: { '--share': value === 0 ? '0' : (0.1 + 0.9 * share).toFixed(3) },
            title: isVoid
              ? null
              : `${count(value)} of ${count(sums[actual])} ${names[actual]} (${percent(share)}) were taken for ${names[predicted]}`,
          }, isVoid ? '' : count(value))
        }))))))
}
