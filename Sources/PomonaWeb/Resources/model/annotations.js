// @ts-check
// What can be done to the annotations of one photo. Lists in, new lists out; the ids of new ones are given in.

import { atLeast, moved, overlap, rounded } from './geometry.js'

/**
 * @typedef {import('./geometry.js').Box} Box
 * @typedef {import('./geometry.js').Size} Size
 * @typedef {{id: string, categoryID: string, box?: Box, isLocked?: boolean, from?: 'suggestion' | 'import',
 *   confidence?: number}} Annotation
 * @typedef {{id: string, categoryID: string, box?: Box, confidence: number}} Suggestion
 */

/** @param {Annotation[]} list @param {string} id @param {Partial<Annotation>} change @returns {Annotation[]} */
function changed(list, id, change) {
  return list.map((item) => item.id === id ? { ...item, ...change } : item)
}

/** @param {Annotation[]} list @param {string} id */
function isLocked(list, id) {
  return list.find((item) => item.id === id)?.isLocked === true
}

/** @param {Annotation[]} list @param {Annotation} annotation @param {Size} photo @returns {Annotation[]} */
export function added(list, annotation, photo) {
  const box = annotation.box && rounded(atLeast(annotation.box, photo))
  return [...list, box ? { ...annotation, box } : annotation]
}

/** @param {Annotation[]} list @param {string} id @param {Box} box @returns {Annotation[]} a locked box stays */
export function reshaped(list, id, box) {
  return isLocked(list, id) ? list : changed(list, id, { box: rounded(box) })
}

/**
 * @param {Annotation[]} list
 * @param {string} id
 * @param {number} dx
 * @param {number} dy
 * @param {Size} photo
 * @returns {Annotation[]}
 */
export function nudged(list, id, dx, dy, photo) {
  const box = list.find((item) => item.id === id)?.box
  return box ? reshaped(list, id, moved(box, dx, dy, photo)) : list
}

/**
 * @param {Annotation[]} list
 * @param {string} id
 * @param {string} categoryID
 * @returns {Annotation[]} a person's choice is no suggestion any more
 */
export function retagged(list, id, categoryID) {
  const item = list.find((candidate) => candidate.id === id)
  if (!item || item.isLocked || item.categoryID === categoryID) return list
  return list.map((candidate) => {
    if (candidate !== item) return candidate
    const { from, confidence, ...rest } = candidate
    return { ...rest, categoryID }
  })
}

/** @param {Annotation[]} list @param {string} id @returns {Annotation[]} */
export function removed(list, id) {
  return isLocked(list, id) ? list : list.filter((item) => item.id !== id)
}

/** @param {Annotation[]} list @returns {Annotation[]} all but the locked ones gone */
export function cleared(list) {
  return list.filter((item) => item.isLocked)
}

/** @param {Annotation[]} list @param {string} id @returns {Annotation[]} */
export function lockSwitched(list, id) {
  return list.map((item) => {
    if (item.id !== id) return item
    const { isLocked: was, ...rest } = item
    return was ? rest : { ...rest, isLocked: true }
  })
}

/**
 * @param {Annotation[]} list
 * @param {string} id
 * @param {string} newID
 * @param {Size} photo
 * @param {number} offset how far beside the first one, in pixels of the photo
 * @returns {Annotation[]}
 */
export function duplicated(list, id, newID, photo, offset) {
  const item = list.find((candidate) => candidate.id === id)
  if (!item?.box) return list
  const there = moved(item.box, offset, offset, photo)
  // In the lower right corner there is no room that way.
  const isSame = there.xMin === item.box.xMin && there.yMin === item.box.yMin
  const box = isSame ? moved(item.box, -offset, -offset, photo) : there
  return [...list, { id: newID, categoryID: item.categoryID, box: rounded(box) }]
}

/**
 * @param {Annotation[]} list
 * @param {string} categoryID
 * @param {string} newID
 * @returns {Annotation[]} the one class of a whole photo
 */
export function classified(list, categoryID, newID) {
  if (list.length === 1 && list[0].categoryID === categoryID) return []
  return [{ id: newID, categoryID }]
}

/**
 * Suggestions become annotations under their own ids, so that accepting twice makes no second box. A tag of the whole
 * photo is its only one: the first that is suggested takes the place of what there is.
 *
 * @param {Annotation[]} list
 * @param {Suggestion[]} suggestions
 * @returns {Annotation[]}
 */
export function accepted(list, suggestions) {
  const present = new Set(list.map((item) => item.id))
  const more = suggestions.filter((suggestion) => !present.has(suggestion.id))
  if (more.length === 0) return list
  const taken = more.map(({ id, categoryID, box, confidence }) => (
    /** @type {Annotation} */ ({ id, categoryID, ...(box && { box }), from: 'suggestion', confidence })))
  return taken[0].box ? [...list, ...taken] : [taken[0]]
}

/** From this intersection over union two boxes are of one thing, whatever their tags say. */
const samePlace = 0.75

/**
 * Suggestions that are neither decided upon nor too weak, the most confident first. Of several for one thing it is the
 * most confident alone, or accepting all would label the thing twice; once that is dismissed, the next one shows.
 *
 * @param {Suggestion[]} suggestions
 * @param {Annotation[]} list
 * @param {{has: (id: string) => boolean}} dismissed ids
 * @param {number} least confidence
 */
export function openSuggestions(suggestions, list, dismissed, least) {
  const present = new Set(list.map((item) => item.id))
  // A box that a person drew hides nothing: a suggestion with another tag there may be the better one.
  const taken = list.filter(({ box, from }) => box && from === 'suggestion').map(({ box }) => box)
  return suggestions
    .filter(({ id, confidence }) => confidence >= least && !present.has(id) && !dismissed.has(id))
    .sort((a, b) => b.confidence - a.confidence)
    .filter(({ box }) => {
      if (!box) return true
      const isFirst = taken.every((other) => overlap(/** @type {Box} */ (other), box) < samePlace)
      if (isFirst) taken.push(box)
      return isFirst
    })
}

/**
 * How often each category occurs, in the order of the project; those that are gone come last.
 *
 * @param {readonly {categoryID: string}[]} list
 * @param {readonly {id: string, name: string, color: string}[]} categories
 * @returns {{id: string, name: string, color: string, count: number}[]}
 */
export function tagCounts(list, categories) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { categoryID } of list) counts.set(categoryID, (counts.get(categoryID) ?? 0) + 1)
  const known = categories.filter(({ id }) => counts.has(id)).map(({ id, name, color }) => {
    const count = counts.get(id) ?? 0
    counts.delete(id)
    return { id, name, color, count }
  })
  const gone = [...counts].map(([id, count]) => ({ id, name: 'a tag that is gone', color: '#888888', count }))
  return [...known, ...gone]
}

/**
 * The next thing in a list, going round.
 *
 * @param {{id: string}[]} list
 * @param {string | undefined} id
 * @param {1 | -1} step
 */
export function neighbour(list, id, step) {
  if (list.length === 0) return undefined
  const index = list.findIndex((item) => item.id === id)
  if (index < 0) return list.at(step > 0 ? 0 : -1)?.id
  return list[(index + step + list.length) % list.length].id
}
