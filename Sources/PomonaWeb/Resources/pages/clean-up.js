// @ts-check
// Deleting a resource group with all it holds, and what was deleted lately.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { all, get, post, remove } from '../app/net/client.js'
import { session } from '../app/session.js'
import { ago, bytes, counted, moment } from '../model/format.js'
import { confirmDialog } from '../elements/dialog.js'
import { deleteByName } from '../elements/delete-dialog.js'
import { icon } from '../elements/icon.js'
import { pageHead } from '../elements/page-head.js'
import { empty } from '../elements/parts.js'
import { notify, notifyProblem } from '../elements/toast.js'

class CleanUpPage extends View {
  /** @type {any[]} */
  trash = []

  connected() {
    session.listen(() => this.update(), this.signal)
  }

  async load() {
    this.trash = session.groupID ? await all(`/groups/${session.groupID}/trash`, {}, this.signal) : []
  }

  render() {
    return h('div', { class: 'page narrow' },
      pageHead({
        title: 'Clean up',
        text: 'Deleting a resource group deletes all it holds: photos, datasets, labels, models and keys. It cannot be taken back.',
      }),
      session.groups.length === 0 ? empty({ icon: 'clean', title: 'There is nothing to clean up' })
        : h('ul', { class: 'list' },
          session.groups.map((group) => h('li', { class: 'list-row', key: group.id }, icon('layers'),
            h('div', { class: 'grow' }, h('div', { class: 'strong' }, group.name),
              h('div', { class: 'muted small' },
                [counted(group.counts.photos, 'photo'), counted(group.counts.datasets, 'dataset'),
                  counted(group.counts.projects, 'labeling project'),
                  counted(group.counts.models, 'model')].join(', '))),
            h('span', { class: 'number nowrap strong' }, bytes(group.bytes)),
            group.state === 'deleting' ? h('span', { class: 'status status-busy' }, 'Deleting')
              : h('button', { class: 'button', type: 'button', onclick: () => this.deleteGroup(group) },
                icon('clean'),
                'Delete')))),
      this.trash.length > 0 && h('section', { class: 'stack' },
        h('h2', null, `Deleted lately in “${session.group?.name}”`),
        h('p', { class: 'muted' }, 'Kept for 30 days.'),
        h('ul', { class: 'list' }, this.trash.map((item) => h('li', { class: 'list-row', key: item.id },
          h('div', { class: 'grow' }, h('div', { class: 'strong' }, item.name),
            h('div', { class: 'muted small' },
              `${item.kind}, deleted ${ago(item.deletedAt)}, kept until ${moment(item.expiresAt)}`)),
          h('span', { class: 'number nowrap' }, bytes(item.bytes)),
          h('button', { class: 'button', type: 'button', onclick: () => this.restore(item) }, icon('undo'), 'Restore'),
          h('button', {
            class: 'icon-button', type: 'button', 'aria-label': `Delete ${item.name} for good`,
            onclick: () => this.destroy(item),
          }, icon('clean')))))))
  }

  /** @param {import('../app/session.js').Group} group */
  async deleteGroup(group) {
    let contents
    try {
      contents = await get(`/groups/${group.id}/contents`, {}, this.signal)
    } catch (error) {
      notifyProblem(error)
      return
    }
    const names = (title, items, note) => items.length > 0 && h('li', { key: title },
      h('span', { class: 'strong' }, title),
      ' ',
      items.slice(0, 12).map((item, index) => [index > 0 && ', ', item.name, note ? ` (${note(item)})` : '']),
      items.length > 12 && ` and ${items.length - 12} more`)
    const done = await deleteByName({
      kind: 'resource group', name: group.name, path: `/groups/${group.id}`,
      text: [
        h('p', null, h('strong', null, bytes(contents.bytes)), ' of space come back. What goes:'),
        h('ul', null,
          contents.accounts.map((account) => h('li',
            { key: account.name },
            h('span', { class: 'strong' }, 'Storage account'),
            ` ${account.name}`,
            account.containers.length > 0 && [
              ': ',
              account.containers.map(
                (container) => `${container.name} (${counted(container.blobCount, 'blob')})`
              ).join(', '),
            ])),
          names('Datasets', contents.datasets), names('Labeling projects', contents.projects),
          names('Models', contents.models),
          h('li', null, 'both keys of its Vision resource')),
        contents.runningJobs > 0 && h('p', { class: 'bad-words' },
          `${counted(contents.runningJobs, 'running job')} will be stopped.`),
      ],
    })
    if (done) notify(`“${group.name}” is being deleted.`)
  }

  /** @param {any} item */
  async restore(item) {
    try {
      await post(`/trash/${item.id}:restore`)
      notify(`“${item.name}” is back.`, { tone: 'good' })
      await this.reload()
    } catch (error) {
      notifyProblem(error)
    }
  }

  /** @param {any} item */
  async destroy(item) {
    const isDone = await confirmDialog({
      title: `Delete “${item.name}” for good?`, text: 'It cannot be restored after that.', action: 'Delete',
      danger: true,
      run: () => remove(`/trash/${item.id}`),
    })
    if (isDone) this.reload()
  }
}

customElements.define('page-clean-up', CleanUpPage)
