// @ts-check
// Choosing the resource group to work in, and making a new one.

import { h } from '../app/dom/h.js'
import { post } from '../app/net/client.js'
import { session } from '../app/session.js'
import { accountNameFrom, wrongAccountName, wrongName } from '../model/names.js'
import { bytes, counted } from '../model/format.js'
import { openDialog } from './dialog.js'
import { textField } from './field.js'
import { icon } from './icon.js'
import { notify } from './toast.js'

/** Lets a person choose a group. */
export async function chooseGroup() {
  const result = await openDialog({
    title: 'Resource group',
    cancel: '',
    body: (dialog) => h('div', { class: 'stack' },
      h('p', { class: 'muted' },
        'A resource group holds everything of one undertaking: photos, datasets, labels, models and keys.'),
      h('ul', { class: 'pick-list' }, session.groups.map((group) => h('li', { key: group.id },
        h('button', {
          type: 'button', class: 'pick', 'aria-current': group.id === session.groupID ? 'true' : null,
          disabled: group.state !== 'ready', onclick: () => dialog.close(group.id),
        }, icon(group.id === session.groupID ? 'check' : 'layers'),
          h('span', { class: 'grow' }, h('span', { class: 'strong' }, group.name),
            h('span', { class: 'muted small pick-note' }, group.state === 'ready'
                ? `${counted(group.counts.photos, 'photo')}, ${bytes(group.bytes)}` : 'being deleted'))))))),
    actions: (dialog) => session.isOwner && h('button',
      { class: 'button', type: 'button', onclick: () => dialog.close('new') },
      icon('plus'),
      'New resource group'),
  })
  if (result === 'new') await newGroup()
  else if (result) session.choose(result)
}

/** Makes a new group with its storage account. @returns {Promise<any>} the group, where one was made */
export async function newGroup() {
  const form = { name: '', account: '', isAccountOwn: false, isTried: false }
  const taken = session.groups.map((group) => group.name)
  const group = await openDialog({
    title: 'New resource group',
    fields: ['name', 'storageAccount'],
    body: (dialog) => [
      textField({
        label: 'Name', value: form.name, autofocus: true,
        wrong: (form.isTried && wrongName(form.name, taken)) || fieldError(dialog.error, 'name'),
        oninput: (value) => {
          form.name = value
          if (!form.isAccountOwn) form.account = accountNameFrom(value)
          dialog.update()
        },
      }),
      textField({
        label: 'Storage account',
        value: form.account,
        note: 'Holds the photos, as in Azure: 3 to 24 small letters and digits.',
        wrong: (form.isTried && wrongAccountName(form.account)) || fieldError(dialog.error, 'storageAccount'),
        oninput: (value) => {
          form.account = value
          form.isAccountOwn = true
          dialog.update()
        },
      }),
    ],
    actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy }, 'Create'),
    submit: (dialog) => {
      form.isTried = true
      if (wrongName(form.name, taken) || wrongAccountName(form.account)) dialog.update()
      else dialog.run(() => post('/groups', { name: form.name.trim(), storageAccount: form.account }))
    },
  })
  if (!group) return undefined
  session.add(group)
  notify(`“${group.name}” is ready.`, { tone: 'good' })
  return group
}

/** The server's words about one field. @param {any} error @param {string} field */
export function fieldError(error, field) {
  return error?.field === field ? error.message : undefined
}
