// @ts-check
// Who did what to a photo, and going back to it.

import { h } from '../app/dom/h.js'
import { all, post } from '../app/net/client.js'
import { randomID } from '../app/net/upload.js'
import { ago } from '../model/format.js'
import { openDialog } from '../elements/dialog.js'
import { thumbnail } from '../elements/thumbnail.js'
import { notify, notifyProblem } from '../elements/toast.js'
import { tagCountsView } from './tag-counts.js'

const actions = /** @type {Record<string, string>} */ ({
  saved: 'changed it', submitted: 'submitted it', skipped: 'skipped it', approved: 'approved it',
  rejected: 'rejected it', restored: 'went back to an earlier version', imported: 'imported it',
  preLabeled: 'pre-labeled it',
})

/** @param {import('./labeling-page.js').LabelingPage} page */
export async function showHistory(page) {
  const { task, project } = page
  const path = `/projects/${project.id}/tasks/${task.id}`
  let items
  try {
    items = await all(`${path}/history`)
  } catch (error) {
    notifyProblem(error)
    return
  }
  const colors = new Map(project.categories.map(({ id, color }) => [id, color]))
  const restored = await openDialog({
    title: `History of ${task.photo.name}`, size: 'wide', cancel: 'Close',
    body: (dialog) => items.length === 0
      ? h('p', { class: 'muted' }, 'Nothing was done to it yet.')
      : h('ol', { class: 'history' }, items.map((item, index) => h('li', { class: 'list-row', key: item.revision },
        h('span', { class: 'history-photo' },
          thumbnail(task.photo,
            item.annotations.map(({ box, categoryID }) => ({ box, color: colors.get(categoryID) ?? '#888888' })))),
        h('div', { class: 'grow' },
          h('div', null,
            h('strong', null, item.person?.name ?? 'The model'),
            ` ${actions[item.action] ?? item.action}`),
          h('div', { class: 'faint small' }, ago(item.at)),
          tagCountsView(item.annotations, project)),
        // What a model proposed were no labels that one could go back to.
        index > 0 && item.action !== 'preLabeled' && h('button', {
          class: 'button small',
          type: 'button',
          disabled: dialog.isBusy,
          onclick: () => page.isUnsaved
            ? notify('The last change of this photo is not saved yet.', { tone: 'bad' })
            : dialog.run(() => post(`${path}:restore`, { edit: randomID(), revision: item.revision })),
        }, 'Go back to this')))),
  })
  if (!restored) return
  page.held.take(restored)
  notify('The earlier version is back.', { tone: 'good' })
}
