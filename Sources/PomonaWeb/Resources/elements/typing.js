// @ts-check

/**
 * Whether a key press is not for the page: it is text in a field, belongs to a dialog, or is a shortcut of the browser.
 *
 * @param {KeyboardEvent} event
 */
export function isForOthers(event) {
  const target = /** @type {HTMLElement} */ (event.target)
  return event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, dialog') !== null
}
