// @ts-check
// Axes of charts.

/**
 * Round values along an axis.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} [count] about so many
 * @returns {number[]}
 */
export function ticks(low, high, count = 5) {
  if (!(high > low)) return [low]
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => rough <= factor * power * 1.0001) ?? 10)
  const values = []
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    values.push(Number((index * step).toPrecision(12)))
  }
  return values
}

/**
 * @param {[number, number]} domain
 * @param {[number, number]} range
 * @returns {(value: number) => number}
 */
export function linear([low, high], [from, to]) {
  const span = high - low
  return (value) => span === 0 ? (from + to) / 2 : from + ((value - low) / span) * (to - from)
}

/** @param {number} value @returns {string} short, for an axis */
export function tickLabel(value) {
  if (Math.abs(value) >= 10_000) return `${Number((value / 1000).toPrecision(3))}k`
  return String(Number(value.toPrecision(4)))
}

/**
 * A line through points as the data of a path; gaps where a value is missing.
 *
 * @param {{x: number, y: number | undefined}[]} points in pixels
 */
export function linePath(points) {
  let path = ''
  let isDown = false
  for (const { x, y } of points) {
    if (y === undefined || !Number.isFinite(y)) {
      isDown = false
      continue
    }
    path += `${isDown ? 'L' : 'M'}${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
    isDown = true
  }
  return path
}

/**
 * The mean of the last few values at each place, so that a trend shows through the noise.
 *
 * @param {number[]} values
 * @param {number} window
 */
export function smoothed(values, window) {
  let sum = 0
  return values.map((value, index) => {
    sum += value
    if (index >= window) sum -= values[index - window]
    return sum / Math.min(index + 1, window)
  })
}
