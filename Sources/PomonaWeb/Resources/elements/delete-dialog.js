// @ts-check
// Deleting what holds something else: its name has to be typed.

import { h } from '../app/dom/h.js'
import { remove } from '../app/net/client.js'
import { openDialog } from './dialog.js'
import { textField } from './field.js'
import { fieldError } from './group-dialog.js'

/**
 * @param {object} options
 * @param {string} options.kind such as `dataset`
 * @param {string} options.name
 * @param {string} options.path
 * @param {import('../app/dom/h.js').Content} options.text what will go
 * @returns {Promise<any>} the answer, `undefined` where nothing was deleted
 */
export function deleteByName({ kind, name, path, text }) {
  let typed = ''
  return openDialog({
    title: `Delete the ${kind} “${name}”`,
    fields: ['name'],
    body: (dialog) => [
      h('div', { class: 'prose' }, text),
      h('div', { class: 'gap-above' }, textField({
        label: `Type the name of the ${kind}`, value: typed, placeholder: name, autofocus: true,
        wrong: fieldError(dialog.error, 'name'), oninput: (value) => {
          typed = value
          dialog.update()
        },
      })),
    ],
    actions: (dialog) => h('button', {
      class: 'button danger', type: 'submit', disabled: typed !== name || dialog.isBusy,
    }, 'Delete'),
    submit: (dialog) => {
      if (typed === name) dialog.run(async () => (await remove(path, { name: typed })) ?? {})
    },
  })
}
