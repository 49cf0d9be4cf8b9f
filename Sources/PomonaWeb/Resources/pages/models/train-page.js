// @ts-check
// Train a new model, in five tabs.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, post } from '../../app/net/client.js'
import { go, query } from '../../app/navigation.js'
import { session } from '../../app/session.js'
import { readDuration } from '../../model/format.js'
import { modelKind } from '../../model/status.js'
import { stepWrong, steps } from '../../model/training-form.js'
import { icon } from '../../elements/icon.js'
import { pageHead, tabBar, tabPanel } from '../../elements/page-head.js'
import { empty, loading } from '../../elements/parts.js'
import { refusal } from '../../elements/problem.js'
import { budgetTab, datasetsTab, evaluationTab, nameTab, reviewTab } from './train-tabs.js'

class TrainPage extends View {
  /** @type {any[] | null} */
  datasets = null
  /** @type {any[]} */
  models = []
  /** @type {any[]} */
  foundations = []
  step = 'name'
  /** Tabs that were left once show what is missing. @type {Set<string>} */
  visited = new Set()
  /** @type {import('../../model/training-form.js').TrainingForm} */
  form = { name: '', kind: 'detector', trainingDatasetIDs: [], evaluationDatasetID: '', budget: '', foundationID: '' }
  /** @type {any} */
  estimate = null
  /** @type {any} */
  estimateError = null
  /** @type {any} */
  error = null
  isBusy = false
  #estimated = ''

  connected() {
    this.followList('foundations', 'foundation', () => true)
    this.followList('datasets', 'dataset', (value) => value.groupID === session.groupID)
  }

  async load() {
    if (!session.groupID) return
    const isFirst = this.datasets === null;
    [this.datasets, this.models, this.foundations] = await Promise.all([
      all(`/groups/${session.groupID}/datasets`, {}, this.signal),
      all(`/groups/${session.groupID}/models`, {}, this.signal), all('/foundations', {}, this.signal),
    ])
    if (!isFirst) return
    const asked = this.datasets.find(({ id }) => id === query().get('dataset'))
    if (asked) Object.assign(this.form, { kind: modelKind(asked.kind), trainingDatasetIDs: [asked.id] })
    this.#chooseFoundation()
  }

