// @ts-check
// What a new training needs, tab by tab.

import { duration, readDuration } from './format.js'
import { wrongName } from './names.js'

/**
 * @typedef {{name: string, kind: 'detector' | 'classifier', trainingDatasetIDs: string[], evaluationDatasetID: string,
 *   budget: string, foundationID: string}} TrainingForm
 * @typedef {{names: string[], estimate: {minimumSeconds: number, problems?: {field: string, message: string}[]} |
 *   null}} Context
 */

export const steps = [
  { value: 'name', words: 'Name and scenario' }, { value: 'training', words: 'Training datasets' },
  { value: 'evaluation', words: 'Evaluation dataset' },
  { value: 'budget', words: 'Training budget' }, { value: 'review', words: 'Review and finish' },
]

/** The longest budget that can be given, as in Azure: 1,344 hours. */
const longestBudget = 1344 * 3600

/**
 * What is wrong with a budget as it was typed.
 *
 * @param {string} text
 * @param {number | undefined} minimum seconds
 * @returns {string | undefined}
 */
export function wrongBudget(text, minimum) {
  if (text.trim() === '') return 'A budget is needed: the training never takes longer.'
  const seconds = readDuration(text)
  if (seconds === undefined) return `“${text.trim()}” is no time. Write 1 for an hour, or 10 min, or 1 h 30 min.`
  if (seconds <= 0) return 'The budget has to be more than nothing.'
  if (seconds > longestBudget) return 'At most 1,344 hours are possible.'
  if (minimum !== undefined && seconds < minimum) return `That is too little for these photos on this machine: at least ${duration(Math.ceil(minimum))}.`
  return undefined
}

/**
 * The first thing that is wrong in a tab.
 *
 * @param {string} step
 * @param {TrainingForm} form
 * @param {Context} context
 * @returns {string | undefined}
 */
export function stepWrong(step, form, { names, estimate }) {
  const problem = (field) => estimate?.problems?.find((item) => item.field === field)?.message
  switch (step) {
    case 'name': return wrongName(form.name, names)
    case 'training': return form.trainingDatasetIDs.length === 0
      ? 'Choose at least one dataset to learn from.'
      : problem('trainingDatasetIDs')
    case 'evaluation':
      return form.evaluationDatasetID !== '' && form.trainingDatasetIDs.includes(form.evaluationDatasetID)
        ? 'A dataset that is learned from says nothing about new photos.' : problem('evaluationDatasetID')
    case 'budget': return wrongBudget(form.budget, estimate?.minimumSeconds)
    default: return undefined
  }
}
