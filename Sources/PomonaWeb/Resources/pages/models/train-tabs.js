// @ts-check
// The five tabs of a new training.

import { h } from '../../app/dom/h.js'
import { post } from '../../app/net/client.js'
import { bytes, counted, duration, readDuration } from '../../model/format.js'
import { modelKind } from '../../model/status.js'
import { stepWrong, wrongBudget } from '../../model/training-form.js'
import { choiceField, selectField, textField } from '../../elements/field.js'
import { fieldError } from '../../elements/group-dialog.js'
import { icon } from '../../elements/icon.js'
import { problem } from '../../elements/problem.js'
import { notifyProblem } from '../../elements/toast.js'

/** @param {any} page @param {string} step */
function wrongIn(page, step) {
  return page.visited.has(step) ? stepWrong(step, page.form, page.context) : undefined
}

/** @param {any} page */
export function nameTab(page) {
  return [
    textField({
      label: 'Name of the model',
      value: page.form.name,
      autofocus: true,
      placeholder: 'fruit-detector',
      wrong: wrongIn(page, 'name') ?? fieldError(page.error, 'name'),
      oninput: (name) => page.set({ name }),
    }),
    choiceField({
      legend: 'Scenario', name: 'kind', value: page.form.kind, isTwo: true, onchange: (kind) => page.set({ kind }),
      choices: [
        { value: 'detector', label: 'Object detection', note: 'Finds where things are and what they are.' },
        { value: 'classifier', label: 'Image classification', note: 'Says which one tag fits a photo.' },
      ],
    }),
  ]
}

/** @param {any} dataset */
function datasetNote(dataset) {
  return `${counted(dataset.labeledPhotoCount, 'labeled photo')} of ${counted(dataset.photoCount, 'photo')}; ${dataset.tags.map(({ name }) => name).slice(0, 6).join(', ') || 'no tags'}`
}

/** @param {any} page */
function fitting(page) {
  return page.datasets.filter((dataset) => modelKind(dataset.kind) === page.form.kind)
}

/** @param {any} page */
export function datasetsTab(page) {
  const datasets = fitting(page)
  const wrong = wrongIn(page, 'training') ?? fieldError(page.error, 'trainingDatasetIDs')
  return [
    h('p', { class: 'muted' }, 'Photos to learn from. Several datasets are joined by the names of their tags.'),
    datasets.length === 0 && h('p', null,
      'There is no dataset of this type. ',
      h('a', { href: '/datasets' }, 'Add one.')),
    h('fieldset', { class: 'choices' },
      h('legend', { class: 'hidden-words' }, 'Training datasets'),
      datasets.map((dataset) => h('label', { class: 'choice', key: dataset.id },
        h('input', {
          type: 'checkbox', checked: page.form.trainingDatasetIDs.includes(dataset.id), onchange: (event) => {
            const others = page.form.trainingDatasetIDs.filter((id) => id !== dataset.id)
            page.set({ trainingDatasetIDs: event.target.checked ? [...others, dataset.id] : others })
          },
        }),
        h('span', null,
          h('span', { class: 'strong block' }, dataset.name),
          h('span', { class: 'field-note block' }, datasetNote(dataset)))))),
    wrong && h('span', { class: 'field-wrong', role: 'alert' }, icon('warn'), wrong),
  ]
}

/** @param {any} page */
export function evaluationTab(page) {
  const wrong = wrongIn(page, 'evaluation') ?? fieldError(page.error, 'evaluationDatasetID')
  return [
    h('p', { class: 'muted' },
      'Photos to measure the finished model with. Nothing is chosen on them, so the figures are honest.'),
    choiceField({
      legend: 'Evaluation dataset',
      isLegendHidden: true,
      name: 'evaluation',
      value: page.form.evaluationDatasetID,
      onchange: (evaluationDatasetID) => page.set({ evaluationDatasetID }),
      choices: [
        {
          value: '',
          label: 'None',
          note: 'A part of the training photos is held out to measure, then the model learns from all of them.',
        },
        ...fitting(page).map((dataset) => ({
          value: dataset.id,
          label: dataset.name,
          note: page.form.trainingDatasetIDs.includes(dataset.id)
            ? 'It is learned from already.'
            : datasetNote(dataset),
          disabled: page.form.trainingDatasetIDs.includes(dataset.id),
        })),
      ],
    }),
    wrong && h('span', { class: 'field-wrong', role: 'alert' }, icon('warn'), wrong),
  ]
}

