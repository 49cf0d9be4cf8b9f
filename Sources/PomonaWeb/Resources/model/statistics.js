// @ts-check
// What the figures about labels say, in bars and in words.

/**
 * @typedef {{photoCount: number, labeledPhotoCount: number, annotationCount: number,
 *   tags: {name: string, annotations: number, photos: number}[], annotationsPerPhoto: number[], boxSizes: number[],
 *   aspectRatios: number[], positions: {columns: number, rows: number, counts: number[]},
 *   photoSizes: {width: number, height: number, count: number}[]}} Statistics
 */

/**
 * @param {Statistics['tags']} tags
 * @returns {{label: string, value: number, note: string}[]} the most frequent first
 */
export function tagBars(tags) {
  return [...tags].sort((a, b) => b.annotations - a.annotations || a.name.localeCompare(b.name)).map((tag) => ({
    label: tag.name,
    value: tag.annotations,
    note: `${tag.annotations} in ${tag.photos} ${tag.photos === 1 ? 'photo' : 'photos'}`,
  }))
}

/** @param {number[]} counts photos with 0, 1, 2 ... annotations */
export function perPhotoBars(counts) {
  return counts.map((value, index) => ({
    label: index === counts.length - 1 && index >= 10 ? '10+' : String(index), value,
    note: `${value} ${value === 1 ? 'photo has' : 'photos have'} ${index === counts.length - 1 && index >= 10 ? '10 or more' : index}`,
  }))
}

/** @param {number[]} counts boxes by the square root of their share of the photo */
export function sizeBars(counts) {
  return counts.map((value, index) => {
    const [low, high] = [index / counts.length, (index + 1) / counts.length]
    const words = `${Math.round(low * 100)}–${Math.round(high * 100)}%`
    return {
      label: index % 2 === 0 ? `${Math.round(low * 100)}` : '', value,
      note: `${value} with sides of about ${words} of the photo`,
    }
  })
}

/** @param {number[]} counts boxes by width over height, logarithmic from 1/8 to 8 */
export function aspectBars(counts) {
  const edge = (index) => 2 ** (-3 + (6 * index) / counts.length)
  const words = (ratio) => ratio >= 1 ? `${ratio.toFixed(1)}:1` : `1:${(1 / ratio).toFixed(1)}`
  const marks = new Map([[0, 'tall'], [counts.length >> 1, 'square'], [counts.length - 1, 'wide']])
  return counts.map((value, index) => ({
    label: marks.get(index) ?? '', value, note: `${value} between ${words(edge(index))} and ${words(edge(index + 1))}`,
  }))
}

/**
 * What a person should know before training.
 *
 * @param {Statistics} statistics
 * @param {number} [fewest] annotations of a tag below which it is hard to learn
 * @returns {string[]}
 */
export function advice(statistics, fewest = 5) {
  const lines = []
  const { tags } = statistics
  if (tags.length === 0) return ['Nothing is labeled yet.']
  const rare = tags.filter((tag) => tag.annotations < fewest)
  if (rare.length > 0) {
    const names = rare.slice(0, 3).map((tag) => `“${tag.name}” (${tag.annotations})`).join(', ')
    lines.push(`${names}${rare.length > 3 ? ` and ${rare.length - 3} more` : ''}: fewer than ${fewest} examples are little to learn from.`)
  }
  const counts = tags.map((tag) => tag.annotations).filter((count) => count > 0)
  if (counts.length > 1 && Math.max(...counts) > 10 * Math.min(...counts)) {
    lines.push('The most frequent tag has more than ten times the examples of the rarest.')
  }
  const small = (statistics.boxSizes[0] ?? 0) / Math.max(1, statistics.annotationCount)
  if (small > 0.3) lines.push('Many boxes are smaller than a tenth of their photo: nearer photos or tiles would help.')
  return lines
}
