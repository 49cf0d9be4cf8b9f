// @ts-check
// The editing of one photo: its annotations, what is selected, the way back, and suggestions not yet decided upon. No
// DOM.

import * as edit from './annotations.js'
import { leastSide } from './geometry.js'
import { UndoStack, difference } from './undo.js'

/**
 * @typedef {import('./annotations.js').Annotation} Annotation
 * @typedef {import('./annotations.js').Suggestion} Suggestion
 * @typedef {{id: string, suggestionID: string}} Mark that a suggestion is done with; part of what can be taken back
 * @typedef {import('./geometry.js').Box} Box
 * @typedef {{width: number, height: number}} Size
 */

/** The size of a template box before any box was drawn, in pixels of the photo. */
const firstTemplate = 50

/** @param {readonly string[]} ids of suggestions @returns {Map<string, Mark>} by suggestion */
function marks(ids) {
  // An annotation has the id of the suggestion that it was: the mark needs another one.
  return new Map(ids.map((id) => [id, { id: `dismissed ${id}`, suggestionID: id }]))
}

export class Editor {
  /** @type {UndoStack<any>} */
  #undo = new UndoStack()
  #newID
  #whenChanged
  /** @type {Annotation[]} */
  #annotations
  /** @type {Suggestion[]} */
  #suggestions
  /** Those that only this page knows of. @type {Suggestion[]} */
  #found = []
  /** @type {Map<string, Mark>} */
  #dismissed

  /** @type {string | undefined} */
  selectedID

  /**
   * @param {object} options
   * @param {Size} options.photo
   * @param {Annotation[]} options.annotations
   * @param {Suggestion[]} [options.suggestions] those that were dismissed too
   * @param {readonly string[]} [options.dismissed] ids
   * @param {() => string} options.newID
   * @param {() => void} [options.whenChanged] called after every change of the annotations or of
   *   what is dismissed
   */
  constructor({ photo, annotations, suggestions = [], dismissed = [], newID, whenChanged = () => {} }) {
    this.photo = photo
    this.#annotations = annotations
    this.#suggestions = suggestions
    this.#dismissed = marks(dismissed)
    this.#newID = newID
    this.#whenChanged = whenChanged
  }

  /** @returns {readonly Annotation[]} */
  get annotations() {
    return this.#annotations
  }

  get canUndo() {
    return this.#undo.canUndo
  }

  get canRedo() {
    return this.#undo.canRedo
  }

  get selected() {
    return this.#annotations.find(({ id }) => id === this.selectedID)
  }

  /** The size of the box that a click places: that of the last one. */
  get template() {
    const box = this.#annotations.findLast((item) => item.box)?.box
    return box ? { width: box.xMax - box.xMin, height: box.yMax - box.yMin }
      : { width: Math.min(firstTemplate, this.photo.width), height: Math.min(firstTemplate, this.photo.height) }
  }

