// @ts-check
// Several chosen things of a long list: by click, with Ctrl, with Shift from the last one. Values, never changed in
// place.

/** @typedef {{ids: Set<string>, anchor: number | null}} Selection */

/** @returns {Selection} */
export function nothingSelected() {
  return { ids: new Set(), anchor: null }
}

/** @param {Selection} selection @param {string} id @param {number} index @returns {Selection} one more or one less */
export function toggled(selection, id, index) {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: index }
}

/**
 * From the last chosen one to this one.
 *
 * @param {Selection} selection
 * @param {number} index
 * @param {(index: number) => string | undefined} idAt
 * @returns {Selection} what is not fetched yet stays out
 */
export function extended(selection, index, idAt) {
  const from = selection.anchor ?? index
  const ids = new Set(selection.ids)
  for (let place = Math.min(from, index); place <= Math.max(from, index); place += 1) {
    const id = idAt(place)
    if (id !== undefined) ids.add(id)
  }
  return { ids, anchor: from }
}
