// @ts-check
// Two people on one photo: both versions side by side, and a choice. Nothing is overwritten in silence.

import { h } from '../app/dom/h.js'
import { counted } from '../model/format.js'
import { openDialog } from '../elements/dialog.js'
import { thumbnail } from '../elements/thumbnail.js'

/**
 * @param {any} project
 * @param {import('../model/edit-queue.js').Edit} edit
 * @returns {Promise<'mine' | 'theirs' | undefined>} nothing where the person decides later
 */
export function askAboutConflict(project, edit) {
  const colors = new Map(project.categories.map(({ id, color }) => [id, color]))
  const side = (title, photo, annotations) => h('figure', { class: 'conflict-side', key: title },
    h('figcaption', { class: 'strong' }, title),
    thumbnail(photo,
      annotations.map(({ box, categoryID }) => ({ box, color: colors.get(categoryID) ?? '#888888' })),
      { side: 512 }),
    h('span', { class: 'muted small' }, counted(annotations.length, 'label')))
  const { conflict, refusal } = edit
  if (!conflict) {
    return openDialog({
      title: 'An edit was not taken', cancel: 'Later',
      body: () => h('p', null, refusal?.message ?? 'The studio refused it.'),
      actions: (dialog) => [
        h('button', { class: 'button', type: 'button', onclick: () => dialog.close('theirs') }, 'Drop my edit'),
        h('button', { class: 'button primary', type: 'button', onclick: () => dialog.close('mine') }, 'Try again'),
      ],
    })
  }
  return openDialog({
    title: 'Somebody else changed this photo', size: 'wide', cancel: 'Decide later',
    body: () => h('div', { class: 'stack' },
      h('p', null,
        `Somebody changed the labels while you were working on them. The version you do not take stays in the photo’s history.`),
      h('div', { class: 'conflict' },
        side('Yours', conflict.photo, edit.annotations),
        side('The other', conflict.photo, conflict.annotations))),
    actions: (dialog) => [
      h('button', { class: 'button', type: 'button', onclick: () => dialog.close('theirs') }, 'Take the other'),
      h('button', { class: 'button primary', type: 'button', onclick: () => dialog.close('mine') }, 'Keep mine'),
    ],
  })
}
