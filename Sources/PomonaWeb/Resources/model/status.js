// @ts-check
// The words a person reads for the states the server speaks of, and how they look.

/** @typedef {'plain' | 'busy' | 'good' | 'bad' | 'warn'} Tone @typedef {{words: string, tone: Tone}} Status */

/** @type {Record<string, Record<string, [string, Tone]>>} */
const tables = {
  model: {
    notStarted: ['Queued', 'plain'], training: ['Training', 'busy'], cancelling: ['Cancelling', 'busy'],
    cancelled: ['Cancelled', 'warn'], succeeded: ['Succeeded', 'good'], failed: ['Failed', 'bad'],
  },
  evaluation: {
    notStarted: ['Queued', 'plain'], running: ['Running', 'busy'], succeeded: ['Succeeded', 'good'],
    failed: ['Failed', 'bad'],
  },
  experiment: {
    notStarted: ['Queued', 'plain'], running: ['Running', 'busy'], succeeded: ['Succeeded', 'good'],
    failed: ['Failed', 'bad'], cancelled: ['Cancelled', 'warn'],
  },
  job: {
    queued: ['Queued', 'plain'], running: ['Running', 'busy'], stopping: ['Stopping', 'busy'],
    succeeded: ['Succeeded', 'good'], failed: ['Failed', 'bad'], cancelled: ['Cancelled', 'warn'],
  },
  project: { created: ['Not started', 'plain'], running: ['Running', 'good'], paused: ['Paused', 'warn'] },
  task: {
    unlabeled: ['Unlabeled', 'plain'], preLabeled: ['Pre-labeled', 'busy'], submitted: ['Submitted', 'good'],
    skipped: ['Skipped', 'warn'], needsReview: ['Needs review', 'warn'], approved: ['Approved', 'good'],
    rejected: ['Rejected', 'bad'],
  },
}

/**
 * @param {keyof typeof tables} kind
 * @param {string} state
 * @returns {Status}
 */
export function status(kind, state) {
  const [words, tone] = tables[kind]?.[state] ?? [state, 'plain']
  return { words, tone }
}

/** States of a task in the order in which they are listed. */
export const taskStates = Object.keys(tables.task)

/** Whether a photo waits for a labeler. @param {string} state of its task */
export function isQueued(state) {
  return state === 'unlabeled' || state === 'preLabeled' || state === 'rejected'
}

/** Whether a reviewer can say something of a photo. @param {string} state of its task */
export function isDecided(state) {
  return state === 'submitted' || state === 'approved' || state === 'needsReview'
}

/** @param {{status: string}} model whether its training is still under way */
export function isTraining(model) {
  return model.status === 'notStarted' || model.status === 'training' || model.status === 'cancelling'
}

/** @param {{status: string, performance?: object}} model whether it can answer */
export function isUsable(model) {
  return model.status === 'succeeded' || (model.status === 'cancelled' && model.performance !== undefined)
}

/** @param {{state: string}} job */
export function isActive(job) {
  return job.state === 'queued' || job.state === 'running' || job.state === 'stopping'
}

/**
 * What a deletion removes is out of reach from its beginning, so it goes on to its end.
 *
 * @param {any} job
 */
export function canBeCancelled(job) {
  return (job.state === 'queued' || job.state === 'running') && job.kind !== 'deletion'
}

const kinds = /** @type {Record<string, string>} */ ({
  imageObjectDetection: 'Object detection', imageClassification: 'Image classification', detector: 'Object detection',
  classifier: 'Image classification',
})

/** @param {string} kind of a dataset, a project or a model */
export function kindWords(kind) {
  return kinds[kind] ?? kind
}

/** @param {string} kind of a dataset @returns {'detector' | 'classifier'} the model that learns from it */
export function modelKind(kind) {
  return kind === 'imageClassification' ? 'classifier' : 'detector'
}
