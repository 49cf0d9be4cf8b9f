// @ts-check
// Where programs reach the group's models and photos, and with which keys.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { all, change, get, post } from '../app/net/client.js'
import { session } from '../app/session.js'
import { isUsable } from '../model/status.js'
import { analyzeCurl, analyzePython } from '../model/calls.js'
import { confirmDialog } from '../elements/dialog.js'
import { selectField } from '../elements/field.js'
import { icon } from '../elements/icon.js'
import { pageHead, tabBar, tabPanel } from '../elements/page-head.js'
import { codeBlock, copyLine, empty, loading } from '../elements/parts.js'
import { notify, notifyProblem } from '../elements/toast.js'

class KeysPage extends View {
  /** @type {any} */
  vision = null
  /** @type {any[]} */
  models = []
  shown = new Set()
  language = 'curl'

  async load() {
    if (!session.groupID) return
    const [vision, models, builtIn] = await Promise.all([
      get(`/groups/${session.groupID}/vision`, {}, this.signal),
      all(`/groups/${session.groupID}/models`, {}, this.signal),
      all('/built-in-models', {}, this.signal),
    ])
    this.vision = vision
    this.models = [...builtIn, ...models.filter(isUsable)]
  }

  render() {
    if (!session.groupID) {
      return h('div', { class: 'page' },
        pageHead({ title: 'Keys and endpoint' }),
        empty({ icon: 'key', title: 'No resource group', text: 'Make one first: each has keys of its own.' }))
    }
    if (!this.vision) return h('div', { class: 'page' }, pageHead({ title: 'Keys and endpoint' }), loading())
    const { vision } = this
    const model = this.models.find(({ id }) => id === vision.defaultModelID)
    const call = {
      endpoint: vision.endpoint, key: vision.keys[0].value, model: model?.isBuiltIn ? undefined : model?.name,
    }
    return h('div', { class: 'page narrow' },
      pageHead({
        title: 'Keys and endpoint',
        text: 'Programs written for Azure’s Image Analysis work with this endpoint and one of these keys. The key says which resource group is meant.',
      }),
      h('section', { class: 'card stack' },
        copyLine({ label: 'Resource', value: vision.name }),
        copyLine({ label: 'Endpoint', value: vision.endpoint }),
        vision.keys.map((key) => copyLine({
          label: key.name, value: key.value, isSecret: true, isShown: this.shown.has(key.name),
          onshow: () => {
            if (!this.shown.delete(key.name)) this.shown.add(key.name)
            this.update()
          },
          actions: h('button', {
            class: 'icon-button', type: 'button', 'aria-label': `Renew ${key.name}`, title: 'Renew',
            onclick: () => this.rotate(key.name),
          }, icon('refresh')),
        })),
        h('p', { class: 'muted small' },
          'There are two so that one can be renewed while programs still use the other.')),
      h('section', { class: 'card' },
        h('div', { class: 'card-head' }, h('h2', null, 'The model that answers')),
        selectField({
          label: 'Answers requests that name no model', value: vision.defaultModelID ?? '',
          choices: [
            ...(vision.defaultModelID ? [] : [{ value: '', label: 'None yet: choose a model', disabled: true }]),
            ...this.models.map(
              (item) => ({ value: item.id, label: item.isBuiltIn ? `${item.name} (built in)` : item.name })
            ),
          ],
          onchange: (id) => this.setDefault(id),
          note: 'Microsoft’s own client libraries ask for “objects” and “tags” without naming a model.',
        })),
      h('section', { class: 'card' },
        h('div', { class: 'card-head' }, h('h2', null, 'A first call')),
        tabBar({
          label: 'Language',
          id: 'call',
          value: this.language,
          tabs: [{ value: 'curl', words: 'curl' }, { value: 'python', words: 'Python' }],
          onchange: (value) => {
            this.language = value
            this.update()
          },
        }),
        tabPanel('call', this.language, codeBlock(this.language === 'curl' ? analyzeCurl(call) : analyzePython(call),
          `${this.language} call`))),
      h('p', { class: 'muted' },
        'Keys of a storage account are on the page of ',
        h('a', { href: '/storage' }, 'Storage'),
        '.'))
  }

  /** @param {string} name */
  async rotate(name) {
    const isDone = await confirmDialog({
      title: `Renew ${name}?`,
      danger: true,
      action: 'Renew',
      text: `Programs that use ${name} get no answers until they have the new one.`,
      run: async () => {
        this.vision = await post(`/groups/${session.groupID}/vision/keys/${name}:rotate`)
      },
    })
    if (!isDone) return
    this.shown.add(name)
    this.update()
    notify(`${name} is new.`, { tone: 'good' })
  }

  /** @param {string} id */
  async setDefault(id) {
    try {
      this.vision = await change(`/groups/${session.groupID}/vision`, { defaultModelID: id })
      this.update()
    } catch (error) {
      notifyProblem(error)
    }
  }
}

customElements.define('page-keys', KeysPage)
