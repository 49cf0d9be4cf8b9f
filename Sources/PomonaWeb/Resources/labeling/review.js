// @ts-check
// Looking through labels one photo after the other: the photos around one of a filtered list.

import { get, post } from '../app/net/client.js'
import { randomID } from '../app/net/upload.js'
import { prefetchPhoto } from '../canvas/photo-source.js'
import { queryText } from '../model/routes.js'
import { taskFilter, taskQuery } from '../model/filters.js'
import { TaskDeck } from '../model/task-deck.js'

/** Photos before and behind the one that was opened. */
const around = 50

/** Has the shape of a `TaskSupply`, but takes nothing from the queue and holds nothing. */
export class ReviewSupply {
  /** @type {TaskDeck<any>} */
  deck = new TaskDeck()
  total = 0
  remaining = 0
  reason = 'reviewed'
  #projectID
  #signal

  /** @param {string} projectID @param {AbortSignal} signal */
  constructor(projectID, signal) {
    this.#projectID = projectID
    this.#signal = signal
  }

  /**
   * Opens a photo among those that the address's filter shows.
   *
   * @param {string} taskID
   */
  async open(taskID) {
    const words = new URLSearchParams(location.search)
    const at = Math.max(0, Number(words.get('at')) || 0)
    const path = `/projects/${this.#projectID}/tasks`
    const [task, page] = await Promise.all([
      get(`${path}/${taskID}`, {}, this.#signal),
      get(path, { ...taskQuery(taskFilter(words)), offset: Math.max(0, at - around), limit: 2 * around }, this.#signal),
    ])
    this.deck.take(page.items)
    this.deck.open(task)
    return task
  }

  /** Fetches the next picture ahead. */
  async fill() {
    const next = this.deck.ahead[0]
    if (next) prefetchPhoto(next.photo.blobID)
  }

  finished() {}
  withdrawn() {}
  confirmed() {}
  release() {}
}

/** The list that a review was opened from, with its filter. @param {string} projectID */
export function reviewList(projectID) {
  const words = queryText(taskQuery(taskFilter(new URLSearchParams(location.search))))
  return `/projects/${projectID}/data${words ? `?${words}` : ''}`
}

/**
 * Approves or rejects one photo.
 *
 * @param {any} task
 * @param {'approve' | 'reject'} verdict
 * @param {string} [words]
 * @returns {Promise<string | undefined>} why it was refused, if it was
 */
export async function reviewTask(task, verdict, words) {
  const answer = await post(`/projects/${task.projectID}/tasks:review`, {
    edit: randomID(), verdict, taskIDs: [task.id], ...(words && { words }),
  })
  return answer.refused[0]?.message
}
