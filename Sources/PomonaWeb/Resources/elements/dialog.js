// @ts-check
// Dialogs over the page: the browser's own, so that focus stays inside and Escape closes.

import { h } from '../app/dom/h.js'
import { patch } from '../app/dom/patch.js'
import { icon } from './icon.js'
import { refusal } from './problem.js'
import { notifyProblem } from './toast.js'

/**
 * @typedef {object} Dialog
 * @property {() => void} update shows the present state
 * @property {(result?: any) => void} close
 * @property {any} error what the last work met
 * @property {boolean} isBusy whether work is under way
 * @property {boolean} isOpen whether it can be seen: what is under way goes on after it was closed
 * @property {(action: () => Promise<any>) => Promise<void>} attempt does work that the dialog stays open for, with what
 *   went wrong; of one that is closed meanwhile that is told over the page
 * @property {(action: () => Promise<any>) => Promise<void>} run does the dialog's work: closes with its result, stays
 *   open with what went wrong; one that is closed meanwhile still answers with the result
 */

/**
 * Opens a dialog; answers with what it was closed with, `undefined` where it was dismissed.
 *
 * @param {object} options
 * @param {string} options.title
 * @param {(dialog: Dialog) => import('../app/dom/h.js').Content} options.body
 * @param {(dialog: Dialog) => import('../app/dom/h.js').Content} [options.actions] buttons beside Cancel
 * @param {(dialog: Dialog) => void} [options.submit] what Enter in a field does
 * @param {string} [options.cancel] the word on the button that dismisses, empty for none
 * @param {'small' | 'wide'} [options.size]
 * @param {string[]} [options.fields] fields that show the server's refusal themselves
 * @returns {Promise<any>}
 */
export function openDialog({ title, body, actions, submit, cancel = 'Cancel', size = 'small', fields = [] }) {
  return new Promise((resolve) => {
    const element = document.createElement('dialog')
    element.className = `dialog dialog-${size}`
    const titleID = `dialog-title-${Math.random().toString(36).slice(2)}`
    element.setAttribute('aria-labelledby', titleID)
    let result
    /** @type {Dialog} */
    const dialog = {
      error: null,
      isBusy: false,
      get isOpen() {
        return element.open
      },
      close(value) {
        result = value
        element.close()
      },
      async attempt(action) {
        if (dialog.isBusy) return
        dialog.isBusy = true
        dialog.error = null
        dialog.update()
        try {
          await action()
        } catch (error) {
          if (dialog.isOpen) dialog.error = error
          else notifyProblem(error)
        }
        dialog.isBusy = false
        if (dialog.isOpen) dialog.update()
        else resolve(result)
      },
      run(action) {
        return dialog.attempt(async () => {
          const value = await action()
          dialog.close(value ?? true)
        })
      },
      update() {
        patch(element, h('form', {
          method: 'dialog', novalidate: true,
          onsubmit: (event) => {
            event.preventDefault()
            if (!dialog.isBusy) submit?.(dialog)
          },
        },
          h('header', { class: 'dialog-head' }, h('h2', { id: titleID }, title),
            h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Close', onclick: () => element.close() },
              icon('close'))),
          h('div', { class: 'dialog-body' }, body(dialog), refusal(dialog.error, fields)),
          h('footer', { class: 'dialog-foot' },
            cancel && h('button', { class: 'button', type: 'button', onclick: () => element.close() }, cancel),
            actions?.(dialog))))
      },
    }
    element.addEventListener('close', () => {
      element.remove()
      // What is under way cannot be called back: whoever asked hears how it ended.
      if (!dialog.isBusy) resolve(result)
    })
    // A drag that begins in a field and ends outside is no press on the outside.
    let pressed = /** @type {EventTarget | null} */ (null)
    element.addEventListener('pointerdown', (event) => {
      pressed = event.target
    })
    element.addEventListener('click', (event) => {
      if (event.target === element && pressed === element) element.close()
    })
    dialog.update()
    document.body.append(element)
    element.showModal()
    const field = /** @type {HTMLElement | null} */ (
      element.querySelector('[autofocus], .dialog-body input, .dialog-body select')
    )
    field?.focus()
  })
}

/**
 * Asks before something that cannot be taken back.
 *
 * @param {{title: string, text: import('../app/dom/h.js').Content, action: string, danger?: boolean,
 *   run?: () => Promise<any>}} options `run` is done before the dialog closes
 * @returns {Promise<boolean>}
 */
export async function confirmDialog({ title, text, action, danger = false, run }) {
  const done = await openDialog({
    title,
    body: () => h('div', { class: 'prose' }, text),
    actions: (dialog) => h('button', {
      class: ['button', danger ? 'danger' : 'primary'], type: 'submit', disabled: dialog.isBusy, autofocus: true,
    }, action),
    submit: (dialog) => run ? dialog.run(run) : dialog.close(true),
  })
  return done !== undefined
}
