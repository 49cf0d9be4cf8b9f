// @ts-check
// This model beside another one, on the same photos where both were measured on them.

import { h } from '../../app/dom/h.js'
import { commonEvaluations, isBeingMeasured, tagRates } from '../../model/compare.js'
import { percent } from '../../model/format.js'
import { matrixRows } from '../../model/metrics.js'
import { figures, tagFigures } from '../../model/performance.js'
import { select } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'

/** @param {number | undefined} mine @param {number | undefined} other @param {boolean} isLessBetter */
function difference(mine, other, isLessBetter = false) {
  if (mine === undefined || other === undefined) return h('td', { class: 'number' }, '–')
  const change = mine - other
  if (Math.abs(change) < 0.0005) return h('td', { class: 'number faint' }, 'equal')
  const isBetter = change > 0 !== isLessBetter
  return h('td', { class: ['number', isBetter ? 'good-words' : 'bad-words'] },
    `${change > 0 ? '+' : '−'}${percent(Math.abs(change), 1)}`)
}

/** @param {any} view the results' element */
export function compareView(view) {
  const { model, others } = view
  if (others.length === 0) return h('p', { class: 'muted' },
    'There is no other finished model of this type to compare with.')
  const { other } = view
  const pairs = commonEvaluations(view.list, view.otherEvaluations)
  const pair = pairs.find(({ mine }) => mine.frozenID === view.frozenID) ?? pairs[0]
  const mine = pair ? pair.mine.performance : model.performance
  const theirs = pair ? pair.theirs.performance : other.performance
  return h('div', { class: 'stack loose' },
    h('div', { class: 'row' }, h('span', { class: 'strong' }, 'Compare with'), select({
      label: 'Other model',
      isCompact: true,
      value: other.id,
      choices: others.map(({ id, name }) => ({ value: id, label: name })),
      onchange: (id) => view.chooseOther(id),
    }),
      pairs.length > 0 && [h('span', { class: 'strong' }, 'on'), select({
        label: 'Photos',
        isCompact: true,
        value: pair.mine.frozenID,
        choices: pairs.map((item) => ({ value: item.mine.frozenID, label: words(item.mine) })),
        onchange: (id) => view.chooseFrozen(id),
      })]),
    pairs.length === 0 && h('div', { class: 'notice warn' },
      icon('info'),
      h('span', { class: 'grow' },
        'The two were not measured on the same photos with the same labels, so their figures do not quite compare.'),
      isBeingMeasured([...view.list, ...view.otherEvaluations])
        ? h('span', { class: 'muted' }, 'Being measured.')
        : h('button', { class: 'button small', type: 'button', onclick: () => view.evaluate([model.id, other.id]) },
          'Evaluate both on one dataset')),
    h('div', { class: 'table-wrap' }, h('table', { class: 'table' },
      tableHead(model, other),
      h('tbody', null,
        figures(mine).map(({ key, label, value }) => row(label, value, theirs[key], key === 'calibrationECE')),
        tagRows(mine, theirs)))),
    pair && ratesView(view, pair))
}

/** @param {any} evaluation */
function words(evaluation) {
  const name = evaluation.dataset?.name ?? 'the evaluation dataset'
  const date = String(evaluation.finishedAt ?? evaluation.createdAt).slice(0, 10)
  return `${name}, ${date}`
}

/** @param {any} model @param {any} other */
function tableHead(model, other) {
  return h('thead', null,
    h('tr', null,
      h('td', null),
      h('th', { scope: 'col', class: 'number' }, model.name),
      h('th', { scope: 'col', class: 'number' }, other.name),
      h('th', { scope: 'col', class: 'number' }, 'difference, points')))
}

/**
 * @param {string} name
 * @param {number | undefined} mine
 * @param {number | undefined} theirs
 * @param {boolean} [isLessBetter]
 */
function row(name, mine, theirs, isLessBetter) {
  return h('tr', { key: name },
    h('th', { scope: 'row' }, name),
    h('td', { class: 'number' }, percent(mine, 1)),
    h('td', { class: 'number' }, percent(theirs, 1)), difference(mine, theirs, isLessBetter))
}

/** @param {any} mine @param {any} theirs */
function tagRows(mine, theirs) {
  const others = new Map(tagFigures(theirs).map(({ tag, value }) => [tag, value]))
  return tagFigures(mine).map(({ tag, value }) => row(tag, value, others.get(tag)))
}

/** Precision and recall of each tag of two classifiers. @param {any} view @param {any} pair */
function ratesView(view, pair) {
  const [mine, theirs] = [view.fetched(pair.mine), view.fetched(pair.theirs)]
  if (!mine?.classification || !theirs?.classification) return null
  const rates = ({ classification, labels }) => tagRates(matrixRows(classification.confusionMatrix), labels)
  const others = new Map(rates(theirs).map((item) => [item.tag, item]))
  return h('div', { class: 'table-wrap', key: 'rates' }, h('table', { class: 'table' },
    tableHead(view.model, view.other),
    h('tbody', null,
      rates(mine).map((item) => [
        row(`${item.tag}: precision`, item.precision, others.get(item.tag)?.precision),
        row(`${item.tag}: recall`, item.recall, others.get(item.tag)?.recall),
      ]))))
}
