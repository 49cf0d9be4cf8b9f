// @ts-check
// How good a finished model is: one evaluation at a time, in parts.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, get, post, remove } from '../../app/net/client.js'
import { colorsOf } from '../../model/colors.js'
import { commonEvaluations } from '../../model/compare.js'
import { modelKind } from '../../model/status.js'
import { openDialog } from '../../elements/dialog.js'
import { select, selectField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { tabBar, tabPanel } from '../../elements/page-head.js'
import { loading, statusChip } from '../../elements/parts.js'
import { problem } from '../../elements/problem.js'
import { notify, notifyProblem } from '../../elements/toast.js'
import { classificationView } from './results-classification.js'
import { compareView } from './results-compare.js'
import { detectionView } from './results-detection.js'
import { mistakesView } from './results-mistakes.js'
import { overallView } from './results-overall.js'
import { recipeView, useView } from './results-use.js'

class ModelResults extends View {
  /** @type {any} */
  #model = null
  tab = 'performance'
  /** The evaluations by id, as far as they were fetched. @type {Map<string, any>} */
  evaluations = new Map()
  evaluationID = ''
  threshold = 0.5
  /** Which mistakes are shown. */
  mistakeKind = ''
  /** @type {any[]} */
  others = []
  otherID = ''
  /** What the other model was measured on. @type {any[]} */
  otherEvaluations = []
  /** Which photos the two are compared on. */
  frozenID = ''
  /** @type {any} */
  vision = null
  /** @type {any} */
  error = null
  language = 'curl'

  get model() {
    return this.#model
  }

  set model(model) {
    const isOther = this.#model && JSON.stringify(model.evaluations) !== JSON.stringify(this.#model.evaluations)
    this.#model = model
    if (isOther) {
      this.#fetch()
      this.#fetchPair()
    }
    this.update()
  }

  connected() {
    this.follow('evaluation', (event) => {
      if (this.other && event.value?.modelID === this.other.id) this.#fetchOther()
    })
  }

  /** The model to compare with, where there is one. */
  get other() {
    return this.others.find(({ id }) => id === this.otherID) ?? this.others[0]
  }

  /** Evaluations to choose from, the training's own first. */
  get list() {
    return [...(this.model.evaluations ?? [])].sort(
      (a, b) => Number(b.id === this.model.evaluationID) - Number(a.id === this.model.evaluationID)
    )
  }

  get evaluation() {
    return this.evaluations.get(this.evaluationID)
  }

  async load() {
    this.evaluationID ||= this.model.evaluationID ?? this.list[0]?.id ?? ''
    await this.#fetch()
    const { groupID } = this.model
    const [models, vision] = await Promise.all([
      all(`/groups/${groupID}/models`, {}, this.signal), get(`/groups/${groupID}/vision`, {}, this.signal),
    ])
    this.others = models.filter(
      (other) => other.id !== this.model.id && other.kind === this.model.kind && other.performance
    )
    this.vision = vision
    await this.#fetchOther()
  }

  /** @param {string} id the model to compare with */
  chooseOther(id) {
    this.otherID = id
    this.otherEvaluations = []
    this.#fetchOther()
    this.update()
  }

  /** @param {string} id the photos to compare on */
  chooseFrozen(id) {
    this.frozenID = id
    this.#fetchPair()
    this.update()
  }

  /** An evaluation of either model with its metrics, as far as it was fetched. @param {any} evaluation */
  fetched(evaluation) {
    return this.evaluations.get(this.#key(evaluation))
  }

  /** The training's own evaluation has the same id for every model. @param {any} evaluation */
  #key({ id, modelID }) {
    return modelID === this.model.id ? id : `${modelID} ${id}`
  }

  async #fetchOther() {
    const { other } = this
    if (!other) return
    try {
      const evaluations = await all(`/models/${other.id}/evaluations`, {}, this.signal)
      if (other.id !== this.other?.id) return
      this.otherEvaluations = evaluations
      await this.#fetchPair()
    } catch (error) {
      if (!this.signal.aborted) notifyProblem(error)
    }
    this.update()
  }

  /** Fetches the metrics of the two evaluations that classifiers are compared by. */
  async #fetchPair() {
    if (this.model.kind !== 'classifier') return
    const pairs = commonEvaluations(this.list, this.otherEvaluations)
    const pair = pairs.find(({ mine }) => mine.frozenID === this.frozenID) ?? pairs[0]
    try {
      for (const evaluation of pair ? [pair.mine, pair.theirs] : []) {
        if (this.fetched(evaluation)) continue
        const path = `/models/${evaluation.modelID}/evaluations/${evaluation.id}`
        this.evaluations.set(this.#key(evaluation), await get(path, {}, this.signal))
      }
    } catch (error) {
      if (!this.signal.aborted) notifyProblem(error)
    }
    this.update()
  }

  /** Fetches the chosen evaluation with its metrics. */
  async #fetch() {
    // What went wrong with another evaluation says nothing of this one.
    this.error = null
    const known = this.list.find(({ id }) => id === this.evaluationID)
    if (!known || (this.evaluation && this.evaluation.status === known.status)) return
    const isChosen = () => known.id === this.evaluationID
    try {
      this.evaluations.set(known.id, await get(`/models/${this.model.id}/evaluations/${known.id}`, {}, this.signal))
      if (isChosen()) this.#takeThreshold()
    } catch (error) {
      if (!this.signal.aborted && isChosen()) this.error = error
    }
    this.update()
  }

  /** Each evaluation has a threshold of its own. */
  #takeThreshold() {
    if (this.evaluation?.detection) this.threshold = this.evaluation.detection.confidenceThreshold
  }

  /** @param {string} id */
  choose(id) {
    this.evaluationID = id
    this.#takeThreshold()
    this.#fetch()
    this.update()
  }

  render() {
    const { evaluation } = this
    const tabs = [
      { value: 'performance', words: 'Performance' }, { value: 'mistakes', words: 'Mistakes' },
      { value: 'compare', words: 'Compare' },
      { value: 'use', words: 'Use it' }, { value: 'recipe', words: 'Recipe' },
    ]
    const needsEvaluation = this.tab === 'performance' || this.tab === 'mistakes'
    return h('div', { class: 'stack loose' },
      tabBar({
        label: 'Parts', id: 'results', tabs, value: this.tab, onchange: (tab) => {
          this.tab = tab
          this.update()
        },
      }),
      tabPanel('results', this.tab, h('div', { class: 'stack loose' },
        needsEvaluation && this.#chooser(),
        needsEvaluation && this.error ? problem(this.error, () => this.#fetch())
          : needsEvaluation && !evaluation
          ? this.evaluationID
          ? loading()
          : h('p', { class: 'muted' }, 'This model has not been measured.')
          : this.#part(evaluation))))
  }

  /** @param {any} evaluation */
  #part(evaluation) {
    switch (this.tab) {
      case 'compare': return compareView(this)
      case 'use': return useView(this)
      case 'recipe': return recipeView(this.model)
    }
    if (evaluation.status === 'failed') return problem(Object.assign(new Error(),
      { name: 'APIError', ...evaluation.error }))
    if (evaluation.status !== 'succeeded') return h('div', { class: 'notice' },
      icon('clock'),
      'The figures appear here as soon as they are measured.')
    const colors = colorsOf(evaluation.labels)
    if (this.tab === 'mistakes') return mistakesView(this, evaluation, colors)
    return [overallView(evaluation.performance, evaluation.measured, colors),
      evaluation.detection
        ? detectionView(this, evaluation)
        : evaluation.classification && classificationView(evaluation),
      (evaluation.skipped ?? []).length > 0 && h('details', { class: 'card' },
        h('summary', null, `${evaluation.skipped.length} photos were left out`),
        h('ul', { class: 'finding-places' },
          evaluation.skipped.map((skipped) => h('li', { key: skipped.file },
            h('strong', null, skipped.file),
            ` ${skipped.reason}`))))]
  }

  #chooser() {
    const words = (evaluation) => evaluation.dataset
      ? `Measured on ${evaluation.dataset.name}`
      : evaluation.measured === 'heldOut'
      ? 'Measured on a held-out part'
      : 'Measured on the training photos'
    const known = this.list.find(({ id }) => id === this.evaluationID)
    return h('div', { class: 'row' },
      this.list.length > 0 && select({
        label: 'Evaluation',
        value: this.evaluationID,
        isCompact: true,
        choices: this.list.map((item) => ({ value: item.id, label: words(item) })),
        onchange: (id) => this.choose(id),
      }),
      known && known.status !== 'succeeded' && statusChip('evaluation', known.status),
      h('button', { class: 'button', type: 'button', onclick: () => this.evaluate() },
        icon('chart'),
        'Evaluate on another dataset'),
      known && known.id !== this.model.evaluationID && known.status !== 'running' && h('button', {
        class: 'icon-button', type: 'button', title: 'Delete this evaluation', 'aria-label': 'Delete this evaluation',
        onclick: () => this.deleteEvaluation(known.id),
      }, icon('clean')))
  }

  /** @param {string[]} modelIDs */
  async evaluate(modelIDs = [this.model.id]) {
    let datasets
    try {
      datasets = (await all(`/groups/${this.model.groupID}/datasets`, {}, this.signal)).filter(
        (dataset) => modelKind(dataset.kind) === this.model.kind && dataset.labeledPhotoCount > 0
      )
    } catch (error) {
      notifyProblem(error)
      return
    }
    let datasetID = datasets[0]?.id ?? ''
    const evaluation = await openDialog({
      title: modelIDs.length > 1 ? 'Evaluate both on one dataset' : 'Evaluate on another dataset',
      body: (dialog) => datasets.length === 0
        ? h('p', null, 'There is no labeled dataset of this type.')
        : selectField({
          label: 'Dataset',
          value: datasetID,
          choices: datasets.map(({ id, name }) => ({ value: id, label: name })),
          onchange: (id) => {
            datasetID = id
            dialog.update()
          },
        }),
      actions: (dialog) => h('button',
        { class: 'button primary', type: 'submit', disabled: !datasetID || dialog.isBusy },
        'Evaluate'),
      submit: (dialog) => datasetID && dialog.run(async () => {
        const made = await Promise.all(modelIDs.map((id) => post(`/models/${id}/evaluations`, { datasetID })))
        return made[0]
      }),
    })
    if (!evaluation) return
    this.model = { ...this.model, evaluations: [...this.list.filter(({ id }) => id !== evaluation.id), evaluation] }
    this.choose(evaluation.id)
    if (modelIDs.length > 1) await this.#fetchOther()
    notify(modelIDs.length > 1 ? 'Both models are being measured.' : 'The model is being measured.')
  }

  /** @param {string} id */
  async deleteEvaluation(id) {
    try {
      await remove(`/models/${this.model.id}/evaluations/${id}`)
      this.evaluations.delete(id)
      this.model = { ...this.model, evaluations: this.list.filter((item) => item.id !== id) }
      if (this.evaluationID === id) this.choose(this.model.evaluationID ?? '')
    } catch (error) {
      notifyProblem(error)
    }
  }
}

customElements.define('model-results', ModelResults)
