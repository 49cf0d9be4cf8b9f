// @ts-check
// How many photos of a labeling project are where.

/**
 * @typedef {{total: number, unlabeled: number, preLabeled: number, submitted: number, skipped: number, needsReview:
 *   number,
 *   approved: number, rejected: number, leftOut?: number}} Counts
 */

/** @param {Counts} counts photos still to be labeled; a rejected one is back in the queue */
export function remaining(counts) {
  return counts.unlabeled + counts.preLabeled + counts.rejected
}

/** @param {Counts} counts photos a person has decided upon */
export function decided(counts) {
  return counts.total - remaining(counts)
}

/**
 * @param {Counts} counts
 * @param {string[]} [asked] states that are listed even where they are empty
 * @returns {{state: keyof Counts, count: number}[]} those that are not empty, in the order of the work
 */
export function countParts(counts, asked = []) {
  const order = /** @type {(keyof Counts)[]} */ ([
    'approved', 'submitted', 'needsReview', 'skipped', 'preLabeled', 'rejected', 'unlabeled',
  ])
  return order.map((state) => ({ state, count: counts[state] })).filter(({ state, count }) => count > 0 || asked.includes(state))
}