/** @param {any} page */
export function budgetTab(page) {
  const { estimate, form } = page
  const wrong = (form.budget !== '' || page.visited.has('budget')) && wrongBudget(form.budget, estimate?.minimumSeconds)
  const seconds = readDuration(form.budget)
  const foundations = page.foundations.filter((item) => item.kinds.includes(form.kind))
  return [
    textField({
      label: 'Training budget', value: form.budget, placeholder: '1',
      wrong: wrong || fieldError(page.error, 'budgetSeconds'), oninput: (budget) => page.set({ budget }),
      note: [h('span',
        { class: 'block' },
        'In hours, or with a unit: 10 min, 1 h 30 min. It is a ceiling: training ends when it has learned what it can.'),
        !wrong && seconds !== undefined && h('span', { class: 'block' }, `That is ${duration(seconds)}.`)],
    }),
    page.estimateError ? problem(page.estimateError, () => page.askEstimate())
      : !estimate
      ? h('p', { class: 'muted', role: 'status' },
        form.trainingDatasetIDs.length === 0 ? 'Choose training datasets first to see how long it takes.' : 'Estimating for this machine …')
      : h('div', { class: 'notice' }, icon('clock'), h('div', { class: 'grow' },
        h('p', { class: 'strong' },
          `About ${duration(estimate.expectedSeconds)} on this machine (${estimate.device})`),
        h('p', null,
          `${estimate.steps} steps over ${counted(estimate.photoCount, 'photo')}; at least ${duration(estimate.minimumSeconds)}. Azure’s formula would ask for ${duration(estimate.azureMinimumHours * 3600)}.`),
        h('button',
          {
            class: 'link-button',
            type: 'button',
            onclick: () => page.set({ budget: duration(estimate.suggestedSeconds) }),
          },
          `Take ${duration(estimate.suggestedSeconds)}`))),
    (estimate?.problems ?? []).map((item) => h('div', { class: 'notice warn', key: item.message },
      icon('warn'),
      h('div', null, h('p', { class: 'strong' }, item.message), item.hint && h('p', null, item.hint)))),
    choiceField({
      legend: 'Start from', name: 'foundation', value: form.foundationID, onchange: (foundationID) => {
        page.set({ foundationID })
        page.askEstimate()
      },
      choices: [
        ...foundations.map((item) => ({
          value: item.id, disabled: item.state !== 'installed',
          label: [item.name, item.isShipped && [' ', h('span', { class: 'chip' }, 'shipped')]],
          note: [h('span',
            { class: 'block' },
            `${item.summary} ${item.architecture}, ${bytes(item.bytes)}, ${item.license}.`),
            item.state === 'available' && h('button', {
              class: 'link-button', type: 'button', onclick: (event) => {
                event.preventDefault()
                post(`/foundations/${item.id}:pull`).catch(notifyProblem)
              },
            }, 'Fetch it from the network'),
            item.state === 'pulling' && h('span', { class: 'block' }, 'Being fetched …')],
        })),
        { value: '', label: 'Nothing', note: 'Random weights: needs hundreds of photos and much time.' },
      ],
    }),
  ]
}

/** @param {any} page */
export function reviewTab(page) {
  const { form, datasets, foundations } = page
  const names = (ids) => ids.map((id) => datasets.find((dataset) => dataset.id === id)?.name).filter(Boolean).join(', ')
  const seconds = readDuration(form.budget)
  const row = (step, name, value) => {
    const wrong = stepWrong(step, form, page.context)
    return [h('dt', { key: `${name} name` }, name), h('dd', { key: name }, wrong
        ? h('span', { class: 'bad-words' },
          wrong,
          ' ',
          h('button', { class: 'link-button', type: 'button', onclick: () => page.show(step) }, 'Change'))
        : value)]
  }
  return [
    h('dl', { class: 'facts' },
      row('name', 'Name', form.name),
      row('none', 'Scenario', form.kind === 'detector' ? 'Object detection' : 'Image classification'),
      row('training', 'Learns from', names(form.trainingDatasetIDs)),
      row('evaluation',
        'Measured on',
        form.evaluationDatasetID ? names([form.evaluationDatasetID]) : 'a held-out part'),
      row('none', 'Starts from', foundations.find(({ id }) => id === form.foundationID)?.name ?? 'nothing'),
      row('budget', 'Takes at most', duration(seconds)),
      page.estimate && row('none',
        'Takes probably',
        duration(Math.min(page.estimate.expectedSeconds, seconds ?? Infinity)))),
    h('p', { class: 'muted' },
      'The labels are frozen as they are now. Training goes on while you do other things, also after a restart.'),
  ]
}
