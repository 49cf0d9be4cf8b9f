// @ts-check
// A detector at any confidence threshold: what a slider moves.

import { h } from '../../app/dom/h.js'
import { colorsOf } from '../../model/colors.js'
import { count, percent } from '../../model/format.js'
import { bestThreshold, f1, figuresAt, overThresholds, precision, recall } from '../../model/metrics.js'
import { confusionTable } from '../../charts/confusion.js'
import { lineChart } from '../../charts/line-chart.js'
import { slider } from '../../elements/field.js'
import { dot, figure } from '../../elements/parts.js'

/** Curves are computed once for each evaluation. @type {WeakMap<object, ReturnType<typeof overThresholds>>} */
const curves = new WeakMap()

/**
 * @param {any} view the results' element
 * @param {any} evaluation
 */
export function detectionView(view, evaluation) {
  const { detection, labels } = evaluation
  const { matches } = detection
  let curve = curves.get(matches)
  if (!curve) curves.set(matches, (curve = overThresholds(matches)))
  const { threshold } = view
  const at = figuresAt(matches, threshold)
  const colors = colorsOf(labels)
  const best = bestThreshold(matches)
  return h('div', { class: 'stack loose', key: 'detection' },
    h('section', { class: 'card stack threshold-card' },
      h('div', { class: 'card-head' }, h('h2', null, 'At a confidence threshold'),
        best !== undefined && h('button', {
          class: 'button small',
          type: 'button',
          title: 'Chosen by looking at these very photos, so it flatters',
          onclick: () => {
            view.threshold = best
            view.update()
          },
        }, `Best F1 at ${percent(best)}`)),
      slider({
        label: 'Threshold', value: threshold, oninput: (value) => {
          view.threshold = value
          view.update()
        },
      }),
      h('dl', { class: 'figures' },
        figure('precision', percent(precision(at.overall), 1), 'Share of the boxes that are right'),
        figure('recall', percent(recall(at.overall), 1), 'Share of the objects that were found'),
        figure('F1', percent(f1(at.overall), 1)), figure('found', count(at.overall.truePositives)),
        figure('false', count(at.overall.falsePositives)), figure('missed', count(at.overall.missed))),
      h('div', { class: 'columns even' },
        lineChart({
          label: 'Precision, recall and F1 over the threshold', at: threshold, xRange: [0, 1], yRange: [0, 1],
          xWords: 'threshold', yLabel: (value) => percent(value), xLabel: (value) => percent(value),
          lines: [
            { name: 'precision', series: 1, points: curve.map(({ threshold: x, precision: y }) => ({ x, y })) },
            { name: 'recall', series: 3, points: curve.map(({ threshold: x, recall: y }) => ({ x, y })) },
            { name: 'F1', series: 5, points: curve.map(({ threshold: x, f1: y }) => ({ x, y })) },
          ],
        }),
        lineChart({
          label: 'Precision over recall of each tag', xRange: [0, 1], yRange: [0, 1], xWords: 'recall',
          yLabel: (value) => percent(value), xLabel: (value) => percent(value),
          dot: precision(at.overall) === undefined
            ? undefined
            : { x: recall(at.overall) ?? 0, y: precision(at.overall) ?? 0 },
          lines: detection.tags.filter(({ curve: own }) => own).slice(0, 8).map((tag, index) => ({
            name: tag.tag,
            color: colors.get(tag.tag),
            points: tag.curve.recall.map((x, place) => ({ x, y: tag.curve.precision[place] })),
          })),
        }))),
    h('div', { class: 'columns even' },
      h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Each tag at this threshold')),
        h('div', { class: 'table-wrap' }, h('table', { class: 'table plain' },
          h('thead', null,
            h('tr', null,
              h('th', { scope: 'col' }, 'Tag'),
              ['Objects', 'Found', 'False', 'Missed', 'Precision', 'Recall'].map((words) => h('th',
                { key: words, scope: 'col', class: 'number' },
                words)))),
          h('tbody', null,
            labels.map((label, index) => h('tr',
              { key: label },
              h('th', { scope: 'row' },
                h('span', { class: 'row tight' }, dot(colors.get(label) ?? ''), h('span', { class: 'clip' }, label))),
              [
                matches.objectCounts[index], at.tags[index].truePositives, at.tags[index].falsePositives,
                at.tags[index].missed,
              ].map((value, place) => h('td', { key: place, class: 'number' }, count(value))),
              h('td', { class: 'number' }, percent(precision(at.tags[index]))),
              h('td', { class: 'number' }, percent(recall(at.tags[index]))))))))),
      h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Confusion matrix')),
        labels.length <= 40 ? confusionTable(at.confusion, labels, { background: true }) : h('p', { class: 'muted' },
          'With more than 40 tags the matrix is no use to the eye.'))))
}
