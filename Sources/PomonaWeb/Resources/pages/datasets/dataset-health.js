// @ts-check
// The doctor's report over a whole dataset, and the repair.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { get, post } from '../../app/net/client.js'
import { icon } from '../../elements/icon.js'
import { loading } from '../../elements/parts.js'
import { notify, notifyProblem } from '../../elements/toast.js'
import { reportView } from './report.js'

class DatasetHealth extends View {
  /** @type {any} */
  dataset = null
  /** @type {any} */
  report = null
  isBusy = false

  async load() {
    this.report = await get(`/datasets/${this.dataset.id}/doctor`, {}, this.signal)
  }

  render() {
    if (!this.report) return loading()
    return h('div', { class: 'stack loose health' }, reportView(this.report),
      this.report.repairs.length > 0 && h('div', { class: 'row' },
        h('button', { class: 'button primary', type: 'button', disabled: this.isBusy, onclick: () => this.repair() },
          icon('check'),
          'Repair')))
  }

  async repair() {
    this.isBusy = true
    this.update()
    try {
      const answer = await post(`/datasets/${this.dataset.id}/doctor:repair`)
      this.report = answer.report
      notify(answer.actions.join(' ') || 'Nothing had to be repaired.', { tone: 'good' })
    } catch (error) {
      notifyProblem(error)
    }
    this.isBusy = false
    this.update()
  }
}

customElements.define('dataset-health', DatasetHealth)
