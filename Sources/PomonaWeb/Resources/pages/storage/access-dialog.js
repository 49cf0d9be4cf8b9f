// @ts-check
// How programs reach an account: connection string, keys, a shared access signature, ready command lines.

import { h } from '../../app/dom/h.js'
import { get, post } from '../../app/net/client.js'
import { uploadCalls } from '../../model/calls.js'
import { confirmDialog, openDialog } from '../../elements/dialog.js'
import { select, selectField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { tabBar, tabPanel } from '../../elements/page-head.js'
import { codeBlock, copyLine } from '../../elements/parts.js'
import { notifyProblem } from '../../elements/toast.js'

const rights = [
  ['r', 'Read'], ['a', 'Add'], ['c', 'Create'], ['w', 'Write'], ['d', 'Delete'], ['l', 'List'],
]
const periods = [['1', 'an hour'], ['24', 'a day'], ['168', 'a week'], ['720', '30 days'], ['8760', 'a year']]

/**
 * @param {{id: string, name: string}} account
 * @param {{id: string, name: string, url: string}[]} containers
 */
export async function showAccess(account, containers) {
  let keys
  try {
    keys = await get(`/accounts/${account.id}/keys`)
  } catch (error) {
    notifyProblem(error)
    return
  }
  const shown = new Set()
  let tab = 'keys'
  let tool = 'az'
  const form = { containerID: containers[0]?.id ?? '', permissions: new Set(['r', 'l']), hours: '24' }
  /** @type {any} */
  let sas = null

  const makeSAS = async (dialog) => {
    try {
      sas = await post(`/accounts/${account.id}/sas`, {
        ...(form.containerID && { containerID: form.containerID }),
        permissions: rights.map(([letter]) => letter).filter((letter) => form.permissions.has(letter)).join(''),
        expiresAt: new Date(Date.now() + Number(form.hours) * 3_600_000).toISOString(),
      })
      dialog.error = null
    } catch (error) {
      dialog.error = error
    }
    dialog.update()
  }

  const keysTab = (dialog) => {
    const secret = (label, value, actions) => copyLine({
      label, value, isSecret: true, isShown: shown.has(label), actions, onshow: () => {
        if (!shown.delete(label)) shown.add(label)
        dialog.update()
      },
    })
    return h('div', { class: 'stack' },
      copyLine({ label: 'Account', value: keys.accountName }),
      secret('Connection string', keys.connectionString),
      keys.keys.map((key) => secret(key.name, key.value, h('button', {
        class: 'icon-button', type: 'button', title: 'Renew', 'aria-label': `Renew ${key.name}`, onclick: async () => {
          await confirmDialog({
            title: `Renew ${key.name}?`,
            action: 'Renew',
            danger: true,
            text: 'Programs that use it, its connection string or signatures made with it are let in no more.',
            run: async () => {
              keys = await post(`/accounts/${account.id}/keys/${key.name}:rotate`)
              sas = null
            },
          })
          dialog.update()
        },
      }, icon('refresh')))),
      h('p', { class: 'muted small' },
        'A renewed key ends what was made with the old one: connection strings and signatures.'))
  }

  const sasTab = (dialog) => h('div', { class: 'stack' },
    h('p', { class: 'muted' }, 'A shared access signature lets a program in for a while, without a key.'),
    selectField({
      label: 'For',
      value: form.containerID,
      choices: [
        ...containers.map(({ id, name }) => ({ value: id, label: name })), { value: '', label: 'the whole account' }
      ],
      onchange: (value) => {
        form.containerID = value
        sas = null
        dialog.update()
      },
    }),
    h('fieldset', { class: 'field' }, h('legend', { class: 'field-label' }, 'May'),
      h('div', { class: 'chips' }, rights.map(([letter, words]) => h('button', {
        class: 'chip', type: 'button', key: letter, 'aria-pressed': String(form.permissions.has(letter)),
        onclick: () => {
          if (!form.permissions.delete(letter)) form.permissions.add(letter)
          sas = null
          dialog.update()
        },
      }, words)))),
    h('div', { class: 'row' }, h('span', { class: 'strong' }, 'For the time of'), select({
      label: 'Period',
      value: form.hours,
      isCompact: true,
      choices: periods.map(([value, label]) => ({ value, label })),
      onchange: (value) => {
        form.hours = value
        sas = null
        dialog.update()
      },
    }),
      h('button',
        {
          class: 'button primary', type: 'button', disabled: form.permissions.size === 0, onclick: () => makeSAS(dialog),
        },
        'Make a SAS')),
    sas && [copyLine({ label: 'SAS token', value: sas.token }), copyLine({ label: 'URL', value: sas.url })])

  const callsTab = (dialog) => {
    const container = containers.find(({ id }) => id === form.containerID) ?? containers[0]
    if (!container) return h('p', { class: 'muted' }, 'Make a container first.')
    const calls = uploadCalls({
      connectionString: keys.connectionString, containerURL: container.url, container: container.name, sas: sas?.url,
    })
    return h('div', { class: 'stack' },
      h('div', { class: 'row' }, h('span', { class: 'strong' }, 'Upload a folder of photos into'), select({
        label: 'Container',
        value: container.id,
        isCompact: true,
        choices: containers.map(({ id, name }) => ({ value: id, label: name })),
        onchange: (value) => {
          form.containerID = value
          sas = null
          dialog.update()
        },
      }), h('span', { class: 'strong' }, 'with'), h('div', { class: 'segments' },
        ['az', 'azcopy', 'python'].map((name) => h('button', {
          class: 'segment', type: 'button', key: name, 'aria-pressed': String(tool === name), onclick: () => {
            tool = name
            dialog.update()
          },
        }, name === 'python' ? 'Python' : name)))),
      codeBlock(calls[tool], `${tool} command`),
      tool === 'azcopy' && !sas && h('p', { class: 'muted small' },
        'azcopy needs a SAS: make one in the tab before, with “Write” and “Create”.'))
  }

  await openDialog({
    title: `Access to ${account.name}`, size: 'wide', cancel: 'Done',
    body: (dialog) => [
      tabBar({
        label: 'Access',
        id: 'access',
        value: tab,
        tabs: [
          { value: 'keys', words: 'Keys' }, { value: 'sas', words: 'Shared access signature' },
          { value: 'calls', words: 'Command lines' },
        ],
        onchange: (value) => {
          tab = value
          dialog.update()
        },
      }),
      tabPanel('access', tab, tab === 'keys' ? keysTab(dialog) : tab === 'sas' ? sasTab(dialog) : callsTab(dialog)),
    ],
  })
}
