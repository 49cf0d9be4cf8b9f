// @ts-check
// One model: while it is trained, how it comes along; afterwards, how good it is and how to use it.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { apiURL, get } from '../../app/net/client.js'
import { go } from '../../app/navigation.js'
import { isTraining, isUsable, kindWords } from '../../model/status.js'
import { deleteByName } from '../../elements/delete-dialog.js'
import { openDialog } from '../../elements/dialog.js'
import { choiceField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { pageHead } from '../../elements/page-head.js'
import { loading, statusChip } from '../../elements/parts.js'
import './model-training.js'
import './model-results.js'

class ModelPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  model = null

  connected() {
    this.follow('model', (event) => {
      if (event.id !== this.params.modelID) return
      if (event.type === 'deleted') {
        go('/models')
        return
      }
      const wasTraining = this.model && isTraining(this.model)
      this.model = { ...this.model, ...event.value }
      if (wasTraining && !isTraining(this.model)) this.reload()
    })
    this.follow('evaluation', (event) => {
      if (event.value?.modelID === this.params.modelID) this.reload()
    })
  }

  paramsChanged() {
    this.model = null
    this.update()
    this.reload()
  }

  async load() {
    this.model = await get(`/models/${this.params.modelID}`, {}, this.signal)
    document.title = `${this.model.name} · Pomona`
  }

  render() {
    const { model } = this
    if (!model) return h('div', { class: 'page' }, loading())
    return h('div', { class: 'page' },
      pageHead({
        title: model.name, crumbs: [['/models', 'Custom models']], beside: statusChip('model', model.status),
        text: [
          kindWords(model.kind),
          model.labels.length > 0
            && `: ${model.labels.slice(0, 12).join(', ')}${model.labels.length > 12 ? ` and ${model.labels.length - 12} more` : ''}`,
        ],
        actions: !isTraining(model) && [
          isUsable(model) && h('a', { class: 'button primary', href: `/try?model=${model.id}` },
            icon('try'),
            'Try it out'),
          isUsable(model) && h('button', { class: 'button', type: 'button', onclick: () => this.download() },
            icon('download'),
            'Download'),
          h('button',
            {
              class: 'icon-button', type: 'button', title: 'Delete', 'aria-label': 'Delete the model',
              onclick: () => this.delete(),
            },
            icon('clean')),
        ],
      }),
      model.status === 'failed' && model.error && h('div', { class: 'problem', role: 'alert' },
        icon('warn'),
        h('div', null,
          h('p', { class: 'problem-words' }, model.error.message),
          model.error.hint && h('p', { class: 'muted' }, model.error.hint),
          h('p', { class: 'gap-above' }, h('a', { href: '/models/new' }, 'Train again')))),
      model.status === 'cancelled' && h('div', { class: 'notice warn' }, icon('info'), isUsable(model)
          ? 'Training was cancelled. The model is the best there was at that moment.' : 'Training was cancelled before there was a model.'),
      isUsable(model) && h('model-results', { key: `results ${model.id}`, '.model': model }),
      (isTraining(model) || !isUsable(model)) && h('model-training', { key: `training ${model.id}`, '.model': model }))
  }

  async download() {
    let format = 'safetensors'
    const chosen = await openDialog({
      title: 'Download the model',
      body: (dialog) => choiceField({
        legend: 'Format', name: 'format', value: format, choices: [
          {
            value: 'safetensors',
            label: 'safetensors',
            note: 'Pomona’s own model file: weights with labels, recipe and figures. Any Pomona opens it.',
          },
          { value: 'onnx', label: 'ONNX', note: 'For other programs: onnxruntime, OpenVINO and many more.' },
        ],
        onchange: (value) => {
          format = value
          dialog.update()
        },
      }),
      actions: () => h('button', { class: 'button primary', type: 'submit' }, 'Download'),
      submit: (dialog) => dialog.close(format),
    })
    if (chosen) location.assign(apiURL(`/models/${this.model.id}/download`, { format: chosen }))
  }

  async delete() {
    const isDone = await deleteByName({
      kind: 'model', name: this.model.name, path: `/models/${this.model.id}`,
      text: h('p', null, 'Its file goes at once, with its figures and evaluations, and this cannot be taken back.'),
    })
    if (isDone) go('/models')
  }
}

customElements.define('page-model', ModelPage)
