// @ts-check
// The photos a labeler has before and behind: the ones done lately, the present one, and a few fetched ahead.

import { isQueued } from './status.js'

/** @template {{id: string, state: string}} Task */
export class TaskDeck {
  /** @type {Task[]} */
  #tasks = []
  #index = -1
  /** Photos that left the queue while they lay here: the queue can bring them again. @type {Set<string>} */
  #done = new Set()

  /** @returns {Task | undefined} */
  get current() {
    return this.#tasks[this.#index]
  }

  /** @returns {readonly Task[]} those fetched ahead */
  get ahead() {
    return this.#tasks.slice(this.#index + 1)
  }

  /** @param {string} id @returns {Task | undefined} */
  find(id) {
    return this.#tasks.find((task) => task.id === id)
  }

  get canGoBack() {
    return this.#index > 0
  }

  get canGoOn() {
    return this.#index + 1 < this.#tasks.length
  }

  /** @returns {string[]} ids of those that still have to be done, and of the one that is shown */
  get held() {
    return this.#tasks.filter((task) => task === this.current || !this.#isDone(task)).map((task) => task.id)
  }

  /** @param {Task} task */
  #isDone(task) {
    return this.#done.has(task.id) || !isQueued(task.state)
  }

  /**
   * Takes tasks from the queue. Those ahead are not taken twice; what was done or passed and has come back goes behind
   * all others, as it is now.
   *
   * @param {Task[]} tasks
   * @returns {Task[]} the new ones and those that have come back
   */
  take(tasks) {
    const taken = tasks.filter(({ id }) => {
      const index = this.#tasks.findIndex((task) => task.id === id)
      return index < this.#index || index < 0 || (index > this.#index && this.#isDone(this.#tasks[index]))
    })
    for (const task of taken) {
      this.#done.delete(task.id)
      const index = this.#tasks.findIndex(({ id }) => id === task.id)
      if (index >= 0) {
        this.#tasks.splice(index, 1)
        if (index < this.#index) this.#index -= 1
      }
      this.#tasks.push(task)
    }
    if (this.#index < 0 && this.#tasks.length > 0) this.#index = 0
    return taken
  }

  /** Shows one task now, behind the present one. @param {Task} task */
  open(task) {
    this.#done.delete(task.id)
    const index = this.#tasks.findIndex(({ id }) => id === task.id)
    if (index >= 0) {
      this.#tasks[index] = task
      this.#index = index
    } else {
      this.#index += 1
      this.#tasks.splice(this.#index, 0, task)
    }
  }

  /** @returns {Task | undefined} */
  goBack() {
    if (!this.canGoBack) return undefined
    this.#index -= 1
    return this.current
  }

  /** @returns {Task | undefined} */
  goOn() {
    if (!this.canGoOn) return undefined
    this.#index += 1
    return this.current
  }

  /** The present photo is done and nothing is ahead: nothing is shown until more comes. */
  finish() {
    if (this.current) this.#done.add(this.current.id)
    if (!this.canGoOn) this.#index = this.#tasks.length
    else this.#index += 1
    // Once something comes, `take` appends it at exactly this place.
  }

  /** @param {Task} task takes the place of the one with its id */
  replace(task) {
    const index = this.#tasks.findIndex(({ id }) => id === task.id)
    if (index < 0) return
    // Sent back later, it comes with the queue again.
    if (!isQueued(this.#tasks[index].state)) this.#done.add(task.id)
    this.#tasks[index] = task
  }
}
