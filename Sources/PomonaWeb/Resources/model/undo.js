// @ts-check
// Going back and forth over change sets.

/**
 * What one act changed: things as they were before and as they are after, by id; `undefined` where there was or is
 *   none.
 *
 * @template Item
 * @typedef {Map<string, {before: Item | undefined, after: Item | undefined}>} ChangeSet
 */

/**
 * What differs between two lists of things with ids.
 *
 * @template {{id: string}} Item
 * @param {readonly Item[]} before
 * @param {readonly Item[]} after
 * @returns {ChangeSet<Item>}
 */
export function difference(before, after) {
  /** @type {ChangeSet<Item>} */
  const changes = new Map()
  const old = new Map(before.map((item) => [item.id, item]))
  for (const item of after) {
    const was = old.get(item.id)
    old.delete(item.id)
    if (was !== item) changes.set(item.id, { before: was, after: item })
  }
  for (const item of old.values()) changes.set(item.id, { before: item, after: undefined })
  return changes
}

/**
 * Applies one side of a change set. New things come last.
 *
 * @template {{id: string}} Item
 * @param {readonly Item[]} items
 * @param {ChangeSet<Item>} changes
 * @param {'before' | 'after'} side
 * @returns {Item[]}
 */
export function applied(items, changes, side) {
  const present = new Set(items.map((item) => item.id))
  const result = []
  for (const item of items) {
    const change = changes.get(item.id)
    const value = change ? change[side] : item
    if (value) result.push(value)
  }
  for (const [id, change] of changes) {
    const value = change[side]
    if (value && !present.has(id)) result.push(value)
  }
  return result
}

/**
 * @template {{id: string}} Item
 */
export class UndoStack {
  /** @type {ChangeSet<Item>[]} */
  #done = []
  /** @type {ChangeSet<Item>[]} */
  #undone = []
  /** The act that the next change may belong to. @type {string | undefined} */
  #gesture
  #limit

  /** @param {number} [limit] acts that can be taken back at most */
  constructor(limit = 500) {
    this.#limit = limit
  }

  get canUndo() {
    return this.#done.length > 0
  }

  get canRedo() {
    return this.#undone.length > 0
  }

  /**
   * Remembers an act. Changes of the same gesture (a drag, a row of nudges) become one.
   *
   * @param {ChangeSet<Item>} changes
   * @param {string} [gesture]
   */
  push(changes, gesture) {
    if (changes.size === 0) return
    this.#undone = []
    const last = this.#done.at(-1)
    if (gesture !== undefined && gesture === this.#gesture && last) {
      for (const [id, change] of changes) {
        const earlier = last.get(id)
        last.set(id, { before: earlier ? earlier.before : change.before, after: change.after })
      }
      return
    }
    this.#gesture = gesture
    this.#done.push(new Map(changes))
    if (this.#done.length > this.#limit) this.#done.shift()
  }

  /** @param {readonly Item[]} items @returns {Item[] | undefined} as before the last act */
  undo(items) {
    const changes = this.#done.pop()
    if (!changes) return undefined
    this.#gesture = undefined
    this.#undone.push(changes)
    return applied(items, changes, 'before')
  }

  /** @param {readonly Item[]} items @returns {Item[] | undefined} as after the act taken back last */
  redo(items) {
    const changes = this.#undone.pop()
    if (!changes) return undefined
    this.#gesture = undefined
    this.#done.push(changes)
    return applied(items, changes, 'after')
  }
}
