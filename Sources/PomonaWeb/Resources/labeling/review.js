// @ts-check
// Looking through labels one photo after the other: the photos around one of a filtered list, and verdicts on them.

import { APIError, get, post } from '../app/net/client.js'
import { randomID } from '../app/net/upload.js'
import { prefetchPhoto } from '../canvas/photo-source.js'
import { queryText } from '../model/routes.js'
import { taskFilter, taskQuery } from '../model/filters.js'
import { TaskDeck } from '../model/task-deck.js'
import { askToReject } from '../elements/rejection.js'
import { notifyProblem } from '../elements/toast.js'
import { sender } from './edit-sender.js'

/** @typedef {import('./labeling-page.js').LabelingPage} Page */

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

/** Photos whose verdict is on its way. @type {Set<string>} */
const underWay = new Set()

/**
 * Approves or rejects one photo, or throws what is in the way of that.
 *
 * @param {Page} page
 * @param {any} task
 * @param {'approve' | 'reject'} verdict
 * @param {string} [words]
 */
async function judge(page, task, verdict, words) {
  const { id, projectID } = task
  if (underWay.has(id)) throw new APIError(0, { message: 'Another verdict on this photo is on its way.' })
  if (sender.queue.latest(id)) throw new APIError(0, { message: 'The last change of this photo is not saved yet.' })
  underWay.add(id)
  try {
    const { refused: [refused] } = await post(`/projects/${projectID}/tasks:review`, {
      edit: randomID(), verdict, taskIDs: [id], ...(words && { words }),
    })
    if (refused) throw new APIError(200, refused)
  } finally {
    underWay.delete(id)
  }
  const deck = page.supply?.deck
  // Events may have brought it anew before the answer came.
  deck?.replace({ ...(deck.find(id) ?? task), state: verdict === 'approve' ? 'approved' : 'rejected' })
}

/** Whoever went on by hand meanwhile is left where they are. @param {Page} page @param {any} task */
function goOnFrom(page, task) {
  if (page.signal.aborted) return
  if (page.task?.id === task.id) page.goOn()
  else page.update()
}

/** Approves the photo that is shown. @param {Page} page */
export async function approve(page) {
  const { task } = page
  if (!task || underWay.has(task.id)) return
  try {
    await judge(page, task, 'approve')
  } catch (error) {
    notifyProblem(error)
    return
  }
  goOnFrom(page, task)
}

/** Rejects the photo that is shown, with words for the labeler. @param {Page} page */
export async function reject(page) {
  const { task } = page
  if (await askToReject('Reject the photo', (words) => judge(page, task, 'reject', words))) goOnFrom(page, task)
}
