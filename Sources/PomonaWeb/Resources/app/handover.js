// @ts-check
// What a page had fetched and the next one will ask for: it is shown at once, while it is asked for again.

/** By the path that the API has for it. @type {Map<string, any>} */
const known = new Map()
const most = 20

/** @param {string} path @param {any} value */
export function handOver(path, value) {
  known.delete(path)
  known.set(path, value)
  for (const old of known.keys()) {
    if (known.size <= most) break
    known.delete(old)
  }
}

/** @param {string} path @returns {any} what was handed over, once; `null` where nothing was */
export function takeOver(path) {
  const value = known.get(path) ?? null
  known.delete(path)
  return value
}
