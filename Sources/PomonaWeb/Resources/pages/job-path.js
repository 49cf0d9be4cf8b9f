// @ts-check

/**
 * The page of what a job works on.
 * @param {{subject?: {kind: string, id: string}}} job
 * @returns {string | undefined}
 */
export function jobPath({ subject }) {
  const folders = /** @type {Record<string, string>} */ ({
    model: '/models', dataset: '/datasets', project: '/projects', container: '/storage',
  })
  const folder = subject && folders[subject.kind]
  return folder && subject ? `${folder}/${subject.id}` : undefined
}
