// @ts-check
// Mistakes of an evaluation in words, with all that a picture of them needs.

import { percent } from './format.js'

/** Kinds in the order in which they are listed, in words. @type {[string, string][]} */
export const mistakeKinds = [
  ['missed', 'Missed'], ['falseDetection', 'False'], ['wrongTag', 'Wrong tag'], ['looseBox', 'Loose box'],
]

/**
 * @typedef {{label: string, box?: any, isConcerned: boolean}} Shown
 * @typedef {{kind: string, photo: {blobID: string, name: string, width: number, height: number}, truths: Shown[],
 *   found: Shown[],
 *   words: string, said: string | undefined, overlap: number | undefined}} ShownMistake
 */

/** @param {any} a @param {any} b */
function isSame(a, b) {
  return a && b && a.label === b.label && ['xMin', 'yMin', 'xMax', 'yMax'].every(
    (side) => a.box?.[side] === b.box?.[side]
  )
}

/**
 * @param {any} evaluation with metrics
 * @returns {ShownMistake[]} the worst first; those whose photo is unknown are left out
 */
export function mistakesOf({ labels, photos = {}, detection, classification }) {
  if (classification) {
    return classification.mistakes.filter(({ photo }) => photos[photo]).map((mistake) => ({
      kind: 'wrongTag', photo: photos[mistake.photo], overlap: undefined, said: labels[mistake.predicted],
      truths: [], found: [],
      words: `${labels[mistake.truth]} taken for ${labels[mistake.predicted]}, ${percent(mistake.confidence)}`,
    }))
  }
  return (detection?.mistakes ?? []).filter(({ photo }) => photos[photo]).map((mistake) => {
    const photo = photos[mistake.photo]
    const shown = (item, concerned) => ({
      label: labels[item.label], box: item.box, isConcerned: isSame(item, concerned),
    })
    const truth = mistake.truth && labels[mistake.truth.label]
    const found = mistake.detection && labels[mistake.detection.label]
    const sure = mistake.detection ? percent(mistake.detection.confidence) : ''
    const words = {
      missed: `${truth} not found`, falseDetection: `${found} where there is none, ${sure}`,
      wrongTag: `${truth} taken for ${found}, ${sure}`,
      looseBox: `box of ${found} does not fit, ${sure}`,
    }[mistake.kind] ?? mistake.kind
    // The evaluation names the photo's detections above its threshold; a missed object may have a weak one besides.
    const all = [...(photo.detections ?? [])]
    if (mistake.detection && mistake.kind !== 'missed' && !all.some((item) => isSame(item, mistake.detection))) all.push(mistake.detection)
    return {
      kind: mistake.kind, photo, words, said: found ?? truth, overlap: mistake.intersectionOverUnion,
      truths: (photo.annotations ?? []).map((item) => shown(item, mistake.truth)),
      found: all.map((item) => shown(item, mistake.detection)),
    }
  })
}