  /** Ids of suggestions that are done with without having become a box. @returns {string[]} */
  get dismissed() {
    return [...this.#dismissed.keys()]
  }

  /** @param {number} least confidence @returns {Suggestion[]} */
  openSuggestions(least) {
    return edit.openSuggestions([...this.#suggestions, ...this.#found], this.#annotations, this.#dismissed, least)
  }

  /** @param {Suggestion[]} suggestions beside those there are */
  addSuggestions(suggestions) {
    this.#found = [...this.#found, ...suggestions]
  }

  /**
   * Takes what the server suggests now; what is drawn and the way back stay.
   *
   * @param {Suggestion[]} suggestions those that were dismissed too
   * @param {readonly string[]} dismissed ids
   */
  takeSuggestions(suggestions, dismissed) {
    this.#suggestions = suggestions
    for (const [id, mark] of marks(dismissed)) if (!this.#dismissed.has(id)) this.#dismissed.set(id, mark)
  }

  /** What an act can change. @returns {(Annotation | Mark)[]} */
  get #state() {
    return [...this.#annotations, ...this.#dismissed.values()]
  }

  /**
   * @param {Annotation[]} annotations
   * @param {string} [gesture]
   * @param {Map<string, Mark>} [dismissed]
   */
  #set(annotations, gesture, dismissed = this.#withoutLost(annotations)) {
    const before = this.#state
    const changes = difference(before, [...annotations, ...dismissed.values()])
    if (changes.size === 0) return
    this.#undo.push(changes, gesture)
    this.#annotations = annotations
    this.#dismissed = dismissed
    this.#keepSelection()
    this.#whenChanged()
  }

  /**
   * A suggestion that was accepted and then deleted was wrong: it does not come back.
   *
   * @param {Annotation[]} annotations as they will be
   * @returns {Map<string, Mark>}
   */
  #withoutLost(annotations) {
    const kept = new Set(annotations.map(({ id }) => id))
    const known = new Set([...this.#suggestions, ...this.#found].map(({ id }) => id))
    const lost = this.#annotations.filter(({ id }) => known.has(id) && !kept.has(id) && !this.#dismissed.has(id))
    return lost.length === 0 ? this.#dismissed
      : new Map([...this.#dismissed, ...marks(lost.map(({ id }) => id))])
  }

  #keepSelection() {
    if (!this.selected) this.selectedID = undefined
  }

  /** @param {Box} box @param {string} categoryID */
  add(box, categoryID) {
    const id = this.#newID()
    this.#set(edit.added(this.#annotations, { id, categoryID, box }, this.photo))
    this.selectedID = id
  }

  /** @param {string} id @param {Box} box */
  reshape(id, box) {
    this.#set(edit.reshaped(this.#annotations, id, box))
  }

  /** @param {number} dx @param {number} dy pixels of the photo; several in a row are one act */
  nudge(dx, dy) {
    if (this.selectedID) this.#set(edit.nudged(this.#annotations, this.selectedID, dx, dy, this.photo),
      `nudge ${this.selectedID}`)
  }

  /** @param {string} id @param {string} categoryID */
  retag(id, categoryID) {
    this.#set(edit.retagged(this.#annotations, id, categoryID))
  }

  /** @param {string} categoryID the class of the whole photo; the same again takes it away */
  classify(categoryID) {
    this.#set(edit.classified(this.#annotations, categoryID, this.#newID()))
  }

  duplicate() {
    if (!this.selectedID) return
    const id = this.#newID()
    const offset = Math.max(leastSide, Math.round(Math.min(this.photo.width, this.photo.height) * 0.02))
    this.#set(edit.duplicated(this.#annotations, this.selectedID, id, this.photo, offset))
    this.selectedID = id
  }

  delete(id = this.selectedID) {
    if (!id) return
    const next = edit.neighbour(this.#annotations, id, 1)
    this.#set(edit.removed(this.#annotations, id))
    if (!this.selected && next !== id) this.selectedID = undefined
  }

  deleteAll() {
    this.#set(edit.cleared(this.#annotations))
  }

  switchLock(id = this.selectedID) {
    if (id) this.#set(edit.lockSwitched(this.#annotations, id))
  }

  /** Whether a box follows the selected one in the list. @param {1 | -1} step */
  hasNeighbour(step) {
    const index = this.#annotations.findIndex(({ id }) => id === this.selectedID)
    if (index < 0) return this.#annotations.length > 0
    return step > 0 ? index + 1 < this.#annotations.length : index > 0
  }

  /** @param {1 | -1} step */
  selectNeighbour(step) {
    this.selectedID = edit.neighbour(this.#annotations, this.selectedID, step)
  }

  /** @param {Suggestion[]} suggestions */
  accept(suggestions) {
    this.#set(edit.accepted(this.#annotations, suggestions))
  }

  /** Accepts one and selects it: what is wrong with it is mended at once. @param {Suggestion} suggestion */
  take(suggestion) {
    this.accept([suggestion])
    this.selectedID = suggestion.id
  }

  /** @param {string} id */
  dismiss(id) {
    if (!this.#dismissed.has(id)) this.#set(this.#annotations, undefined, new Map([...this.#dismissed, ...marks([id])]))
  }

  undo() {
    this.#replace(this.#undo.undo(this.#state))
  }

  redo() {
    this.#replace(this.#undo.redo(this.#state))
  }

  /** @param {(Annotation | Mark)[] | undefined} state */
  #replace(state) {
    if (!state) return
    const isMark = (/** @type {any} */ item) => item.suggestionID !== undefined
    this.#annotations = /** @type {Annotation[]} */ (state.filter((item) => !isMark(item)))
    this.#dismissed = new Map(/** @type {Mark[]} */ (state.filter(isMark)).map((mark) => [mark.suggestionID, mark]))
    this.#keepSelection()
    this.#whenChanged()
  }

  /** Takes another person's labels in place of these, as one act. @param {readonly Annotation[]} annotations */
  takeOver(annotations) {
    this.#set(annotations.map((item) => ({ ...item, id: this.#newID() })))
  }

  /**
   * Takes what the server has, without a way back.
   *
   * @param {Annotation[]} annotations
   * @param {readonly string[]} [dismissed] ids of suggestions; as they are where it is left out
   */
  reset(annotations, dismissed) {
    this.#annotations = annotations
    if (dismissed) this.#dismissed = marks(dismissed)
    this.#undo = new UndoStack()
    this.#keepSelection()
  }
}
