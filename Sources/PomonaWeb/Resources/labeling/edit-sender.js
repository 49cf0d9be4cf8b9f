// @ts-check
// Sends edits in order, over lost connections and restarts of the page, until the server has them.

import { connection } from '../app/net/connection.js'
import { APIError, request } from '../app/net/client.js'
import { delayBefore, isPassing, pause } from '../app/net/retry.js'
import { randomID } from '../app/net/upload.js'
import { EditQueue } from '../model/edit-queue.js'
import { EditJournal, holdTab } from './edit-journal.js'

/**
 * Events: `change` (how many are waiting), `saved` `{taskID, revision, action, task?}`, `stuck` `{edit}`, `lost`
 * `{edit, message}`: the photo is not there any more, so nothing can be sent for it.
 */
class EditSender extends EventTarget {
  queue = new EditQueue()
  #journal = new EditJournal()
  /** @type {Promise<void> | null} */
  #started = null
  #isSending = false
  /** Whether the browser keeps edits; without it they live as long as the page. */
  isKept = true

  /** Takes over what earlier visits left behind. */
  start() {
    this.#started ??= this.#begin()
    return this.#started
  }

  async #begin() {
    holdTab(this.#journal.tab)
    try {
      const left = await this.#journal.adopt()
      this.queue = new EditQueue(left.map(({ tab, order, ...edit }) => edit))
    } catch (error) {
      this.isKept = false
      console.error(error)
    }
    connection.listen((isOnline) => {
      if (isOnline) this.#send()
    })
    addEventListener('beforeunload', (event) => {
      if (!this.queue.isEmpty && !this.isKept) event.preventDefault()
    })
    this.#tell()
    this.#send()
  }

  /** How many edits the server does not have yet. */
  get waiting() {
    return this.queue.edits.length
  }

  /**
   * @param {Omit<import('../model/edit-queue.js').Edit, 'edit'>} edit
   * @returns {Promise<void>} ends when the browser has it
   */
  async add(edit) {
    const { added, dropped } = this.queue.add({ ...edit, edit: randomID() })
    this.#tell()
    try {
      await this.#journal.keep(added, dropped)
    } catch (error) {
      this.isKept = false
      console.error(error)
    }
    if (added.conflict || added.refusal) this.dispatchEvent(new CustomEvent('stuck', { detail: { edit: added } }))
    this.#send()
  }

  /**
   * @param {string} taskID
   * @param {'mine' | 'theirs'} choice
   * @param {Set<string>} [categoryIDs] annotations of others are left out
   */
  async settle(taskID, choice, categoryIDs) {
    const { kept, dropped } = this.queue.settle(taskID, choice, randomID, categoryIDs)
    try {
      const [first, ...more] = kept
      if (first) await this.#journal.keep(first, dropped)
      else await this.#journal.forget(dropped)
      for (const edit of more) await this.#journal.keep(edit)
    } catch (error) {
      console.error(error)
    }
    this.#tell()
    this.#send()
  }

  /** Gives up all edits of a photo. @param {string} taskID */
  drop(taskID) {
    this.#journal.forget(this.queue.dropAll(taskID)).catch(() => {})
    this.#tell()
  }

  async #send() {
    if (this.#isSending) return
    this.#isSending = true
    try {
      await this.#sendAll()
    } finally {
      // Whatever happened, the next edit or connection must be able to begin again.
      this.#isSending = false
    }
  }

  async #sendAll() {
    for (let attempt = 1; ;) {
      const edit = this.queue.next()
      if (!edit) break
      try {
        // As sent: after a crash the very same edit goes again, and the server knows it.
        const answer = await sendEdit(edit)
        this.queue.done(edit.edit, answer.revision)
        this.#journal.forget([edit]).catch(() => {})
        attempt = 1
        this.dispatchEvent(new CustomEvent('saved',
          {
            detail: {
              taskID: edit.taskID, revision: answer.revision, action: edit.action,
              task: answer.state ? answer : undefined,
            },
          }))
      } catch (error) {
        const failure = /** @type {any} */ (error)
        if (!(failure instanceof APIError)) throw error
        if (isPassing(failure) || failure.status === 401) {
          this.#tell()
          await pause(delayBefore(attempt))
          attempt += 1
          continue
        }
        if (failure.status === 404) {
          this.drop(edit.taskID)
          this.dispatchEvent(new CustomEvent('lost', { detail: { edit, message: failure.message } }))
        } else {
          if (failure.code === 'conflict' && failure.body?.task) this.queue.conflicts(edit.edit, failure.body.task)
          else this.queue.refuse(edit.edit, { code: failure.code, message: failure.message })
          this.dispatchEvent(new CustomEvent('stuck', { detail: { edit } }))
        }
      }
      this.#tell()
    }
  }

  #tell() {
    this.dispatchEvent(new Event('change'))
  }
}

/** @param {import('../model/edit-queue.js').Edit} edit */
function sendEdit({ edit, projectID, taskID, action, baseRevision, annotations, dismissed, seconds }) {
  const path = `/projects/${projectID}/tasks/${taskID}`
  if (action === 'save') {
    return request('PUT', `${path}/annotations`, { json: { edit, baseRevision, annotations, dismissed } })
  }
  if (action === 'skip') return request('POST', `${path}:skip`, { json: { edit, baseRevision } })
  return request('POST', `${path}:submit`, { json: { edit, baseRevision, annotations, seconds } })
}

/** One for the whole page: edits are sent also while another page is shown. */
export const sender = new EditSender()
