// @ts-check
// What a key press does on the labeling page.

import { categoryOf, commandOf } from '../model/keymap.js'
import { commands } from './commands.js'

/** What moves a slider that has the focus. */
const sliderKeys = new Set([
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End',
])

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
  if (sliderKeys.has(event.key) && target.closest('input[type=range]')) return
  if (event.key === 'Tab' && !walksBoxes(page, target, event.shiftKey)) return
  if (event.key === 'Enter' && event.shiftKey) {
    event.preventDefault()
    if (!event.repeat) page.confirm(true)
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

/**
 * Whether Tab goes to another box: while the photo has the focus and there is one. Behind the last one, and everywhere
 * else, it stays the way through the page.
 *
 * @param {import('./labeling-page.js').LabelingPage} page
 * @param {HTMLElement} target
 * @param {boolean} isBack
 */
function walksBoxes(page, target, isBack) {
  if (page.isClassification || !target.closest('photo-canvas')) return false
  return page.editor?.hasNeighbour(isBack ? -1 : 1) === true
}
