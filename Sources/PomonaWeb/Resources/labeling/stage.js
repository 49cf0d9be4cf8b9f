// @ts-check
// The parts around the photo: bars, tools, the photo itself, and what is shown when there is none.

import { h } from '../app/dom/h.js'
import { connection } from '../app/net/connection.js'
import { session } from '../app/session.js'
import { counted } from '../model/format.js'
import { boxAt } from '../model/geometry.js'
import { keyLabel } from '../model/keymap.js'
import { stageState, tellCanvas } from '../model/stage-state.js'
import { isDecided } from '../model/status.js'
import { icon } from '../elements/icon.js'
import { empty, loading, statusChip } from '../elements/parts.js'
import { notifyProblem } from '../elements/toast.js'
import { sender } from './edit-sender.js'
import { approve, reject, reviewList } from './review.js'

/** @typedef {import('./labeling-page.js').LabelingPage} Page @typedef {import('../model/editor.js').Editor} Editor */

/** @param {Page} page */
export function topBar(page) {
  const { project, task, supply } = page
  return h('header', { class: 'labeling-top', key: 'top' },
    h('a', { class: 'button quiet', href: page.isReview ? reviewList(project.id) : `/projects/${project.id}` },
      icon('left'),
      h('span', { class: 'clip' }, project.name)),
    h('h1', { class: 'labeling-name clip' }, task ? task.photo.name : 'Label data'),
    task && statusChip('task', task.state),
    h('span', { class: 'grow' }),
    saveState(page),
    !page.isReview && supply && h('span',
      {
        class: 'counter',
        title: 'Tasks remaining',
        'aria-label': `Tasks remaining: ${supply.remaining} of ${supply.total}`,
      },
      h('span', { class: 'faint small' }, 'Tasks remaining '),
      `${supply.remaining}/${supply.total}`),
    h('button',
      { class: 'icon-button', type: 'button', 'aria-label': 'Keys', title: 'Keys (?)', onclick: () => page.help() },
      icon('help')))
}

/** @param {Page} page */
function saveState(page) {
  const { waiting } = sender
  const stuck = sender.queue.stuck.length
  const words = stuck > 0
    ? `${counted(stuck, 'edit')} to decide`
    : waiting === 0
    ? 'Saved'
    : !connection.isOnline
    ? `${counted(waiting, 'edit')} kept here`
    : 'Saving'
  return h('span',
    {
      class: ['save-state', waiting > 0 && 'waiting'],
      role: 'status',
      title: connection.isOnline ? null : 'They are sent when the studio is back.',
    },
    icon(waiting === 0 ? 'check' : stuck > 0 ? 'warn' : 'upload'),
    stuck > 0
      ? h('button', { class: 'link-button', type: 'button', onclick: () => page.decideNext() }, words)
      : words)
}

/** Why photos are not decided upon now. @param {any} project */
export function heldUpWords(project) {
  return project.state === 'created' ? 'The project has not been started.' : 'The project is paused.'
}

/** @param {Page} page */
export function toolStrip(page) {
  const tool = (name, mark, words, key) => h('button', {
    class: 'icon-button', type: 'button', key: name, 'aria-pressed': String(page.tool === name), 'aria-label': words,
    title: `${words} (${key})`, onclick: () => page.setTool(name),
  }, icon(mark))
  const act = (mark, words, key, run, disabled = false) => h('button', {
    class: 'icon-button', type: 'button', key: words, 'aria-label': words, title: `${words} (${keyLabel(key)})`,
    disabled, onclick: () => {
      run()
      page.update()
    },
  }, icon(mark))
  const { editor } = page
  return h('div',
    { class: 'tool-strip', role: 'toolbar', 'aria-label': 'Tools', 'aria-orientation': 'vertical', key: 'tools' },
    tool('draw', 'box', 'Draw boxes', 'R'), tool('select', 'move', 'Select and move', 'M'),
    tool('template', 'template', 'Template box', 'T'),
    h('span', { class: 'strip-gap' }),
    act('undo', 'Undo', 'Ctrl+Z', () => editor?.undo(), !editor?.canUndo),
    act('redo', 'Redo', 'Ctrl+Y', () => editor?.redo(), !editor?.canRedo),
    h('span', { class: 'strip-gap' }),
    act('plus', 'Zoom in', '+', () => page.canvas?.zoomBy(1.25)),
    act('minus', 'Zoom out', '-', () => page.canvas?.zoomBy(0.8)),
    act('fit', 'Whole photo', '0', () => page.canvas?.fit()),
    act(page.areBoxesHidden ? 'eyeOff' : 'eye', page.areBoxesHidden ? 'Show boxes' : 'Hide boxes', 'H', () => {
      page.areBoxesHidden = !page.areBoxesHidden
    }))
}

