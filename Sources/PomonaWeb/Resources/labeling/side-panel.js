// @ts-check
// Beside the photo: categories, the boxes, suggestions, instructions, history.

import { h } from '../app/dom/h.js'
import { counted, percent } from '../model/format.js'
import { checkField, slider } from '../elements/field.js'
import { icon } from '../elements/icon.js'
import { markdownView } from '../elements/markdown-view.js'
import { dot } from '../elements/parts.js'
import { showHistory } from './history-dialog.js'

/** @typedef {import('./labeling-page.js').LabelingPage} Page @typedef {import('../model/editor.js').Editor} Editor */

/** @param {Page} page @param {Editor} editor */
export function sidePanel(page, editor) {
  const { project } = page
  return h('aside', { class: 'labeling-side', key: 'side' },
    categoryList(page, editor),
    page.isClassification ? classSuggestion(page) : [boxList(page, editor), suggestionList(page, editor)],
    labelingList(page, editor),
    project.instructions && h('details', { class: 'side-section', open: true },
      h('summary', null, 'Instructions'),
      h('div', { class: 'prose small' }, markdownView(project.instructions))),
    h('button', { class: 'button small quiet', type: 'button', onclick: () => showHistory(page) },
      icon('clock'),
      'History of this photo'))
}

/** @param {Page} page @param {Editor} editor */
function categoryList(page, editor) {
  const { project } = page
  const chosen = page.isClassification
    ? editor.annotations[0]?.categoryID
    : editor.selected?.categoryID ?? page.categoryID
  return h('section', { class: 'side-section' },
    h('h2', null,
      page.isClassification ? 'What does the photo show?' : editor.selected ? 'Tag of the selected box' : 'Tag of the next box'),
    h('div', { class: 'category-list', role: 'group', 'aria-label': 'Tags' },
      project.categories.map((category) => h('button', {
        class: 'category', type: 'button', key: category.id, 'aria-pressed': String(category.id === chosen), onclick: () => page.choose(category.id),
      }, dot(category.color), h('span', { class: 'grow clip' },
        category.name), category.hotkey && h('kbd', null, category.hotkey.toUpperCase())))),
    page.isClassification && checkField({
      label: 'Submit at once', note: 'Choosing a tag goes on to the next photo.', checked: page.submitsAtOnce,
      onchange: (isOn) => page.setSubmitsAtOnce(isOn),
    }))
}

/** @param {Page} page */
function classSuggestion(page) {
  const [best] = page.openSuggestions
  const category = best && page.project.categories.find(({ id }) => id === best.categoryID)
  return category && h('section', { class: 'side-section' }, h('h2', null, 'Suggestion'),
    h('button', { class: 'category suggested', type: 'button', onclick: () => page.choose(category.id) },
      icon('sparkle'),
      h('span', { class: 'grow' }, category.name),
      h('span', { class: 'number' }, percent(best.confidence))))
}

/** @param {Page} page @param {Editor} editor */
function boxList(page, editor) {
  const categories = new Map(page.project.categories.map((category) => [category.id, category]))
  const change = (action) => () => {
    action()
    page.update()
  }
  return h('section', { class: 'side-section' },
    h('div', { class: 'row apart' },
      h('h2', null, `Boxes (${editor.annotations.length})`),
      editor.annotations.length > 1 && h('button',
        { class: 'link-button small', type: 'button', onclick: change(() => editor.deleteAll()) },
        'Delete all')),
    editor.annotations.length === 0
      ? h('p', { class: 'muted small' },
        page.openSuggestions.length > 0
          ? 'None yet. Submitting accepts the suggestions that are shown.'
          : 'None. Submitting without a box says “nothing here”, and the model learns that too.')
      : h('ul', { class: 'box-list' },
        editor.annotations.slice(0, 300).map((item, index) => boxRow(page,
          editor,
          item,
          index,
          categories.get(item.categoryID)))),
    editor.selected?.box && h('div', { class: 'row tight' },
      h('button',
        { class: 'button small', type: 'button', disabled: page.isFinding, onclick: () => page.findSimilar() },
        icon('similar'),
        page.isFinding ? 'Looking …' : 'Find similar',
        h('kbd', null, 'F')),
      h('button', { class: 'button small', type: 'button', onclick: change(() => editor.duplicate()) },
        icon('copy'),
        'Duplicate')))
}

