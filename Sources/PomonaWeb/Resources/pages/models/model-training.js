// @ts-check
// A training as it goes: progress, curves, log, Cancel.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { events } from '../../app/net/events.js'
import { get } from '../../app/net/client.js'
import { count, duration, percent } from '../../model/format.js'
import { isTraining } from '../../model/status.js'
import { addLine, addPoint, curveLines } from '../../model/curves.js'
import { lineChart } from '../../charts/line-chart.js'
import { cancelTraining } from '../../elements/cancel-dialog.js'
import { icon } from '../../elements/icon.js'
import { figure, progressBar } from '../../elements/parts.js'

const mostLines = 500

class ModelTraining extends View {
  /** @type {any} */
  #model = null
  /** @type {any[]} */
  points = []
  /** @type {any[]} */
  lines = []

  get model() {
    return this.#model
  }

  set model(model) {
    this.#model = model
    this.update()
  }

  connected() {
    events.listen((event) => {
      if (event.modelID !== this.model.id) return
      if (event.type === 'progress') this.points = addPoint(this.points, event.point)
      else if (event.type === 'log') this.lines = addLine(this.lines, event.line, mostLines)
      else return
      this.update()
    }, this.signal)
  }

  async load() {
    const [curves, log] = await Promise.all([
      get(`/models/${this.model.id}/curves`, {}, this.signal),
      get(`/models/${this.model.id}/log`, { limit: mostLines }, this.signal),
    ])
    this.points = curves.points
    // Of a long log the end is what counts.
    this.lines = log.total > mostLines
      ? (await get(`/models/${this.model.id}/log`,
        { offset: log.total - mostLines, limit: mostLines },
        this.signal)).items : log.items
  }

  render() {
    const { model } = this
    const latest = this.points.at(-1) ?? model.latest
    const fraction = latest && latest.steps > 0 ? latest.step / latest.steps : undefined
    const { losses, score } = curveLines(this.points)
    return h('div', { class: 'stack loose' },
      isTraining(model) && h('section', { class: 'card stack' },
        h('div', { class: 'row apart' },
          h('h2', { role: 'status' },
            model.status === 'notStarted'
              ? 'Waiting for its turn'
              : model.status === 'cancelling'
              ? 'Stopping; the best so far is kept'
              : latest ? `${percent(fraction)} · ${duration(latest.secondsLeft)} left` : 'Preparing the photos'),
          h('button',
            { class: 'button', type: 'button', disabled: model.status === 'cancelling', onclick: () => this.cancel() },
            icon('stop'),
            'Cancel')),
        progressBar(model.status === 'notStarted' ? 0 : fraction, 'Training'),
        latest && h('dl', { class: 'figures' },
          figure('step', `${count(latest.step)} / ${count(latest.steps)}`),
          figure('photos a second', latest.imagesPerSecond.toFixed(1)),
          figure('running for', duration(latest.seconds)), figure('at most', duration(model.budgetSeconds)))),
      this.points.length > 1 && h('div', { class: 'columns even' },
        h('section', { class: 'card' },
          h('div', { class: 'card-head' }, h('h2', null, 'Loss')),
          lineChart({ lines: losses, label: 'Loss over steps', xWords: 'step' })),
        h('section', { class: 'card' },
          h('div', { class: 'card-head' },
            h('h2', null, model.kind === 'classifier' ? 'Accuracy on photos that do not teach' : 'mAP @ 50 on photos that do not teach')),
          score.points.length > 0 ? lineChart({
            lines: [score], label: 'Score over steps', yRange: [0, 1], yLabel: (value) => percent(value),
            xRange: [0, latest?.steps ?? 1], xWords: 'step',
          }) : h('p', { class: 'muted' }, 'Not measured yet.'))),
      this.lines.length > 0 && h('details', { class: 'card', open: isTraining(model) },
        h('summary', null, h('h2', { class: 'summary-title' }, 'Log')),
        h('ol', { class: 'log', tabindex: '0', 'aria-label': 'Log of the training' },
          this.lines.map((line, index) => h('li', { key: `${line.at} ${index}`, class: `log-${line.level}` },
            h('time', { class: 'faint', datetime: line.at }, new Date(line.at).toLocaleTimeString('en-GB')),
            h('span', null, line.text))))))
  }

  async cancel() {
    this.model = await cancelTraining(this.model.id) ?? this.model
  }
}

customElements.define('model-training', ModelTraining)
