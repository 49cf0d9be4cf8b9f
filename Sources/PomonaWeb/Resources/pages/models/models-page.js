// @ts-check
// Custom models with their live status.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all } from '../../app/net/client.js'
import { session } from '../../app/session.js'
import { ago, duration, percent } from '../../model/format.js'
import { mainFigure } from '../../model/performance.js'
import { isTraining, kindWords } from '../../model/status.js'
import { cancelTraining } from '../../elements/cancel-dialog.js'
import { icon } from '../../elements/icon.js'
import { listPage } from '../../elements/list-page.js'
import { pageHead } from '../../elements/page-head.js'
import { progressBar, statusChip } from '../../elements/parts.js'

class ModelsPage extends View {
  /** @type {any[] | null} */
  models = null

  connected() {
    this.followList('models', 'model', (value) => value.groupID === session.groupID)
  }

  async load() {
    if (session.groupID) this.models = await all(`/groups/${session.groupID}/models`, {}, this.signal)
  }

  render() {
    const head = pageHead({
      title: 'Custom models', text: 'Models trained on your own tags.',
      actions: session.groupID && h('a', { class: 'button primary', href: '/models/new' },
        icon('plus'),
        'Train a new model'),
    })
    return listPage(head, this.models, () => ({
      icon: 'model',
      title: 'No models yet',
      text: 'A few minutes of training on a few dozen labeled photos are enough for a start.',
      actions: h('a', { class: 'button primary', href: '/models/new' }, icon('plus'), 'Train a new model'),
    }), (models) => h('div', { class: 'table-wrap' }, h('table', { class: 'table' },
      h('thead', null,
        h('tr', null,
          [
            'Model', 'Status', 'Performance', 'Trained on', 'Created',
          ].map((words) => h('th', { key: words, scope: 'col' }, words)),
          h('th', null, h('span', { class: 'hidden-words' }, 'Actions')))),
      h('tbody', null, models.map((model) => this.#row(model))))))
  }

  /** @param {any} model */
  #row(model) {
    const main = mainFigure(model.performance)
    const { latest } = model
    return h('tr', { key: model.id },
      h('td', null,
        h('a', { class: 'strong', href: `/models/${model.id}` }, model.name),
        h('div', { class: 'faint small' }, kindWords(model.kind))),
      h('td', null, statusChip('model', model.status)),
      h('td', { class: 'wide-cell' }, isTraining(model)
          ? [progressBar(model.status === 'notStarted' ? 0 : latest ? latest.step / latest.steps : undefined,
            `Training of ${model.name}`),
            latest && h('div', { class: 'muted small' },
              `step ${latest.step} of ${latest.steps} · ${duration(latest.secondsLeft)} left`)]
          : main
          ? [
            h('span', { class: 'strong' }, percent(main.value, 1)),
            h('span', { class: 'faint small' }, ` ${main.label}`),
          ]
          : model.error ? h('span', { class: 'bad-words' }, model.error.message) : '–'),
      h('td', { class: 'nowrap' }, model.trainingDatasets.map(({ name }) => name).join(', ')),
      h('td', { class: 'nowrap' }, ago(model.createdAt)),
      h('td', { class: 'number' }, isTraining(model) && model.status !== 'cancelling' && h('button', {
        class: 'button small', type: 'button', onclick: () => cancelTraining(model.id),
      }, icon('stop'), 'Cancel')))
  }
}

customElements.define('page-models', ModelsPage)
