// @ts-check
// Asking before work that may have taken long is cancelled.

import { post } from '../app/net/client.js'
import { confirmDialog } from './dialog.js'

/**
 * @param {string} id of the model
 * @returns {Promise<any>} the model, `undefined` where the training goes on
 */
export async function cancelTraining(id) {
  /** @type {any} */
  let model
  await confirmDialog({
    title: 'Cancel the training?', text: 'The best model so far is kept and can be used.',
    action: 'Cancel the training', danger: true,
    run: async () => {
      model = await post(`/models/${id}:cancel`)
    },
  })
  return model
}

/** @param {any} job */
export function cancelJob(job) {
  return confirmDialog({
    title: `Cancel “${job.title}”?`,
    text: job.kind === 'training' ? 'The best model so far is kept and can be used.' : 'What it has not done yet stays undone.',
    action: 'Cancel the job', danger: true, run: () => post(`/jobs/${job.id}:cancel`),
  })
}
