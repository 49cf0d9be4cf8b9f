// @ts-check
// This model beside another one.

import { h } from '../../app/dom/h.js'
import { percent } from '../../model/format.js'
import { figures, tagFigures } from '../../model/performance.js'
import { select } from '../../elements/field.js'

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
  const other = others.find(({ id }) => id === view.otherID) ?? others[0]
  const tags = tagFigures(model.performance)
  const otherTags = new Map(tagFigures(other.performance).map(({ tag, value }) => [tag, value]))
  const sets = [model, other].map((item) => item.evaluationDataset?.id)
  const row = (name, mine, theirs, isLessBetter) => h('tr', { key: name },
    h('th', { scope: 'row' }, name),
    h('td', { class: 'number' }, percent(mine, 1)),
    h('td', { class: 'number' }, percent(theirs, 1)), difference(mine, theirs, isLessBetter))
  return h('div', { class: 'stack loose' },
    h('div', { class: 'row' }, h('span', { class: 'strong' }, 'Compare with'), select({
      label: 'Other model',
      isCompact: true,
      value: other.id,
      choices: others.map(({ id, name }) => ({ value: id, label: name })),
      onchange: (id) => {
        view.otherID = id
        view.update()
      },
    })),
    sets[0] !== sets[1] && h('div', { class: 'notice warn' },
      'The two were measured on different photos, so their figures do not quite compare. Evaluate both on one dataset.'),
    h('div', { class: 'table-wrap' }, h('table', { class: 'table' },
      h('thead', null,
        h('tr', null,
          h('td', null),
          h('th', { scope: 'col', class: 'number' }, model.name),
          h('th', { scope: 'col', class: 'number' }, other.name),
          h('th', { scope: 'col', class: 'number' }, 'difference, points'))),
      h('tbody', null,
        figures(model.performance).map(({ key, label, value }) => row(label,
          value,
          other.performance[key],
          key === 'calibrationECE')),
        tags.map(({ tag, value }) => row(tag, value, otherTags.get(tag)))))))
}
