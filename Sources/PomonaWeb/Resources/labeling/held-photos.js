// @ts-check
// The photos that lie on the labeling page with what is drawn on them, kept as the server has them.

import { get } from '../app/net/client.js'
import { randomID } from '../app/net/upload.js'
import { Editor } from '../model/editor.js'
import { isDecided } from '../model/status.js'
import { notify } from '../elements/toast.js'
import { sender } from './edit-sender.js'

/** A task's suggestions with those that were dismissed, and which those are. @param {any} task */
function proposals({ suggestions = [], dismissed = [] }) {
  return { suggestions: [...suggestions, ...dismissed], dismissed: dismissed.map(({ id }) => id) }
}

/** The revision that is seen here, as far as the server has answered. @param {any} task */
function seen(task) {
  return Math.max(task.revision, sender.queue.revisionOf(task.id))
}

export class HeldPhotos {
  /** Of the photos seen on this visit, so that the way back stays. @type {Map<string, Editor>} */
  #editors = new Map()
  #page

  /** @param {import('./labeling-page.js').LabelingPage} page */
  constructor(page) {
    this.#page = page
  }

  get #deck() {
    return this.#page.supply?.deck
  }

  /** @param {string} taskID @returns {Editor | undefined} */
  find(taskID) {
    return this.#editors.get(taskID)
  }

  /** @param {any} task @returns {Editor} */
  editorOf(task) {
    let editor = this.#editors.get(task.id)
    if (!editor) {
      // What this browser knows and the server does not yet goes first.
      const local = sender.queue.latest(task.id)
      const { suggestions, dismissed } = proposals(task)
      editor = new Editor({
        photo: task.photo, annotations: local ? local.annotations : task.annotations, suggestions,
        dismissed: local?.dismissed ?? dismissed, newID: randomID, whenChanged: () => this.#page.save(task.id),
      })
      this.#editors.set(task.id, editor)
    }
    return editor
  }

  /** The queue brings the photo anew: what was drawn before says nothing any more. @param {string} taskID */
  forget(taskID) {
    this.#editors.delete(taskID)
  }

  /** The server has an edit. @param {{taskID: string, revision: number, action: string, task?: any}} answer */
  saved({ taskID, revision, action, task }) {
    const known = this.#deck?.find(taskID)
    if (known) {
      // A save makes a decided photo one that is to be looked at again.
      const isMended = action === 'save' && isDecided(known.state)
      this.#deck?.replace({
        ...known, revision, ...(isMended && { state: 'submitted' }),
        ...(task && { state: task.state, suggestionCount: task.suggestionCount }),
      })
    }
    if (task) this.#page.supply?.confirmed(taskID)
    this.#page.update()
  }

  /**
   * Somebody else, a model, or this person in another place, changed a photo.
   *
   * @param {any} task as events tell it: without what is on it
   */
  changed(task) {
    const known = this.#deck?.find(task.id)
    if (!known || sender.queue.latest(task.id) || task.revision < seen(known)) return
    if (task.revision > seen(known) || task.suggestionCount !== known.suggestionCount) this.refresh(task.id)
    else this.#deck?.replace({ ...known, state: task.state, lease: task.lease })
  }

  /** Fetches a photo that lies here. @param {string} taskID */
  async refresh(taskID) {
    const { params, signal } = this.#page
    let fresh
    try {
      fresh = await get(`/projects/${params.projectID}/tasks/${taskID}`, {}, signal)
    } catch {
      return
    }
    const known = this.#deck?.find(taskID)
    if (!known || sender.queue.latest(taskID) || fresh.revision < seen(known)) return
    if (fresh.revision > seen(known)) {
      this.take(fresh)
      return
    }
    // Suggestions come without a new revision: what is drawn, and the way back, stay.
    const { suggestions, dismissed } = proposals(fresh)
    const before = this.#page.openSuggestions.length
    this.#deck?.replace(fresh)
    this.find(taskID)?.takeSuggestions(suggestions, dismissed)
    // Enter would accept them: nobody should overlook that they came.
    if (this.#page.openSuggestions.length > before) notify('There are new suggestions for this photo.')
    this.#page.update()
  }

  /** Categories are gone, and suggestions may have got others. */
  refreshAll() {
    for (const id of this.#deck?.held ?? []) this.refresh(id)
  }

  /** Shows a photo as the server has it now. @param {any} task */
  take(task) {
    const { suggestions, dismissed } = proposals(task)
    this.#page.supply?.withdrawn(task.id)
    this.#deck?.replace(task)
    this.find(task.id)?.reset(task.annotations, dismissed)
    this.find(task.id)?.takeSuggestions(suggestions, dismissed)
    this.#page.update()
  }

  /**
   * Leaves out of a photo what has none of these categories.
   *
   * @param {string} taskID
   * @param {Set<string>} categoryIDs
   */
  keepCategories(taskID, categoryIDs) {
    const editor = this.find(taskID)
    const kept = editor?.annotations.filter(({ categoryID }) => categoryIDs.has(categoryID))
    if (editor && kept && kept.length < editor.annotations.length) editor.reset(kept)
  }
}