/** @param {Page} page @param {Editor} editor */
function stageOf(page, editor) {
  return stageState({
    editor, suggestions: page.openSuggestions, categories: page.project.categories, categoryID: page.categoryID,
    tool: page.isClassification ? 'look' : page.tool, areBoxesHidden: page.areBoxesHidden,
  })
}

/** Lets the canvas know what has changed before the next frame shows it. @param {Page} page */
export function tellStage(page) {
  const { task, editor } = page
  if (task && editor) tellCanvas(page.canvas, task.photo, stageOf(page, editor))
}

/** @param {Page} page @param {Editor} editor */
export function stageView(page, editor) {
  const { task, project } = page
  const categories = new Map(project.categories.map((category) => [category.id, category]))
  const state = stageOf(page, editor)
  const suggestions = page.openSuggestions
  const named = (list) => list.map((item) => categories.get(item.categoryID)?.name).join(', ')
  return h('div', { class: 'labeling-stage', key: 'stage' },
    task.review?.verdict === 'rejected' && task.review.words && h('div',
      { class: 'notice warn stage-words', role: 'note' },
      icon('info'),
      h('span', null, h('strong', null, `${task.review.name}: `), task.review.words)),
    task.lease && task.lease.personID !== session.person?.id && h('div', { class: 'notice warn stage-words' },
      `${task.lease.name} is working on this photo.`),
    h('photo-canvas', {
      class: 'stage', ref: (canvas) => (page.canvas = canvas), tabindex: '0', role: 'application',
      'aria-roledescription': 'photo to label',
      'aria-label': `${task.photo.name}: ${counted(editor.annotations.length, 'box', 'boxes')}${editor.annotations.length > 0 ? ` (${named(editor.annotations)})` : ''}, ${counted(suggestions.length, 'suggestion')}`,
      '.photo': task.photo,
      '.marks': state.marks,
      '.suggestions': state.suggestions,
      '.selectedID': state.selectedID,
      '.tool': state.tool,
      '.template': state.template,
      '.areBoxesHidden': state.areBoxesHidden,
      '.color': state.color,
      'onbox-add': (event) => {
        editor.add(event.detail.box, page.categoryID)
        page.update()
      },
      'onbox-reshape': (event) => {
        editor.reshape(event.detail.id, event.detail.box)
        page.update()
      },
      'onbox-select': (event) => {
        editor.selectedID = event.detail.id
        page.update()
      },
      'onphoto-tap': (event) => {
        // Of all that lies there the smallest is meant, as everywhere; a finger has no pointer to hover with.
        const meant = boxAt([...page.openSuggestions, ...editor.annotations], event.detail.point)
        if (meant && suggestions.includes(meant)) editor.take(meant)
        page.update()
      },
      'onphoto-failed': (event) => notifyProblem(event.detail.error),
    }))
}

