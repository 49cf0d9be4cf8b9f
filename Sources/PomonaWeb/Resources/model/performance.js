// @ts-check
// The one figure that stands for a model in lists, and the rows of its page.

/** @typedef {Record<string, any>} Performance as `modelPerformance` of Azure's API */

/**
 * @param {Performance | undefined} performance
 * @returns {{label: string, value: number} | undefined}
 */
export function mainFigure(performance) {
  if (!performance) return undefined
  if (performance.meanAveragePrecision50 !== undefined) {
    return { label: 'mAP @ 50', value: performance.meanAveragePrecision50 }
  }
  if (performance.accuracyTop1 !== undefined) return { label: 'Top-1 accuracy', value: performance.accuracyTop1 }
  return undefined
}

const rows = [
  [
    'meanAveragePrecision50',
    'mAP @ 50',
    'Mean over the tags of the average precision, where a box counts as found at an overlap (IoU) of 0.5',
  ],
  ['meanAveragePrecision75', 'mAP @ 75', 'The same at an overlap of 0.75: boxes have to fit well'],
  ['meanAveragePrecision30', 'mAP @ 30', 'The same at an overlap of 0.3: boxes may be loose'],
  ['meanAveragePrecision', 'mAP @ 50–95', 'Mean over the overlaps 0.50, 0.55 … 0.95: COCO’s main figure'],
  ['accuracyTop1', 'Top-1 accuracy', 'Share of photos whose first tag is right'],
  ['accuracyTop5', 'Top-5 accuracy', 'Share of photos whose tag is among the first five'],
  ['averagePrecision', 'Average precision', 'Mean over the tags of their average precision'],
  ['calibrationECE', 'Calibration error', 'How far confidences are from the share that is right; 0 is best'],
]

/**
 * @param {Performance | undefined} performance
 * @returns {{key: string, label: string, meaning: string, value: number}[]}
 */
export function figures(performance) {
  if (!performance) return []
  return rows.filter(([key]) => performance[key] !== undefined)
    .map(([key, label, meaning]) => ({ key, label, meaning, value: performance[key] }))
}

/**
 * Each tag's figure, the best first.
 *
 * @param {Performance | undefined} performance
 * @returns {{tag: string, value: number | undefined}[]}
 */
export function tagFigures(performance) {
  return Object.entries(performance?.tagPerformance ?? {})
    .map(([tag, figure]) => ({ tag, value: figure.averagePrecision50 ?? figure.accuracy }))
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || a.tag.localeCompare(b.tag))
}

/** @param {string | undefined} measured what the figures were measured on */
export function measuredWords(measured) {
  return {
    evaluation: 'on the evaluation dataset', heldOut: 'on a part of the training photos that was held out',
    training: 'on the training photos themselves, for want of others: too good to be believed',
  }[measured ?? ''] ?? ''
}