  /** The best foundation at hand for the kind: one that was added goes before the shipped one. */
  #chooseFoundation() {
    const possible = this.foundations.filter(
      (item) => item.state === 'installed' && item.kinds.includes(this.form.kind)
    )
    this.form.foundationID = (possible.find((item) => !item.isShipped) ?? possible[0])?.id ?? ''
  }

  /** @param {Partial<import('../../model/training-form.js').TrainingForm>} change */
  set(change) {
    if (change.kind && change.kind !== this.form.kind) {
      Object.assign(this.form, { trainingDatasetIDs: [], evaluationDatasetID: '' }, change)
      this.#chooseFoundation()
    } else Object.assign(this.form, change)
    if (['kind', 'trainingDatasetIDs', 'evaluationDatasetID'].some((field) => field in change)) this.#forgetEstimate()
    this.error = null
    this.update()
  }

  /** What was wrong with other datasets says nothing of these, and must not be in the way of what comes next. */
  #forgetEstimate() {
    this.#estimated = ''
    this.estimate = null
    this.estimateError = null
  }

  get context() {
    return { names: this.models.map(({ name }) => name), estimate: this.estimate }
  }

  /** @param {string} step */
  show(step) {
    this.visited.add(this.step)
    this.step = step
    if (step === 'budget' || step === 'review') this.askEstimate()
    this.update()
  }

  /** How long the training will take, for the choices made. */
  async askEstimate() {
    const { kind, trainingDatasetIDs, evaluationDatasetID, foundationID } = this.form
    if (trainingDatasetIDs.length === 0) return
    const asked = {
      kind, trainingDatasetIDs, ...(evaluationDatasetID && { evaluationDatasetID }),
      ...(foundationID && { foundationID })
    }
    const words = JSON.stringify(asked)
    if (words === this.#estimated && this.estimate) return
    this.#forgetEstimate()
    this.#estimated = words
    try {
      const answer = await post(`/groups/${session.groupID}/models:estimate`, asked)
      if (words === this.#estimated) this.estimate = answer
    } catch (error) {
      if (words === this.#estimated) this.estimateError = error
    }
    this.update()
  }

  render() {
    const head = pageHead({ title: 'Train a new model', crumbs: [['/models', 'Custom models']] })
    if (!session.groupID) return h('div', { class: 'page' },
      head,
      empty({ icon: 'layers', title: 'No resource group yet' }))
    if (!this.datasets) return h('div', { class: 'page' }, head, loading())
    if (this.datasets.length === 0) {
      return h('div', { class: 'page' }, head, empty({
        icon: 'dataset',
        title: 'No datasets yet',
        text: 'A model learns from a dataset: photos with their labels.',
        actions: h('a', { class: 'button primary', href: '/datasets' }, 'Datasets'),
      }))
    }
    const index = steps.findIndex(({ value }) => value === this.step)
    const wrong = stepWrong(this.step, this.form, this.context)
    const tabs = {
      name: nameTab, training: datasetsTab, evaluation: evaluationTab, budget: budgetTab, review: reviewTab,
    }
    return h('div', { class: 'page narrow' }, head,
      tabBar({
        label: 'Steps', id: 'train', value: this.step, onchange: (value) => this.show(value),
        tabs: steps.map(({ value, words }, place) => {
          const isWrong = this.visited.has(value) && value !== this.step && stepWrong(value, this.form, this.context)
          return {
            value,
            words: [
              h('span', { class: ['step-number', isWrong && 'bad'], 'aria-hidden': 'true' }, isWrong ? '!' : place + 1),
              words,
              isWrong && h('span', { class: 'hidden-words' }, ' (something is missing)'),
            ],
          }
        }),
      }),
      tabPanel('train', this.step, h('form', {
        class: 'card stack loose', novalidate: true, onsubmit: (event) => {
          event.preventDefault()
          this.#advance(index)
        },
      }, tabs[this.step](this),
        refusal(this.error),
        h('div', { class: 'row apart' },
          h('button',
            {
              class: 'button', type: 'button', disabled: index === 0, onclick: () => this.show(steps[index - 1].value),
            },
            icon('left'),
            'Back'),
          index < steps.length - 1
            ? h('button',
              { class: 'button primary', type: 'submit', disabled: this.visited.has(this.step) && Boolean(wrong) },
              'Next',
              icon('right'))
            : h('button',
              {
                class: 'button primary',
                type: 'submit',
                disabled: this.isBusy || steps.some(({ value }) => stepWrong(value, this.form, this.context)),
              },
              icon('play'),
              'Train model')))))
  }

  /** @param {number} index */
  #advance(index) {
    if (index === steps.length - 1) {
      this.train()
      return
    }
    this.visited.add(this.step)
    if (stepWrong(this.step, this.form, this.context)) this.update()
    else this.show(steps[index + 1].value)
  }

  async train() {
    const { name, kind, trainingDatasetIDs, evaluationDatasetID, budget, foundationID } = this.form
    this.isBusy = true
    this.error = null
    this.update()
    try {
      const model = await post(`/groups/${session.groupID}/models`, {
        name: name.trim(), kind, trainingDatasetIDs, ...(evaluationDatasetID && { evaluationDatasetID }),
        ...(foundationID && { foundationID }),
        budgetSeconds: Math.round(readDuration(budget) ?? 0),
      })
      go(`/models/${model.id}`)
    } catch (error) {
      this.error = error
      const place = {
        name: 'name', trainingDatasetIDs: 'training', evaluationDatasetID: 'evaluation', budgetSeconds: 'budget',
        foundationID: 'budget',
      }[/** @type {any} */ (error).field]
      if (place) this.step = place
    }
    this.isBusy = false
    this.update()
  }
}

customElements.define('page-train', TrainPage)
