// @ts-check
// Rejecting photos: the words that the labeler will see.

import { h } from '../app/dom/h.js'
import { openDialog } from './dialog.js'
import { textField } from './field.js'

/**
 * Asks for words and rejects with them; the dialog keeps them until that has worked.
 *
 * @param {string} title
 * @param {(words: string) => Promise<any>} reject
 * @returns {Promise<any>} what `reject` answered, `undefined` for one who thought better of it
 */
export function askToReject(title, reject) {
  let words = ''
  return openDialog({
    title,
    body: (dialog) => textField({
      label: 'What is wrong',
      isLong: true,
      value: words,
      autofocus: true,
      note: 'The labeler sees these words with the photo, which goes back into the queue.',
      oninput: (value) => {
        words = value
        dialog.update()
      },
    }),
    actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy }, 'Reject'),
    submit: (dialog) => dialog.run(() => reject(words.trim())),
  })
}