/** Where several people labeled a photo: what each of them said. @param {Page} page @param {Editor} editor */
function labelingList(page, editor) {
  const labelings = page.task.labelings ?? []
  if (labelings.length < 2) return null
  const categories = new Map(page.project.categories.map((category) => [category.id, category]))
  const words = (labeling) => page.isClassification
    ? categories.get(labeling.annotations[0]?.categoryID)?.name ?? 'nothing'
    : counted(labeling.annotations.length, 'box', 'boxes')
  return h('section', { class: 'side-section' },
    h('h2', null, page.task.agreement === undefined ? 'Labelers' : `Labelers agree by ${percent(page.task.agreement)}`),
    h('ul', { class: 'box-list' }, labelings.map((labeling) => h('li', { class: 'box-item', key: labeling.personID },
      h('span', { class: 'box-row' },
        h('span', { class: 'grow clip' }, labeling.name),
        h('span', { class: 'faint small' }, words(labeling))),
      h('button', {
        class: 'button small', type: 'button', 'aria-label': `Take the labels of ${labeling.name}`, onclick: () => {
          editor.takeOver(labeling.annotations)
          page.update()
        },
      }, 'Take')))))
}

/**
 * @param {Page} page
 * @param {Editor} editor
 * @param {import('../model/annotations.js').Annotation} item
 * @param {number} index
 * @param {{name: string, color: string} | undefined} category
 */
function boxRow(page, editor, item, index, category) {
  const isSelected = item.id === editor.selectedID
  const known = page.rows.get(item)
  if (known && known.isSelected === isSelected && known.index === index && known.category === category) return known.row
  const change = (action) => () => {
    action()
    page.update()
  }
  const name = `${category?.name ?? 'unknown'} ${index + 1}`
  // Known by its place: the next photo's rows are those of this one with other words in them.
  const row = h('li', { key: index, class: ['box-item', isSelected && 'selected'] },
    h('button', { class: 'box-row', type: 'button', 'aria-pressed': String(isSelected), onclick: change(() => {
      editor.selectedID = isSelected ? undefined : item.id
    }) }, dot(category?.color ?? '#888888'), h('span', { class: 'grow clip' }, category?.name ?? 'unknown'),
      item.from === 'suggestion' && item.confidence !== undefined && h('span', { class: 'faint small' },
        percent(item.confidence))),
    h('button', {
      class: 'icon-button',
      type: 'button',
      'aria-label': `${item.isLocked ? 'Unlock' : 'Lock'} ${name}`,
      'aria-pressed': String(Boolean(item.isLocked)),
      onclick: change(() => editor.switchLock(item.id)),
    }, icon(item.isLocked ? 'lock' : 'unlock')),
    h('button',
      {
        class: 'icon-button', type: 'button', disabled: item.isLocked, 'aria-label': `Delete ${name}`,
        onclick: change(() => editor.delete(item.id)),
      },
      icon('close')))
  page.rows.set(item, { isSelected, index, category, row })
  return row
}

/** @param {Page} page @param {Editor} editor */
function suggestionList(page, editor) {
  const all = page.suggestionsFrom(0)
  if (all.length === 0) return null
  const shown = page.openSuggestions
  const categories = new Map(page.project.categories.map((category) => [category.id, category]))
  const change = (action) => () => {
    action()
    page.update()
  }
  return h('section', { class: 'side-section' },
    h('div', { class: 'row apart' },
      h('h2', null, `Suggestions (${shown.length})`),
      shown.length > 0 && h('button',
        { class: 'button small', type: 'button', onclick: change(() => editor.accept(shown)) },
        icon('check'),
        'Accept all',
        h('kbd', null, 'A'))),
    slider({ label: 'Hide below', value: page.least, step: 0.05, oninput: (least) => page.setLeast(least) }),
    h('ul', { class: 'box-list' }, shown.map((item) => {
      const category = categories.get(item.categoryID)
      return h('li', { key: item.id, class: 'box-item suggested' },
        h('span', { class: 'box-row' },
          dot(category?.color ?? '#888888'),
          h('span', { class: 'grow clip' }, category?.name ?? 'unknown'),
          h('span', { class: 'number small' }, percent(item.confidence))),
        h('button',
          {
            class: 'icon-button', type: 'button', 'aria-label': `Accept ${category?.name}`,
            onclick: change(() => editor.take(item)),
          },
          icon('check')),
        h('button',
          {
            class: 'icon-button', type: 'button', 'aria-label': `Dismiss ${category?.name}`,
            onclick: change(() => editor.dismiss(item.id)),
          },
          icon('close')))
    })))
}
