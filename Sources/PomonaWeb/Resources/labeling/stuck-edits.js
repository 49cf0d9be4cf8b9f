// @ts-check
// Edits that the server did not take: what becomes of them is a person's choice.

import { get } from '../app/net/client.js'
import { notify, notifyProblem } from '../elements/toast.js'
import { askAboutConflict } from './conflict-dialog.js'
import { sender } from './edit-sender.js'

/** Photos that a dialog asks about now. @type {Set<string>} */
const asked = new Set()

/** @param {string} message why nothing can be sent for a photo */
function sayLost(message) {
  notify(`${message} What was not saved of that photo yet is gone with it.`, { tone: 'bad', seconds: 20 })
}

// Edits are sent also while another page is shown, and there is nothing to decide.
sender.addEventListener('lost', (event) => sayLost(/** @type {CustomEvent} */ (event).detail.message))

/**
 * Asks what becomes of a photo's edits, also of one of another project, and does it.
 *
 * @param {import('./labeling-page.js').LabelingPage} page
 * @param {import('../model/edit-queue.js').Edit} edit
 */
export async function decide(page, edit) {
  const { projectID, taskID } = edit
  if (asked.has(taskID)) return
  asked.add(taskID)
  const path = `/projects/${projectID}`
  try {
    const present = async () => page.project?.id === projectID ? page.project : await get(path)
    const choice = await askAboutConflict(await present(), sender.queue.latest(taskID) ?? edit)
    if (!choice) return
    const categoryIDs = new Set((await present()).categories.map(({ id }) => id))
    await sender.settle(taskID, choice, categoryIDs)
    if (choice === 'mine') page.held.keepCategories(taskID, categoryIDs)
    else page.held.take(edit.conflict ?? await get(`${path}/tasks/${taskID}`))
  } catch (error) {
    const failure = /** @type {any} */ (error)
    if (failure?.status !== 404) return notifyProblem(failure)
    sender.drop(taskID)
    sayLost(failure.message)
  } finally {
    asked.delete(taskID)
    page.update()
  }
}
