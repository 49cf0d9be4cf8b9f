// @ts-check
// Every page: its path, its element, and where its code lies. Code is fetched when a page is first opened.

/**
 * @typedef {object} Page
 * @property {string} pattern
 * @property {string} name the element
 * @property {string} title
 * @property {() => Promise<any>} code
 * @property {string} [section] the navigation's entry that is lit
 * @property {boolean} [isBare] without the navigation at the side
 */

const datasets = () => import('../pages/datasets/dataset-page.js')
const project = () => import('../pages/projects/project-page.js')
const labelingPage = () => import('../labeling/labeling-page.js')

/** @type {Page[]} */
export const pages = [
  { pattern: '/', name: 'page-home', title: 'Home', code: () => import('../pages/home.js') },
  {
    pattern: '/storage', name: 'page-storage', title: 'Storage', code: () => import('../pages/storage/storage-page.js'),
  },
  {
    pattern: '/storage/:containerID', name: 'page-container', title: 'Container', section: '/storage',
    code: () => import('../pages/storage/container-page.js'),
  },
  {
    pattern: '/storage/:containerID/photos/:blobID', name: 'page-blob', title: 'Photo', section: '/storage',
    code: () => import('../pages/storage/blob-page.js'),
  },
  {
    pattern: '/datasets', name: 'page-datasets', title: 'Datasets',
    code: () => import('../pages/datasets/datasets-page.js'),
  },
  { pattern: '/datasets/:datasetID', name: 'page-dataset', title: 'Dataset', section: '/datasets', code: datasets },
  {
    pattern: '/datasets/:datasetID/:tab', name: 'page-dataset', title: 'Dataset', section: '/datasets', code: datasets,
  },
  {
    pattern: '/datasets/:datasetID/photos/:photoID', name: 'page-photo', title: 'Photo', section: '/datasets',
    code: () => import('../pages/datasets/photo-page.js'),
  },
  {
    pattern: '/projects', name: 'page-projects', title: 'Labeling projects',
    code: () => import('../pages/projects/projects-page.js'),
  },
  {
    pattern: '/projects/:projectID', name: 'page-project', title: 'Labeling project', section: '/projects',
    code: project,
  },
  {
    pattern: '/projects/:projectID/:tab', name: 'page-project', title: 'Labeling project', section: '/projects',
    code: project,
  },
  {
    pattern: '/label/:projectID', name: 'page-labeling', title: 'Label data', section: '/projects', isBare: true,
    code: labelingPage,
  },
  {
    pattern: '/label/:projectID/:taskID', name: 'page-labeling', title: 'Label data', section: '/projects',
    isBare: true, code: labelingPage,
  },
  {
    pattern: '/models', name: 'page-models', title: 'Custom models',
    code: () => import('../pages/models/models-page.js'),
  },
  {
    pattern: '/models/new', name: 'page-train', title: 'Train a new model', section: '/models',
    code: () => import('../pages/models/train-page.js'),
  },
  {
    pattern: '/models/:modelID', name: 'page-model', title: 'Model', section: '/models',
    code: () => import('../pages/models/model-page.js'),
  },
  { pattern: '/try', name: 'page-try', title: 'Try it out', code: () => import('../pages/try/try-page.js') },
  { pattern: '/jobs', name: 'page-jobs', title: 'Jobs', code: () => import('../pages/jobs.js') },
  { pattern: '/keys', name: 'page-keys', title: 'Keys and endpoint', code: () => import('../pages/keys.js') },
  { pattern: '/clean-up', name: 'page-clean-up', title: 'Clean up', code: () => import('../pages/clean-up.js') },
  { pattern: '/about', name: 'page-about', title: 'About', code: () => import('../pages/about.js') },
  {
    pattern: '/sign-in', name: 'page-sign-in', title: 'Sign in', isBare: true, code: () => import('../pages/sign-in.js'),
  },
]
