// @ts-check
// Filters of lists, kept in the address so that a view can be reloaded, bookmarked and sent to somebody.

/**
 * @typedef {{tags: string[], labels: 'any' | 'with' | 'without', search: string}} PhotoFilter
 * @typedef {{states: string[], categoryID: string, labelerID: string, disagreement: number, search: string,
 *   isLeftOut: boolean, sort: string}} TaskFilter
 */

/** @param {URLSearchParams} query @returns {PhotoFilter} */
export function photoFilter(query) {
  const labels = query.get('labels')
  return {
    tags: query.getAll('tag'), labels: labels === 'with' || labels === 'without' ? labels : 'any',
    search: query.get('search') ?? '',
  }
}

/** @param {PhotoFilter} filter @returns {Record<string, string | string[]>} as the API and the address have it */
export function photoQuery({ tags, labels, search }) {
  return { tag: tags, labels: labels === 'any' ? '' : labels, search }
}

/** @param {PhotoFilter} filter */
export function isFiltered({ tags, labels, search }) {
  return tags.length > 0 || labels !== 'any' || search !== ''
}

/**
 * One tag more or less; asking for tags and for photos without labels excludes one another.
 *
 * @param {PhotoFilter} filter
 * @param {string} tag
 * @returns {PhotoFilter}
 */
export function tagSwitched(filter, tag) {
  const tags = filter.tags.includes(tag) ? filter.tags.filter((other) => other !== tag) : [...filter.tags, tag]
  return { ...filter, tags, labels: filter.labels === 'without' ? 'any' : filter.labels }
}

/** @param {PhotoFilter} filter @param {PhotoFilter['labels']} labels @returns {PhotoFilter} */
export function labelsChosen(filter, labels) {
  return { ...filter, labels, tags: labels === 'without' ? [] : filter.tags }
}

/** @param {URLSearchParams} query @returns {TaskFilter} */
export function taskFilter(query) {
  const disagreement = Number(query.get('disagreement') ?? 0)
  return {
    states: query.getAll('state'), categoryID: query.get('categoryID') ?? '', labelerID: query.get('labelerID') ?? '',
    disagreement: disagreement > 0 && disagreement <= 1 ? disagreement : 0, search: query.get('search') ?? '',
    isLeftOut: query.get('leftOut') === '1', sort: query.get('sort') ?? '',
  }
}

/**
 * One state more or less; photos left out of the project have none.
 *
 * @param {TaskFilter} filter
 * @param {string} state
 * @returns {TaskFilter}
 */
export function stateSwitched(filter, state) {
  const { states } = filter
  return {
    ...filter, isLeftOut: false,
    states: states.includes(state) ? states.filter((other) => other !== state) : [...states, state],
  }
}

/** @param {TaskFilter} filter whether it keeps any photo of the project from being shown */
export function isTaskFiltered({ states, categoryID, labelerID, disagreement, search, isLeftOut }) {
  return states.length > 0 || categoryID !== '' || labelerID !== '' || disagreement > 0 || search !== '' || isLeftOut
}

/** @param {TaskFilter} filter whether there can be photos under it that wait for an approval */
export function hasApprovable({ states, isLeftOut }) {
  return !isLeftOut && (states.length === 0 || states.includes('submitted') || states.includes('needsReview'))
}

/** @param {TaskFilter} filter @returns {TaskFilter} photos left out of the project, or those in it */
export function leftOutSwitched(filter) {
  return { ...filter, isLeftOut: !filter.isLeftOut, states: [] }
}

/** @param {TaskFilter} filter @returns {Record<string, string | string[]>} */
export function taskQuery({ states, categoryID, labelerID, disagreement, search, isLeftOut, sort }) {
  return {
    state: states, categoryID, labelerID, disagreement: disagreement > 0 ? String(disagreement) : '', search,
    leftOut: isLeftOut ? '1' : '', sort,
  }
}

/** The same as the body of a review of everything shown. @param {TaskFilter} filter */
export function reviewFilter({ states, categoryID, labelerID, disagreement, search, isLeftOut }) {
  return {
    state: states, ...(categoryID && { categoryID }), ...(labelerID && { labelerID }),
    ...(disagreement > 0 && { disagreement }), ...(search && { search }), ...(isLeftOut && { leftOut: true }),
  }
}
