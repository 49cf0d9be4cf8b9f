// @ts-check
// A classifier: what is taken for what, and whether its confidence can be believed.

import { h } from '../../app/dom/h.js'
import { percent } from '../../model/format.js'
import { matrixRows } from '../../model/metrics.js'
import { confusionTable } from '../../charts/confusion.js'
import { reliabilityChart } from '../../charts/reliability.js'

/** @param {any} evaluation */
export function classificationView({ classification, labels }) {
  return h('div', { class: 'columns even', key: 'classification' },
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Confusion matrix')),
      labels.length <= 40 ? confusionTable(matrixRows(classification.confusionMatrix), labels) : h('p',
        { class: 'muted' },
        'With more than 40 tags the matrix is no use to the eye.')),
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Calibration')),
      reliabilityChart(classification.calibration.bins),
      h('p', { class: 'muted small gap-above' },
        `Bars on the line: of photos classified with 80% confidence, 80% are right. The mean distance is ${percent(classification.calibrationECE, 1)}.`)))
}
