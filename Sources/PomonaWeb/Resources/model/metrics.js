// @ts-check
// All figures of an evaluation at any confidence threshold, from the matches the server sends once: what a slider
// moves.

/**
 * The JSON of the server's `ScoredMatches`: parallel lists, most confident first.
 *
 * @typedef {{objectCounts: number[], confidences: number[], predicted: number[], outcomes: number[], actual: number[]}}
 *   Matches
 * @typedef {{truePositives: number, falsePositives: number, missed: number}} Counts
 */

const truePositive = 1
const ignored = 2

/**
 * How many detections have at least a confidence, by bisection.
 *
 * @param {number[]} confidences never rising
 * @param {number} threshold
 */
export function countAtLeast(confidences, threshold) {
  let low = 0
  let high = confidences.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (confidences[middle] >= threshold) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * @param {Matches} matches
 * @param {number} threshold
 * @returns {{overall: Counts, tags: Counts[], confusion: number[][]}} `confusion[actual][predicted]`; the last row and
 *   column
 *   are the background
 */
export function figuresAt(matches, threshold) {
  const kept = countAtLeast(matches.confidences, threshold)
  const background = matches.objectCounts.length
  const tags = matches.objectCounts.map((count) => ({ truePositives: 0, falsePositives: 0, missed: count }))
  const confusion = Array.from({ length: background + 1 }, () => new Array(background + 1).fill(0))
  const missed = [...matches.objectCounts]
  for (let index = 0; index < kept; index += 1) {
    const tag = tags[matches.predicted[index]]
    if (matches.outcomes[index] === truePositive) {
      tag.truePositives += 1
      tag.missed -= 1
    } else if (matches.outcomes[index] !== ignored) tag.falsePositives += 1
    const actual = matches.actual[index]
    if (actual < 0) continue
    if (actual < background) missed[actual] -= 1
    confusion[actual][matches.predicted[index]] += 1
  }
  missed.forEach((count, tag) => {
    confusion[tag][background] += count
  })
  const overall = tags.reduce((sum, tag) => ({
    truePositives: sum.truePositives + tag.truePositives, falsePositives: sum.falsePositives + tag.falsePositives,
    missed: sum.missed + tag.missed,
  }), { truePositives: 0, falsePositives: 0, missed: 0 })
  return { overall, tags, confusion }
}

/** @param {number} part @param {number} whole @returns {number | undefined} */
const share = (part, whole) => whole > 0 ? part / whole : undefined

/** @param {Counts} counts @returns {number | undefined} the share of detections that are right */
export const precision = (counts) => share(counts.truePositives, counts.truePositives + counts.falsePositives)
/** @param {Counts} counts @returns {number | undefined} the share of objects that were found */
export const recall = (counts) => share(counts.truePositives, counts.truePositives + counts.missed)
/** @param {Counts} counts @returns {number | undefined} the harmonic mean of both */
export const f1 = (counts) => share(2 * counts.truePositives,
  2 * counts.truePositives + counts.falsePositives + counts.missed)

/**
 * Precision, recall and F1 of all tags together over the threshold.
 *
 * @param {Matches} matches
 * @param {number} [points]
 * @returns {{threshold: number, precision: number | undefined, recall: number | undefined, f1: number | undefined}[]}
 */
export function overThresholds(matches, points = 101) {
  const objects = matches.objectCounts.reduce((sum, count) => sum + count, 0)
  const curve = []
  const counts = { truePositives: 0, falsePositives: 0, missed: objects }
  let kept = 0
  for (let index = points - 1; index >= 0; index -= 1) {
    const threshold = index / (points - 1)
    for (; kept < matches.confidences.length && matches.confidences[kept] >= threshold; kept += 1) {
      if (matches.outcomes[kept] === truePositive) {
        counts.truePositives += 1
        counts.missed -= 1
      } else if (matches.outcomes[kept] !== ignored) counts.falsePositives += 1
    }
    curve.push({ threshold, precision: precision(counts), recall: recall(counts), f1: f1(counts) })
  }
  return curve.reverse()
}

/**
 * The threshold with the best F1 of all tags together: halfway between the last detection that counts and the first that
 * does not. At the last one itself a photo that is a little harder would lose its objects.
 *
 * @param {Matches} matches
 * @returns {number | undefined} nothing where nothing is right
 */
export function bestThreshold({ confidences, outcomes, objectCounts }) {
  const counts = { truePositives: 0, falsePositives: 0, missed: objectCounts.reduce((sum, count) => sum + count, 0) }
  let best = 0
  let threshold
  confidences.forEach((confidence, index) => {
    if (outcomes[index] === truePositive) {
      counts.truePositives += 1
      counts.missed -= 1
    } else if (outcomes[index] !== ignored) counts.falsePositives += 1
    const next = confidences[index + 1] ?? 0
    const value = f1(counts) ?? 0
    if (next === confidence || value <= best) return
    best = value
    threshold = (confidence + next) / 2
  })
  return threshold
}

/**
 * The rows of a confusion matrix from the server's list of cells.
 *
 * @param {{size: number, cells: {actual: number, predicted: number, count: number}[]}} matrix
 * @returns {number[][]}
 */
export function matrixRows({ size, cells }) {
  const rows = Array.from({ length: size }, () => new Array(size).fill(0))
  for (const { actual, predicted, count } of cells) rows[actual][predicted] = count
  return rows
}
