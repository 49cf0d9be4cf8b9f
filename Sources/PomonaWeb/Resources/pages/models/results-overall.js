// @ts-check
// The figures a model is known by, and each tag's own.

import { h } from '../../app/dom/h.js'
import { percent } from '../../model/format.js'
import { figures, measuredWords, tagFigures } from '../../model/performance.js'
import { barRows } from '../../charts/bars.js'

/**
 * @param {any} performance
 * @param {string} measured
 * @param {Map<string, string>} colors
 */
export function overallView(performance, measured, colors) {
  const rows = figures(performance)
  const tags = tagFigures(performance)
  return h('div', { class: 'columns even', key: 'overall' },
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Overall')),
      h('dl', { class: 'big-figures' },
        rows.map((row, index) => h('div',
          { key: row.key, class: ['big-figure', index === 0 && 'main'], title: row.meaning },
          h('dd', null, percent(row.value, 1)), h('dt', null, row.label)))),
      h('p', { class: 'muted small gap-above' }, `Measured ${measuredWords(measured)}.`)),
    h('section', { class: 'card' },
      h('div', { class: 'card-head' },
        h('h2', null,
          performance.meanAveragePrecision50 === undefined ? 'Accuracy of each tag' : 'Average precision of each tag (IoU 0.5)')),
      barRows(tags.map(({ tag, value }) => ({ label: tag, value: value ?? 0, color: colors.get(tag), note: value === undefined ? 'nothing to find' : undefined })),
        'Each tag', (value) => percent(value), 1)))
}
