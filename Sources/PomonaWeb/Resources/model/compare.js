// @ts-check
// Two models beside one another: which of their measurements compare, and what they say of each tag. No DOM.

/** @typedef {Record<string, any>} Evaluation as the server has it */

/**
 * The measurements of two models that were made on the same photos with the same labels, the newest first; one pair for
 * each state of a dataset.
 *
 * @param {Evaluation[]} mine
 * @param {Evaluation[]} theirs
 * @returns {{mine: Evaluation, theirs: Evaluation}[]}
 */
export function commonEvaluations(mine, theirs) {
  const isUsable = ({ status, frozenID, performance }) => status === 'succeeded' && frozenID && performance
  const newest = (list) => list.filter(isUsable).sort(
    (a, b) => String(b.finishedAt ?? b.createdAt).localeCompare(String(a.finishedAt ?? a.createdAt))
  )
  const others = new Map(newest(theirs).reverse().map((evaluation) => [evaluation.frozenID, evaluation]))
  const pairs = []
  const seen = new Set()
  for (const evaluation of newest(mine)) {
    const other = others.get(evaluation.frozenID)
    if (!other || seen.has(evaluation.frozenID)) continue
    seen.add(evaluation.frozenID)
    pairs.push({ mine: evaluation, theirs: other })
  }
  return pairs
}

/** Whether a model is being measured. @param {Evaluation[]} evaluations */
export function isBeingMeasured(evaluations) {
  return evaluations.some(({ status }) => status === 'notStarted' || status === 'running')
}

/**
 * Precision and recall of each tag.
 *
 * @param {number[][]} rows `rows[actual][predicted]`, as many as there are tags or one more for nothing
 * @param {string[]} labels
 * @returns {{tag: string, count: number, precision: number | undefined, recall: number | undefined}[]} shares of
 *   nothing are unknown, not zero
 */
export function tagRates(rows, labels) {
  const share = (part, whole) => whole > 0 ? part / whole : undefined
  return labels.map((tag, index) => {
    const right = rows[index]?.[index] ?? 0
    const actual = (rows[index] ?? []).reduce((sum, value) => sum + value, 0)
    const predicted = rows.reduce((sum, row) => sum + (row[index] ?? 0), 0)
    return { tag, count: actual, precision: share(right, predicted), recall: share(right, actual) }
  })
}
