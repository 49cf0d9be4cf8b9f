// @ts-check
// The worst mistakes as pictures: what was said, next to the truth.

import { h } from '../../app/dom/h.js'
import { percent } from '../../model/format.js'
import { mistakeKinds, mistakesOf } from '../../model/mistakes.js'
import { icon } from '../../elements/icon.js'
import { dot, empty } from '../../elements/parts.js'
import { thumbnail } from '../../elements/thumbnail.js'

/**
 * @param {any} view the results' element
 * @param {any} evaluation
 * @param {Map<string, string>} colors
 */
export function mistakesView(view, evaluation, colors) {
  const mistakes = mistakesOf(evaluation)
  if (mistakes.length === 0) return empty({
    icon: 'check', title: 'No mistakes', text: 'Everything was right on these photos.',
  })
  const shown = mistakes.filter(({ kind }) => view.mistakeKind === '' || kind === view.mistakeKind)
  const color = (label) => colors.get(label) ?? '#888888'
  const pick = (kind, words, number) => number > 0 && h('button', {
    class: 'segment', type: 'button', key: kind || 'all', 'aria-pressed': String(view.mistakeKind === kind),
    onclick: () => {
      view.mistakeKind = kind
      view.update()
    },
  }, words, h('span', { class: 'faint' }, number))
  return h('div', { class: 'stack loose', key: 'mistakes' },
    h('div', { class: 'segments' },
      pick('', 'All', mistakes.length),
      mistakeKinds.map(([kind, words]) => pick(kind,
        words,
        mistakes.filter((mistake) => mistake.kind === kind).length))),
    h('ul', { class: 'mistakes' },
      shown.slice(0, 60).map((mistake, index) => h('li', { class: 'card mistake', key: `${mistake.kind} ${index}` },
        h('div', { class: 'mistake-pair' },
          h('figure', null,
            thumbnail(mistake.photo,
              mistake.truths.map(
                ({ label, box, isConcerned }) => ({ box, color: color(label), isDashed: !isConcerned })
              ),
              { side: 512 }),
            h('figcaption', { class: 'faint small' }, 'truth')),
          h('figure', null,
            thumbnail(mistake.photo,
              mistake.found.map(
                ({ label, box, isConcerned }) => ({ box, color: color(label), isDashed: !isConcerned })
              ),
              { side: 512 }),
            h('figcaption', { class: 'faint small' }, 'model'))),
        h('p', { class: 'row tight' },
          icon('warn'),
          mistake.said !== undefined && dot(color(mistake.said)),
          h('span', { class: 'strong' }, mistake.words)),
        h('p', { class: 'faint small clip' },
          mistake.photo.name,
          mistake.overlap !== undefined && ` · overlap ${percent(mistake.overlap)}`)))))
}