/** @param {Page} page @param {Editor} editor */
export function bottomBar(page, editor) {
  const { isHeldUp } = page
  if (page.isReview) return reviewBar(page, editor)
  return h('footer', { class: 'labeling-bottom', key: 'bottom' },
    page.project.state !== 'running' && h('span', { class: 'status status-warn' }, heldUpWords(page.project)),
    h('button',
      { class: 'button', type: 'button', disabled: !page.supply?.deck.canGoBack, onclick: () => page.step(-1) },
      icon('left'),
      'Previous'),
    h('span', { class: 'grow' }),
    h('button', { class: 'button', type: 'button', disabled: isHeldUp, onclick: () => page.skip() },
      icon('skip'),
      'Skip',
      h('kbd', null, 'S')),
    submitButtons(page, editor),
    h('span', { class: 'grow' }),
    h('button', { class: 'button', type: 'button', disabled: !page.supply?.deck.canGoOn, onclick: () => page.step(1) },
      'Next',
      icon('right')))
}

/** They say what becomes of the suggestions that are shown. @param {Page} page @param {Editor} editor */
function submitButtons(page, editor) {
  const { isHeldUp } = page
  const suggestions = page.isClassification ? 0 : page.openSuggestions.length
  return [
    suggestions > 0 && h('button',
      { class: 'button', type: 'button', disabled: isHeldUp, onclick: () => page.submit(true) },
      'Submit without suggestions',
      h('kbd', null, '⇧ ⏎')),
    h('button', { class: 'button primary', type: 'button', disabled: isHeldUp, onclick: () => page.submit() },
      icon('check'),
      suggestions > 0
        ? `Accept ${suggestions} and submit`
        : editor.annotations.length === 0 && !page.isClassification
        ? 'Submit: nothing here'
        : 'Submit',
      h('kbd', null, '⏎')),
  ]
}

/** @param {Page} page @param {Editor} editor */
function reviewBar(page, editor) {
  const canBeReviewed = isDecided(page.task.state)
  return h('footer', { class: 'labeling-bottom', key: 'bottom' },
    h('button',
      { class: 'button', type: 'button', disabled: !page.supply?.deck.canGoBack, onclick: () => page.step(-1) },
      icon('left'),
      'Previous'),
    h('span', { class: 'grow' }),
    !canBeReviewed && submitButtons(page, editor),
    canBeReviewed && h('button', { class: 'button', type: 'button', onclick: () => reject(page) },
      icon('close'),
      'Reject'),
    canBeReviewed && h('button',
      { class: 'button primary', type: 'button', disabled: page.isUnsaved, onclick: () => approve(page) },
      icon('check'),
      'Approve',
      h('kbd', null, '⏎')),
    h('span', { class: 'grow' }),
    h('button', { class: 'button', type: 'button', disabled: !page.supply?.deck.canGoOn, onclick: () => page.step(1) },
      'Next',
      icon('right')))
}

/** @param {Page} page */
export function doneView(page) {
  const { supply, project } = page
  if (!supply?.reason) return loading()
  const isReviewer = project.role !== 'labeler'
  const back = h('a',
    { class: ['button', !(isReviewer && supply.reason === 'allDone') && 'primary'], href: `/projects/${project.id}` },
    'Back to the project')
  const again = h('button', { class: 'button', type: 'button', onclick: () => page.reload() },
    icon('refresh'),
    'Look again')
  const views = {
    allDone: {
      icon: 'check',
      title: 'All photos are labeled',
      text: 'There is nothing left in the queue.',
      actions: [
        isReviewer && h('a',
          { class: 'button primary', href: `/projects/${project.id}/data?state=submitted` },
          'Review'),
        back,
      ],
    },
    heldByOthers: {
      icon: 'people', title: 'The rest is with others', text: 'The last photos are being labeled by somebody else.',
      actions: [again, back],
    },
    paused: {
      icon: 'pause', title: heldUpWords(project).slice(0, -1), text: 'Labels can be made while it runs.',
      actions: [back],
    },
  }
  return empty(views[supply.reason] ?? views.allDone)
}
