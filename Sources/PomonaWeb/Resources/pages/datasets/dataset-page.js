// @ts-check
// A dataset: its photos, its label files, its statistics and its health.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { apiURL, get, remove } from '../../app/net/client.js'
import { go } from '../../app/navigation.js'
import { count, counted } from '../../model/format.js'
import { kindWords } from '../../model/status.js'
import { confirmDialog, openDialog } from '../../elements/dialog.js'
import { deleteByName } from '../../elements/delete-dialog.js'
import { choiceField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { pageHead, tabLinks } from '../../elements/page-head.js'
import { loading } from '../../elements/parts.js'
import { notify } from '../../elements/toast.js'
import { newProject } from '../projects/new-project.js'
import { addCocoFile } from './add-coco.js'
import './dataset-health.js'
import './dataset-photos.js'
import './dataset-statistics.js'

class DatasetPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  dataset = null

  connected() {
    this.follow('dataset', (event) => {
      if (event.id !== this.params.datasetID) return
      if (event.type === 'deleted') go('/datasets')
      else this.dataset = event.value
    })
  }

  paramsChanged() {
    if (this.dataset?.id !== this.params.datasetID) {
      this.dataset = null
      this.reload()
    }
    this.update()
  }

  async load() {
    this.dataset = await get(`/datasets/${this.params.datasetID}`, {}, this.signal)
    document.title = `${this.dataset.name} · Pomona`
  }

  get tab() {
    return this.params.tab ?? 'photos'
  }

  render() {
    const { dataset } = this
    if (!dataset) return h('div', { class: 'page' }, loading())
    const base = `/datasets/${dataset.id}`
    // Without labels there is nothing to learn from, so labeling comes first.
    const [label, train] = dataset.labeledPhotoCount > 0 ? ['button', 'button primary'] : ['button primary', 'button']
    const tab = (value, words) => ({
      path: value === 'photos' ? base : `${base}/${value}`, words, isShown: this.tab === value,
    })
    // Without labels there is nothing to learn from yet.
    const next = (isNext) => ['button', isNext && 'primary']
    const isLabeled = dataset.labeledPhotoCount > 0
    return h('div', { class: 'page full' },
      pageHead({
        title: dataset.name, crumbs: [['/datasets', 'Datasets']],
        text: [
          kindWords(dataset.kind),
          ' · ',
          dataset.container
            ? h('a', { href: `/storage/${dataset.container.id}` }, dataset.container.name)
            : 'its container is gone',
          ` · ${counted(dataset.photoCount, 'photo')}, ${count(dataset.labeledPhotoCount)} labeled`,
        ],
        actions: [
          dataset.container && h('button', { class: 'button', type: 'button', onclick: () => this.addCoco() },
            icon('file'),
            'Add COCO file'),
          dataset.projects.length > 0
            ? h('a', { class: next(!isLabeled), href: `/projects/${dataset.projects[0].id}` },
              icon('label'),
              'Labeling project')
            : h('button', { class: next(!isLabeled), type: 'button', onclick: () => this.label() },
              icon('label'),
              'New labeling project'),
          h('a', { class: next(isLabeled), href: `/models/new?dataset=${dataset.id}` },
            icon('model'),
            'Train a new model'),
          h('button',
            {
              class: 'icon-button', type: 'button', title: 'Export', 'aria-label': 'Export as a COCO file',
              onclick: () => this.export(),
            },
            icon('download')),
          h('button',
            {
              class: 'icon-button', type: 'button', title: 'Delete', 'aria-label': 'Delete the dataset',
              onclick: () => this.delete(),
            },
            icon('clean')),
        ],
      }),
      tabLinks({
        label: 'Parts of the dataset',
        tabs: [
          tab('photos', 'Photos'),
          tab('files', ['COCO files', h('span', { class: 'chip' }, dataset.cocoFiles.length)]),
          tab('statistics', 'Statistics'),
          tab('health', 'Doctor'),
        ],
      }),
      this.tab === 'photos' && h('dataset-photos', { key: dataset.id, '.dataset': dataset }),
      this.tab === 'files' && this.#files(),
      this.tab === 'statistics' && h('dataset-statistics', { key: dataset.id, '.dataset': dataset }),
      this.tab === 'health' && h('dataset-health', { key: dataset.id, '.dataset': dataset }))
  }

  #files() {
    const { dataset } = this
    return h('section', { class: 'stack', key: 'files' },
      dataset.cocoFiles.length === 0
        ? h('p', { class: 'muted card' },
          'No COCO files. Labels can come from a file in the container, from a file of yours, or from a labeling project.')
        : h('ul', { class: 'list' },
          dataset.cocoFiles.map((file) => h('li', { class: 'list-row', key: file.id }, icon('file'),
            h('div', { class: 'grow' }, h('div', { class: 'strong' }, file.name),
              h('div', { class: 'muted small' },
                `${counted(file.imageCount, 'photo')}, ${counted(file.annotationCount, 'annotation')}, `
                  + {
                    blob: 'from the container', upload: 'from a file', project: 'from a labeling project'
                  }[file.source])),
            file.findingCount > 0 && h('a', { class: 'status status-warn', href: `/datasets/${dataset.id}/health` },
              counted(file.findingCount, 'finding')),
            h('button',
              {
                class: 'icon-button', type: 'button', 'aria-label': `Remove ${file.name}`, title: 'Remove',
                onclick: () => this.removeFile(file),
              },
              icon('close'))))))
  }

  async addCoco() {
    const answer = await addCocoFile(this.dataset)
    if (!answer) return
    this.dataset = answer.dataset
    this.update()
    notify(
      `${counted(answer.file.annotationCount, 'annotation')} of ${counted(answer.file.imageCount, 'photo')} added.`,
      { tone: 'good' })
  }

  async label() {
    const project = await newProject(this.dataset)
    if (project) go(`/projects/${project.id}/details`)
  }

  /** @param {any} file */
  async removeFile(file) {
    await confirmDialog({
      title: `Remove ${file.name}?`,
      text: 'Its labels leave the dataset. The file itself stays in the container.',
      action: 'Remove',
      danger: true,
      run: async () => {
        this.dataset = await remove(`/datasets/${this.dataset.id}/coco-files/${file.id}`)
      },
    })
    this.update()
  }

  async export() {
    let form = 'pixels'
    const chosen = await openDialog({
      title: 'Export as a COCO file',
      body: (dialog) => choiceField({
        legend: 'Form of the boxes', name: 'form', value: form, choices: [
          { value: 'pixels', label: 'Pixels', note: 'Ordinary COCO, as most programs read it.' },
          { value: 'fractions', label: 'Fractions of the photo', note: 'As Azure’s Image Analysis 4.0 demands it.' },
        ],
        onchange: (value) => {
          form = value
          dialog.update()
        },
      }),
      actions: () => h('button', { class: 'button primary', type: 'submit' }, 'Download'),
      submit: (dialog) => dialog.close(form),
    })
    if (chosen) location.assign(apiURL(`/datasets/${this.dataset.id}/export`, { form: chosen }))
  }

  async delete() {
    const done = await deleteByName({
      kind: 'dataset', name: this.dataset.name, path: `/datasets/${this.dataset.id}`,
      text: h('p', null,
        'Its photos stay in the container, models trained on it stay too.',
        this.dataset.projects.length > 0
          && ' So do its labeling projects with their labels, but they can no longer train or export into the dataset.',
        ' The dataset with its files of labels cannot be had back.'),
    })
    if (done) go('/datasets')
  }
}

customElements.define('page-dataset', DatasetPage)
