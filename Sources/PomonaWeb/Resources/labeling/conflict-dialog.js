// @ts-check
// Two people on one photo: both versions side by side, and a choice. Nothing is overwritten in silence.

import { h } from '../app/dom/h.js'
import { get } from '../app/net/client.js'
import { ago, counted } from '../model/format.js'
import { openDialog } from '../elements/dialog.js'
import { thumbnail } from '../elements/thumbnail.js'
import { tagCountsView } from './tag-counts.js'

/**
 * @param {any} project
 * @param {import('../model/edit-queue.js').Edit} edit
 * @returns {Promise<'mine' | 'theirs' | undefined>} nothing where the person decides later
 */
export async function askAboutConflict(project, edit) {
  const { conflict } = edit
  if (!conflict) return askAboutRefusal(project, edit)
  const colors = new Map(project.categories.map(({ id, color }) => [id, color]))
  const side = (title, photo, annotations) => h('figure', { class: 'conflict-side', key: title },
    h('figcaption', { class: 'strong' }, title),
    thumbnail(photo,
      annotations.map(({ box, categoryID }) => ({ box, color: colors.get(categoryID) ?? '#888888' })),
      { side: 512 }),
    tagCountsView(annotations, project))
  const last = await lastChange(edit)
  return openDialog({
    title: 'Somebody else changed this photo', size: 'wide', cancel: 'Decide later',
    body: () => h('div', { class: 'stack' },
      h('p', null,
        `${last?.person?.name ?? 'Somebody'} changed the labels of ${conflict.photo.name}${last ? ` ${ago(last.at)}` : ''} while you were working on them. The version you do not take stays in the photo’s history.`),
      goneWords(project, edit),
      h('div', { class: 'conflict' },
        side('Yours', conflict.photo, edit.annotations),
        side('The other', conflict.photo, conflict.annotations))),
    actions: (dialog) => [
      h('button', { class: 'button', type: 'button', onclick: () => dialog.close('theirs') }, 'Take the other'),
      h('button', { class: 'button primary', type: 'button', onclick: () => dialog.close('mine') }, 'Keep mine'),
    ],
  })
}

/** @param {any} project @param {import('../model/edit-queue.js').Edit} edit */
function askAboutRefusal(project, edit) {
  return openDialog({
    title: 'An edit was not taken', cancel: 'Later',
    body: () => h('div', { class: 'stack' },
      h('p', null, edit.refusal?.message ?? 'The studio refused it.'),
      goneWords(project, edit),
      tagCountsView(edit.annotations, project)),
    actions: (dialog) => [
      h('button', { class: 'button', type: 'button', onclick: () => dialog.close('theirs') }, 'Drop my edit'),
      h('button', { class: 'button primary', type: 'button', onclick: () => dialog.close('mine') }, 'Try again'),
    ],
  })
}

/** What cannot be kept, because its category was deleted since. @param {any} project @param {any} edit */
function goneWords(project, edit) {
  const known = new Set(project.categories.map(({ id }) => id))
  const gone = edit.annotations.filter(({ categoryID }) => !known.has(categoryID)).length
  return gone > 0 && h('p', { class: 'notice warn' },
    `${counted(gone, 'label')} of yours ${gone === 1 ? 'has' : 'have'} a tag that was deleted since, and will be left out.`)
}

/**
 * Who changed the photo last, and when; nothing where that cannot be learned.
 *
 * @param {import('../model/edit-queue.js').Edit} edit
 * @returns {Promise<any>}
 */
async function lastChange({ projectID, taskID }) {
  try {
    const { items } = await get(`/projects/${projectID}/tasks/${taskID}/history`, { limit: 1 })
    return items[0]
  } catch {
    return undefined
  }
}
