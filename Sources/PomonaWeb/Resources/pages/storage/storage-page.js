// @ts-check
// The storage accounts of the group and their containers.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, post } from '../../app/net/client.js'
import { go } from '../../app/navigation.js'
import { session } from '../../app/session.js'
import { bytes, count, counted } from '../../model/format.js'
import { wrongAccountName, wrongContainerName } from '../../model/names.js'
import { openDialog } from '../../elements/dialog.js'
import { deleteByName } from '../../elements/delete-dialog.js'
import { textField } from '../../elements/field.js'
import { fieldError, newGroup } from '../../elements/group-dialog.js'
import { icon } from '../../elements/icon.js'
import { pageHead } from '../../elements/page-head.js'
import { empty, loading, progressBar, progressWords } from '../../elements/parts.js'
import { notify } from '../../elements/toast.js'
import { showAccess } from './access-dialog.js'
import { isActive } from '../../model/status.js'

class StoragePage extends View {
  /** @type {any[] | null} */
  accounts = null
  /** @type {any[]} */
  containers = []
  /** @type {any[]} */
  jobs = []

  connected() {
    const isOurs = (value) => value.groupID === session.groupID
    this.followList('accounts', 'account', isOurs)
    this.followList('containers', 'container', isOurs)
    this.followList('jobs', 'job', (job) => isOurs(job) && job.kind === 'sample')
  }

  async load() {
    const group = session.groupID
    if (!group) return
    [this.accounts, this.containers, this.jobs] = await Promise.all([
      all(`/groups/${group}/accounts`, {}, this.signal), all(`/groups/${group}/containers`, {}, this.signal),
      all('/jobs', { groupID: group, state: 'active' }, this.signal),
    ])
  }

  render() {
    const head = pageHead({
      title: 'Storage',
      text: 'Photos lie in containers of a storage account. Programs written for Azure Blob Storage reach them too.',
      actions: session.groupID && h('button', { class: 'button', type: 'button', onclick: () => this.newAccount() },
        icon('plus'),
        'New storage account'),
    })
    if (!session.groupID) {
      return h('div', { class: 'page' }, head, empty({
        icon: 'layers', title: 'No resource group yet', text: 'A resource group holds everything of one undertaking.',
        actions: h('button', { class: 'button primary', type: 'button', onclick: () => newGroup() },
          icon('plus'),
          'New resource group'),
      }))
    }
    if (!this.accounts) return h('div', { class: 'page' }, head, loading())
    const sample = this.jobs.find((job) => job.kind === 'sample' && isActive(job))
    return h('div', { class: 'page' }, head,
      sample && h('div', { class: 'notice' }, icon('sparkle'), h('div', { class: 'grow stack' },
        h('span', { class: 'strong' }, 'The sample photos are being rendered'),
        progressBar(sample.fraction, sample.title),
        h('span', { class: 'small' }, progressWords(sample)))),
      this.accounts.length === 0 && empty({
        icon: 'storage',
        title: 'No storage account yet',
        actions: h('button', { class: 'button primary', type: 'button', onclick: () => this.newAccount() },
          icon('plus'),
          'New storage account'),
      }),
      this.accounts.map((account) => this.#account(account)))
  }

  /** @param {any} account */
  #account(account) {
    const containers = this.containers.filter(
      (container) => container.accountID === account.id
    ).sort((a, b) => a.name.localeCompare(b.name))
    return h('section', { class: 'stack', key: account.id, 'aria-label': `Storage account ${account.name}` },
      h('div', { class: 'row apart' },
        h('h2', { class: 'row' },
          icon('storage'),
          account.name,
          h('span', { class: 'faint small' }, bytes(account.bytes))),
        h('div', { class: 'row' },
          h('button', { class: 'button small', type: 'button', onclick: () => showAccess(account, containers) },
            icon('key'),
            'Connection string, SAS'),
          h('button', { class: 'button small', type: 'button', onclick: () => this.newContainer(account, containers) },
            icon('plus'),
            'New container'),
          h('button', {
            class: 'icon-button', type: 'button', 'aria-label': `Delete storage account ${account.name}`,
            title: 'Delete', onclick: () => this.deleteAccount(account),
          }, icon('clean')))),
      containers.length === 0
        ? h('p', { class: 'muted card' },
          'No containers yet. The exercise uses two: training-images and evaluation-images.')
        : h('div', { class: 'cards' },
          containers.map((container) => h('a',
            { class: 'card link-card', key: container.id, href: `/storage/${container.id}` },
            h('span', { class: 'row' }, icon('folder'), h('span', { class: 'strong clip grow' }, container.name)),
            h('span', { class: 'muted' },
              `${counted(container.photoCount, 'photo')}${container.blobCount > container.photoCount ? `, ${count(container.blobCount - container.photoCount)} other` : ''}, ${bytes(container.bytes)}`),
            container.datasets?.length > 0 && h('span', { class: 'faint small clip' },
              `Used by ${container.datasets.map(({ name }) => name).join(', ')}`)))))
  }

  async newAccount() {
    const taken = (this.accounts ?? []).map(({ name }) => name)
    const account = await nameDialog({
      title: 'New storage account', note: '3 to 24 small letters and digits.',
      wrong: (name) => wrongAccountName(name, taken),
      run: (name) => post(`/groups/${session.groupID}/accounts`, { name }),
    })
    if (account) notify(`“${account.name}” is ready.`, { tone: 'good' })
  }

  /** @param {any} account @param {any[]} containers */
  async newContainer(account, containers) {
    const taken = containers.map(({ name }) => name)
    const container = await nameDialog({
      title: 'New container',
      note: 'Small letters, digits and hyphens, such as training-images.',
      wrong: (name) => wrongContainerName(name, taken),
      run: (name) => post(`/accounts/${account.id}/containers`, { name }),
    })
    if (container) go(`/storage/${container.id}`)
  }

  /** @param {any} account */
  async deleteAccount(account) {
    const done = await deleteByName({
      kind: 'storage account', name: account.name, path: `/accounts/${account.id}`,
      text: h('p', null,
        `${counted(account.containerCount, 'container')} with ${bytes(account.bytes)} of photos and files go with it. It cannot be taken back.`),
    })
    if (done) notify(`“${account.name}” is being deleted.`)
  }
}

/**
 * Asks for the name of something new.
 *
 * @param {{title: string, note: string, wrong: (name: string) => string | undefined, run: (name: string) =>
 *   Promise<any>}} options
 */
function nameDialog({ title, note, wrong, run }) {
  let name = ''
  let isTried = false
  return openDialog({
    title,
    fields: ['name'],
    body: (dialog) => textField({
      label: 'Name',
      value: name,
      note,
      autofocus: true,
      wrong: (isTried && wrong(name)) || fieldError(dialog.error, 'name'),
      oninput: (value) => {
        name = value
        dialog.error = null
        dialog.update()
      },
    }),
    actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy }, 'Create'),
    submit: (dialog) => {
      isTried = true
      if (wrong(name)) dialog.update()
      else dialog.run(() => run(name.trim()))
    },
  })
}

customElements.define('page-storage', StoragePage)
