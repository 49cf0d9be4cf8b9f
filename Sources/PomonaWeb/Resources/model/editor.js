// @ts-check
// The editing of one photo: its annotations, what is selected, the way back, and suggestions not yet decided upon. No
// DOM.

import * as edit from './annotations.js'
import { leastSide } from './geometry.js'
import { UndoStack, difference } from './undo.js'

/**
 * @typedef {import('./annotations.js').Annotation} Annotation
 * @typedef {import('./annotations.js').Suggestion} Suggestion
 * @typedef {import('./geometry.js').Box} Box
 * @typedef {{width: number, height: number}} Size
 */

/** The size of a template box before any box was drawn, in pixels of the photo. */
const firstTemplate = 50

export class Editor {
  /** @type {UndoStack<Annotation>} */
  #undo = new UndoStack()
  #newID
  #whenChanged
  /** @type {Annotation[]} */
  #annotations
  /** @type {Suggestion[]} */
  #suggestions
  /** @type {Set<string>} */
  #dismissed = new Set()

  /** @type {string | undefined} */
  selectedID

  /**
   * @param {object} options
   * @param {Size} options.photo
   * @param {Annotation[]} options.annotations
   * @param {Suggestion[]} [options.suggestions]
   * @param {() => string} options.newID
   * @param {() => void} [options.whenChanged] called after every change of the annotations
   */
  constructor({ photo, annotations, suggestions = [], newID, whenChanged = () => {} }) {
    this.photo = photo
    this.#annotations = annotations
    this.#suggestions = suggestions
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

  /** @param {number} least confidence @returns {Suggestion[]} */
  openSuggestions(least) {
    return edit.openSuggestions(this.#suggestions, this.#annotations, this.#dismissed, least)
  }

  /** @param {Suggestion[]} suggestions beside those there are */
  addSuggestions(suggestions) {
    const known = new Set(this.#suggestions.map(({ id }) => id))
    this.#suggestions = [...this.#suggestions, ...suggestions.filter(({ id }) => !known.has(id))]
  }

  /** @param {Annotation[]} annotations @param {string} [gesture] */
  #set(annotations, gesture) {
    const changes = difference(this.#annotations, annotations)
    if (changes.size === 0) return
    this.#undo.push(changes, gesture)
    this.#annotations = annotations
    this.#keepSelection()
    this.#whenChanged()
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

  /** @param {1 | -1} step */
  selectNeighbour(step) {
    this.selectedID = edit.neighbour(this.#annotations, this.selectedID, step)
  }

  /** @param {Suggestion[]} suggestions */
  accept(suggestions) {
    this.#set(edit.accepted(this.#annotations, suggestions))
  }

  /** @param {string} id */
  dismiss(id) {
    this.#dismissed.add(id)
  }

  undo() {
    this.#replace(this.#undo.undo(this.#annotations))
  }

  redo() {
    this.#replace(this.#undo.redo(this.#annotations))
  }

  /** @param {Annotation[] | undefined} annotations */
  #replace(annotations) {
    if (!annotations) return
    this.#annotations = annotations
    this.#keepSelection()
    this.#whenChanged()
  }

  /** Takes another person's labels in place of these, as one act. @param {readonly Annotation[]} annotations */
  takeOver(annotations) {
    this.#set(annotations.map((item) => ({ ...item, id: this.#newID() })))
  }

  /** Takes what the server has, without a way back. @param {Annotation[]} annotations */
  reset(annotations) {
    this.#annotations = annotations
    this.#undo = new UndoStack()
    this.#keepSelection()
  }
}
