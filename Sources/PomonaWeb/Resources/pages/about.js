// @ts-check
// What runs here, on what, and whether anything is missing.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { change, get } from '../app/net/client.js'
import { session } from '../app/session.js'
import { bytes } from '../model/format.js'
import { icon } from '../elements/icon.js'
import { textField } from '../elements/field.js'
import { pageHead } from '../elements/page-head.js'
import { copyLine, loading } from '../elements/parts.js'
import { notify, notifyProblem } from '../elements/toast.js'

class AboutPage extends View {
  /** @type {any} */
  about = null
  /** @type {any[] | null} */
  checks = null
  name = session.person?.name ?? ''

  async load() {
    this.about = await get('/about', {}, this.signal)
    this.update()
    this.checks = (await get('/doctor', {}, this.signal)).checks
  }

  render() {
    const { about } = this
    if (!about) return h('div', { class: 'page' }, pageHead({ title: 'About' }), loading())
    const line = (name, value) => [h('dt', { key: `${name} name` }, name), h('dd', { key: name }, value)]
    return h('div', { class: 'page' },
      pageHead({
        title: `Pomona ${about.version}`,
        text: 'An open, self-hosted vision studio: it replaces Azure’s Vision Studio custom models and Azure ML’s data labeling. Apache-2.0.',
      }),
      h('div', { class: 'columns even' },
        h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'This machine')),
          h('dl', { class: 'facts' },
            line('Platform', about.platform),
            line('Computes on', `${about.device.name}, ${about.device.threads} threads`),
            line('Memory', bytes(about.device.memoryBytes)),
            line('Data folder', h('code', null, about.dataFolder)),
            line('Used', `${bytes(about.dataBytes)}, ${bytes(about.freeBytes)} free`)),
          h('h3', { class: 'gap-above' }, 'Addresses'),
          h('div', { class: 'stack gap-above' }, Object.entries(about.endpoints).map(([name, address]) => copyLine({
            label: { studio: 'Studio', vision: 'Vision API', blob: 'Blob API' }[name] ?? name, value: String(address),
          })))),
        h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Doctor'),
          h('button', {
            class: 'button small', type: 'button', onclick: () => {
              this.checks = null
              this.update()
              this.reload()
            },
          }, icon('refresh'), 'Check again')),
          !this.checks
            ? loading()
            : h('ul', { class: 'stack' }, this.checks.map((check) => h('li', { class: 'check-line', key: check.title },
              h('span', { class: ['check-mark', `check-${check.state}`] },
                icon(check.state === 'good' ? 'check' : 'warn', { label: check.state })),
              h('div', null, h('div', { class: 'strong' }, check.title), h('div', { class: 'muted' }, check.message),
                check.hint && h('div', { class: 'muted' }, check.hint))))))),
      h('div', { class: 'columns even' },
        h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Made of')),
          h('table', { class: 'table plain' },
            h('tbody', null, about.components.map((component) => h('tr', { key: component.name },
              h('th', { scope: 'row' }, component.name), h('td', null, component.version ?? 'not installed'),
              h('td', { class: 'muted' }, component.purpose)))))),
        h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'You')),
          h('div', { class: 'stack' },
            textField({
              label: 'Your name', value: this.name, note: 'Shown to others beside what you label.',
              wrong: this.name.trim() === '' && 'A name is needed.',
              oninput: (value) => {
                this.name = value
                this.update()
              },
              onchange: () => this.rename(),
            }),
            h('p', { class: 'muted' },
              {
                owner: 'You own this studio.', reviewer: 'You review labels here.', labeler: 'You label here.',
              }[session.person?.role ?? ''] ?? '')))))
  }

  async rename() {
    const name = this.name.trim()
    if (name === '' || name === session.person?.name) return
    try {
      session.take(await change('/session', { name }))
      notify('Your name is saved.', { tone: 'good' })
    } catch (error) {
      notifyProblem(error)
    }
  }
}

customElements.define('page-about', AboutPage)
