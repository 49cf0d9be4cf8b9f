// @ts-check
// The frame of a page that lists the things of one sort in the group.

import { h } from '../app/dom/h.js'
import { session } from '../app/session.js'
import { newGroup } from './group-dialog.js'
import { icon } from './icon.js'
import { empty, loading } from './parts.js'

/**
 * @param {any} head the page's heading
 * @param {any[] | null} items `null` until they are known
 * @param {() => Parameters<typeof empty>[0]} none what is said where there are none
 * @param {(items: any[]) => any} shown
 */
export function listPage(head, items, none, shown) {
  const page = (part) => h('div', { class: 'page' }, head, part)
  if (!session.groupID) {
    return page(empty({
      icon: 'layers',
      title: session.isOwner ? 'No resource group yet' : 'You take part in no project',
      actions: session.isOwner && h('button', { class: 'button primary', type: 'button', onclick: () => newGroup() },
        icon('plus'),
        'New resource group'),
    }))
  }
  if (!items) return page(loading())
  return page(items.length === 0 ? empty(none()) : shown(items))
}
