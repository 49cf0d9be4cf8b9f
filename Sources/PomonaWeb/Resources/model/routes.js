// @ts-check
// Which page a path names. No DOM.

/**
 * @typedef {{pattern: string, name: string}} Route `:word` in a pattern stands for one part of the path
 * @typedef {{name: string, pattern: string, params: Record<string, string>}} Match
 */

/** @param {string} path @returns {string[]} */
function parts(path) {
  return path.split('/').filter((part) => part !== '')
}

/**
 * The first route that fits.
 *
 * @param {Route[]} routes
 * @param {string} path
 * @returns {Match | undefined}
 */
export function matchRoute(routes, path) {
  const asked = parts(path)
  for (const route of routes) {
    const wanted = parts(route.pattern)
    if (wanted.length !== asked.length) continue
    /** @type {Record<string, string>} */
    const params = {}
    const fits = wanted.every((part, index) => {
      if (!part.startsWith(':')) return part === asked[index]
      const value = decoded(asked[index])
      if (value === undefined) return false
      params[part.slice(1)] = value
      return true
    })
    if (fits) return { name: route.name, pattern: route.pattern, params }
  }
  return undefined
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/**
 * @param {Record<string, string | string[] | undefined>} query
 * @returns {string} without the question mark; empty values are left out
 */
export function queryText(query) {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item) words.append(name, item)
  }
  return words.toString()
}
