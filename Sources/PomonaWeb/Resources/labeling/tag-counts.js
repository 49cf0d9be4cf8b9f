// @ts-check
// What a list of labels says, in words: for photos whose tag is drawn nowhere, and for everybody who cannot see boxes.

import { h } from '../app/dom/h.js'
import { count } from '../model/format.js'
import { tagCounts } from '../model/annotations.js'
import { tagChip } from '../elements/parts.js'

/** @param {{categoryID: string}[]} annotations @param {any} project */
export function tagCountsView(annotations, project) {
  if (annotations.length === 0) return h('span', { class: 'muted small' }, 'no labels')
  const isWhole = project.kind === 'imageClassification'
  return h('span', { class: 'chips' }, tagCounts(annotations, project.categories).map((tag) => (
    tagChip(isWhole ? tag.name : `${count(tag.count)} ${tag.name}`, tag.color))))
}
