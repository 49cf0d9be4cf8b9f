// @ts-check
// Numbers, sizes and times as a person reads them.

const units = ['B', 'KB', 'MB', 'GB', 'TB']

/** @param {number | undefined} bytes */
export function bytes(bytes) {
  if (bytes === undefined || !Number.isFinite(bytes)) return '–'
  let value = Math.max(0, bytes)
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1
  return `${value.toFixed(digits)} ${units[unit]}`
}

/**
 * A name that fits a narrow place. Photos of one camera begin alike and end in a number, so both ends are kept.
 *
 * @param {string} name
 * @param {number} most letters
 */
export function shortened(name, most) {
  const letters = [...name]
  if (letters.length <= most) return name
  const tail = Math.ceil(most / 2)
  return `${letters.slice(0, most - tail - 1).join('')}…${letters.slice(-tail).join('')}`
}

const grouped = new Intl.NumberFormat('en')

/** @param {number | undefined} value a count */
export function count(value) {
  return value === undefined ? '–' : grouped.format(value)
}

/**
 * A count with its noun: `1 photo`, `2,000 photos`.
 *
 * @param {number} value
 * @param {string} one
 * @param {string} [many]
 */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** @param {number | undefined | null} share 0...1 @param {number} [digits] */
export function percent(share, digits = 0) {
  return share === undefined || share === null || !Number.isFinite(share) ? '–' : `${(share * 100).toFixed(digits)}%`
}

/**
 * A length of time in at most two units: `45 s`, `2 min 5 s`, `1 h 20 min`, `3 d 4 h`.
 *
 * @param {number | undefined} seconds
 */
export function duration(seconds) {
  if (seconds === undefined || !Number.isFinite(seconds)) return '–'
  const whole = Math.max(0, Math.round(seconds))
  const parts = [
    [Math.floor(whole / 86400), 'd'], [Math.floor(whole / 3600) % 24, 'h'], [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ]
  const first = parts.findIndex(([value]) => Number(value) > 0)
  if (first < 0) return seconds > 0 ? '< 1 s' : '0 s'
  return parts.slice(first, first + 2).filter(([value]) => Number(value) > 0).map((part) => part.join(' ')).join(' ')
}

/**
 * `just now`, `5 min ago`, `yesterday at 14:05`, `3 Mar 2026`.
 *
 * @param {string | undefined} time ISO 8601
 * @param {Date} [now]
 */
export function ago(time, now = new Date()) {
  if (!time) return '–'
  const then = new Date(time)
  const seconds = (now.getTime() - then.getTime()) / 1000
  if (Number.isNaN(seconds)) return '–'
  if (seconds < 45) return 'just now'
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`
  const clock = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const midnight = new Date(now)
  midnight.setHours(0, 0, 0, 0)
  if (then >= midnight) return `today at ${clock}`
  if (then.getTime() >= midnight.getTime() - 86_400_000) return `yesterday at ${clock}`
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** @param {string | undefined} time ISO 8601 */
export function moment(time) {
  if (!time) return '–'
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/**
 * Reads what a person types as a length of time: `90`, `90 s`, `10m`, `1.5 h`, `1 h 20 min`. A bare number means hours,
 *   as in
 * the exercise's training budget.
 *
 * @param {string} text
 * @returns {number | undefined} seconds; `undefined` where it is not one
 */
export function readDuration(text) {
  const plain = text.trim().toLowerCase().replace(',', '.')
  if (plain === '') return undefined
  if (/^\d+(\.\d+)?$/.test(plain)) return Number(plain) * 3600
  const part = /(\d+(?:\.\d+)?)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d)\s*/y
  let sum = 0
  let place = 0
  while (place < plain.length) {
    part.lastIndex = place
    const found = part.exec(plain)
    if (!found) return undefined
    sum += Number(found[1]) * { s: 1, m: 60, h: 3600, d: 86400 }[/** @type {'s'} */ (found[2][0])]
    place = part.lastIndex
  }
  return sum
}
