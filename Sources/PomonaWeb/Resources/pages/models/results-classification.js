// @ts-check
// A classifier: what is taken for what, and whether its confidence can be believed.

import { h } from '../../app/dom/h.js'
import { count, percent } from '../../model/format.js'
import { tagRates } from '../../model/compare.js'
import { matrixRows } from '../../model/metrics.js'
import { confusionTable } from '../../charts/confusion.js'
import { reliabilityChart } from '../../charts/reliability.js'

/** @param {any} evaluation */
export function classificationView({ classification, labels }) {
  const rows = matrixRows(classification.confusionMatrix)
  return [ratesTable(tagRates(rows, labels)), h('div', { class: 'columns even', key: 'classification' },
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Confusion matrix')),
      labels.length <= 40 ? confusionTable(rows, labels) : h('p',
        { class: 'muted' },
        'With more than 40 tags the matrix is no use to the eye.')),
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Calibration')),
      reliabilityChart(classification.calibration.bins),
      h('p', { class: 'muted small gap-above' },
        `Bars on the line: of photos classified with 80% confidence, 80% are right. The mean distance is ${percent(classification.calibrationECE, 1)}.`)))]
}

/** @param {ReturnType<typeof tagRates>} rates */
function ratesTable(rates) {
  return h('section', { class: 'card', key: 'rates' },
    h('div', { class: 'card-head' }, h('h2', null, 'Precision and recall')),
    h('div', { class: 'table-wrap' }, h('table', { class: 'table' },
      h('thead', null,
        h('tr', null,
          h('th', { scope: 'col' }, 'Tag'),
          ['Photos', 'Precision', 'Recall'].map((words) => h('th',
            { key: words, scope: 'col', class: 'number' },
            words)))),
      h('tbody', null,
        rates.map(({ tag, count: photos, precision, recall }) => h('tr',
          { key: tag },
          h('th', { scope: 'row' }, tag),
          h('td', { class: 'number' }, count(photos)),
          h('td', { class: 'number' }, percent(precision, 1)),
          h('td', { class: 'number' }, percent(recall, 1))))))),
    h('p', { class: 'muted small gap-above' },
      'Precision: of the photos given the tag, those that have it. Recall: of those that have it, the ones given it.'))
}
