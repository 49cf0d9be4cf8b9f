// @ts-check
// What a key press does on the labeling page.

import { categoryOf, commandOf } from '../model/keymap.js'
import { commands } from './commands.js'

/** Fields in which keys are text. */
const textFields = 'input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, select'

/**
 * @param {import('./labeling-page.js').LabelingPage} page
 * @param {KeyboardEvent} event
 */
export function pressKey(page, event) {
  const { editor } = page
  const target = /** @type {HTMLElement} */ (event.target)
  if (!editor || document.querySelector('dialog[open]') || target.closest(textFields)) return
  // A button that has the focus is pressed by these keys.
  if (['Enter', ' '].includes(event.key) && target.closest('button, a, summary, input')) return
  // Tab walks through the boxes while the photo has the focus: everywhere else it stays the way through the page.
  if (event.key === 'Tab' && !target.closest('photo-canvas')) return
  if (event.key === 'Enter' && event.shiftKey) {
    event.preventDefault()
    page.submit(true)
    return
  }
  const category = categoryOf(event, page.project.categories)
  if (category) {
    event.preventDefault()
    page.choose(category.id)
    return
  }
  const command = commandOf(event, {
    isSelected: editor.selectedID !== undefined, isSuggested: page.openSuggestions.length > 0,
  })
  if (!command || !commands[command]) return
  event.preventDefault()
  commands[command](page)
  page.update()
}
