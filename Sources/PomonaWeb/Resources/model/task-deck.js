// @ts-check
// The photos a labeler has before and behind: the ones done lately, the present one, and a few fetched ahead.

/** @template {{id: string}} Task */
export class TaskDeck {
  /** @type {Task[]} */
  #tasks = []
  #index = -1

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

  /** @returns {string[]} ids of all that are held */
  get ids() {
    return this.#tasks.map((task) => task.id)
  }

  /**
   * Takes tasks from the queue; those known already are not taken twice.
   *
   * @param {Task[]} tasks
   * @returns {Task[]} the new ones
   */
  take(tasks) {
    const known = new Set(this.ids)
    const fresh = tasks.filter((task) => !known.has(task.id))
    this.#tasks.push(...fresh)
    if (this.#index < 0 && this.#tasks.length > 0) this.#index = 0
    return fresh
  }

  /** Shows one task now, behind the present one. @param {Task} task */
  open(task) {
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
    if (!this.canGoOn) this.#index = this.#tasks.length
    else this.#index += 1
    // Once something comes, `take` appends it at exactly this place.
  }

  /** @param {Task} task takes the place of the one with its id */
  replace(task) {
    const index = this.#tasks.findIndex(({ id }) => id === task.id)
    if (index >= 0) this.#tasks[index] = task
  }

  /** Drops what was fetched ahead, so that it can be given back. @returns {Task[]} */
  dropAhead() {
    return this.#tasks.splice(this.#index + 1)
  }
}
