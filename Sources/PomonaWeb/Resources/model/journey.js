// @ts-check
// How far an undertaking has come, from photos to a model in use.

import { isTraining, isUsable } from './status.js'
import { counted, percent } from './format.js'
import { mainFigure } from './performance.js'

/** @typedef {{title: string, state: string, action: string, path: string, isDone: boolean}} Step */

/**
 * @param {{counts: {photos: number, containers: number}}} group
 * @param {any[]} datasets
 * @param {any[]} projects
 * @param {any[]} models
 * @returns {Step[]}
 */
export function journey(group, datasets, projects, models) {
  const { photos, containers } = group.counts
  const labeled = datasets.reduce((sum, dataset) => sum + (dataset.labeledPhotoCount ?? 0), 0)
  const project = projects.find(({ state }) => state === 'running') ?? projects[0]
  const usable = models.filter(isUsable)
  const training = models.find(isTraining)
  const best = usable.map((model) => mainFigure(model.performance)).filter((value) => value !== undefined)
    .sort((a, b) => b.value - a.value)[0]
  return [
    {
      title: 'Bring photos', isDone: photos > 0, path: '/storage', action: 'Upload',
      state: photos > 0
        ? `${counted(photos, 'photo')} in ${counted(containers, 'container')}`
        : 'Upload photos into a container, or start with the sample.',
    },
    {
      title: 'Make a dataset', isDone: datasets.length > 0, path: '/datasets', action: 'Add a dataset',
      state: datasets.length > 0
        ? datasets.slice(0, 3).map(({ name }) => name).join(', ')
        : 'A dataset joins the photos of a container with their labels.',
    },
    {
      title: 'Label', isDone: labeled > 0 && !(project && project.state === 'running' && remaining(project) > 0),
      path: project ? `/projects/${project.id}` : '/projects', action: 'Label',
      state: project ? `${project.name}: ${counted(remaining(project), 'photo')} left` : labeled > 0
        ? `${counted(labeled, 'labeled photo')}` : 'Draw boxes or choose tags; after a dozen photos the machine proposes the rest.',
    },
    {
      title: 'Train a model',
      isDone: usable.length > 0,
      path: training ? `/models/${training.id}` : usable.length > 0 ? '/models' : '/models/new',
      action: training ? 'Watch' : 'Train',
      state: training
        ? `“${training.name}” is being trained`
        : best
        ? `${counted(usable.length, 'model')}, the best with ${best.label} ${percent(best.value)}`
        : 'A few minutes on a plain processor.',
    },
    {
      title: 'Try it out', isDone: false, path: usable[0] ? `/try?model=${usable[0].id}` : '/try', action: 'Try it out',
      state: 'See what it finds in new photos, then call it over HTTP.',
    },
  ]
}

/** @param {any} project */
function remaining(project) {
  const { unlabeled = 0, preLabeled = 0, rejected = 0 } = project.counts ?? {}
  return unlabeled + preLabeled + rejected
}
