// @ts-check
// Brings photos from the queue: a few ahead, pictures included, and gives back what is not needed.

import { post, request } from '../app/net/client.js'
import { prefetchPhoto } from '../canvas/photo-source.js'
import { TaskDeck } from '../model/task-deck.js'

/** Photos held ahead of the present one. */
const wanted = 3
/** Leases last ten minutes. */
const renewal = 4 * 60_000
/** Whoever did nothing for so long has left: the photos in hand go to others. */
const presence = 10 * 60_000
/** The most ids that the server looks at. */
const mostHeld = 500

export class TaskSupply {
  /** @type {TaskDeck<any>} */
  deck = new TaskDeck()
  total = 0
  /** Photos done here whose edits the server has not answered yet. @type {Set<string>} */
  #unconfirmed = new Set()
  /** How many are left without those. */
  #counted = 0
  /** How often that set has changed: a count made meanwhile may hold an edit already or not. */
  #changes = 0
  #isCountOld = false
  /** Why nothing more comes. @type {string | undefined} */
  reason
  #projectID
  #signal
  /** @type {Promise<void> | null} */
  #asking = null
  #lastInput = performance.now()
  #whenTaken
  #whenCounted

  /**
   * @param {string} projectID
   * @param {AbortSignal} signal
   * @param {(task: any) => void} [whenTaken] called for each photo that the queue brings
   * @param {() => void} [whenCounted] called when the queue was counted again without anybody's asking
   */
  constructor(projectID, signal, whenTaken = () => {}, whenCounted = () => {}) {
    this.#projectID = projectID
    this.#signal = signal
    this.#whenTaken = whenTaken
    this.#whenCounted = whenCounted
    for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel']) {
      addEventListener(kind, () => {
        this.#lastInput = performance.now()
      }, { signal, passive: true })
    }
    const timer = setInterval(() => {
      if (performance.now() - this.#lastInput < presence) this.fill(true).catch(() => {})
    }, renewal)
    signal.addEventListener('abort', () => clearInterval(timer))
  }

  /** Photos still to be labeled. */
  get remaining() {
    return Math.max(0, this.#counted - this.#unconfirmed.size)
  }

  /** A photo of the queue was submitted or skipped here. @param {string} taskID */
  finished(taskID) {
    this.#unconfirmed.add(taskID)
    this.#changes += 1
  }

  /** What was done here does not count: the server has it otherwise. @param {string} taskID */
  withdrawn(taskID) {
    this.#settled(taskID)
  }

  /** The server has it. @param {string} taskID */
  confirmed(taskID) {
    if (this.#settled(taskID)) this.#counted -= 1
  }

  /** @param {string} taskID @returns {boolean} whether it was waiting for an answer */
  #settled(taskID) {
    if (!this.#unconfirmed.delete(taskID)) return false
    this.#changes += 1
    this.#countAgain()
    return true
  }

  /** Others work on the queue too, so a count that could not be taken is made up for when all is answered. */
  #countAgain() {
    if (!this.#isCountOld || this.#unconfirmed.size > 0 || this.#asking || this.#signal.aborted) return
    this.#isCountOld = false
    this.fill(true).then(() => this.#whenCounted(), () => {})
  }

  /** Asks for more where few are ahead. @param {boolean} [always] also to renew the leases */
  fill(always = false) {
    if (!always && this.deck.ahead.length >= wanted - 1) return Promise.resolve()
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
      this.#countAgain()
    })
    return this.#asking
  }

  async #ask() {
    const missing = Math.max(0, wanted - this.deck.ahead.length)
    const isSettled = this.#unconfirmed.size === 0
    const changes = this.#changes
    // What was done here is still open for a server that has not been told yet.
    const holding = [...new Set([...this.deck.held, ...this.#unconfirmed])].slice(-mostHeld)
    const answer = await request('POST', `/projects/${this.#projectID}/tasks:next`, {
      json: { count: missing, holding }, tries: 4,
    })
    if (this.#signal.aborted) return
    if (isSettled && changes === this.#changes) this.#counted = answer.remaining
    else this.#isCountOld = true
    this.total = answer.total
    this.reason = answer.reason
    for (const task of this.deck.take(answer.tasks)) {
      this.#whenTaken(task)
      prefetchPhoto(task.photo.blobID)
    }
  }

  /** @param {string} taskID @returns {Promise<any>} one photo, held for the person */
  async open(taskID) {
    const task = await post(`/projects/${this.#projectID}/tasks/${taskID}:lease`)
    this.deck.open(task)
    return task
  }

  /** Gives back what was held, also while the page goes. @param {string[]} taskIDs */
  release(taskIDs) {
    for (const id of taskIDs) {
      fetch(`/api/v1/projects/${this.#projectID}/tasks/${id}:release`, {
        method: 'POST', headers: { 'X-Pomona': '1' }, keepalive: true,
      }).catch(() => {})
    }
  }
}
