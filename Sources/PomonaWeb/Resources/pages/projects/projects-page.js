// @ts-check
// The labeling projects of the group.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all } from '../../app/net/client.js'
import { go } from '../../app/navigation.js'
import { session } from '../../app/session.js'
import { counted } from '../../model/format.js'
import { decided } from '../../model/task-counts.js'
import { kindWords } from '../../model/status.js'
import { icon } from '../../elements/icon.js'
import { listPage } from '../../elements/list-page.js'
import { pageHead } from '../../elements/page-head.js'
import { progressBar, statusChip, tagChip } from '../../elements/parts.js'
import { newProject } from './new-project.js'

class ProjectsPage extends View {
  /** @type {any[] | null} */
  projects = null
  /** @type {any[]} */
  datasets = []

  connected() {
    this.followList('projects', 'project', (value) => value.groupID === session.groupID)
    this.followList('datasets', 'dataset', (value) => value.groupID === session.groupID)
  }

  async load() {
    if (!session.groupID) return
    [this.projects, this.datasets] = await Promise.all([
      all(`/groups/${session.groupID}/projects`, {}, this.signal),
      session.isOwner ? all(`/groups/${session.groupID}/datasets`, {}, this.signal) : [],
    ])
  }

  render() {
    const add = () => h('button', { class: 'button primary', type: 'button', onclick: () => this.add() },
      icon('plus'),
      'New labeling project')
    const head = pageHead({
      title: 'Labeling projects',
      text: 'People label photos, a machine that learns from them proposes the rest, and the labels become a COCO file of the dataset.',
      actions: session.groupID && this.datasets.length > 0 && add(),
    })
    return listPage(head, this.projects, () => session.isOwner ? {
      icon: 'label',
      title: 'No labeling projects yet',
      text: this.datasets.length > 0
        ? 'A project labels the photos of a dataset.'
        : 'A project labels the photos of a dataset: make a dataset first.',
      actions: this.datasets.length > 0
        ? add()
        : h('a', { class: 'button primary', href: '/datasets' }, icon('dataset'), 'Datasets'),
    } : {
      icon: 'label',
      title: 'No labeling projects yet',
      text: 'Open the link of an invitation to join one.',
    }, (projects) => h('div', { class: 'cards' }, projects.map((project) => this.#card(project))))
  }

  /** @param {any} project */
  #card(project) {
    const done = decided(project.counts)
    return h('a', { class: 'card link-card', key: project.id, href: `/projects/${project.id}` },
      h('span', { class: 'row' },
        h('span', { class: 'strong clip grow' }, project.name),
        statusChip('project', project.state)),
      h('span', { class: 'muted' }, `${kindWords(project.kind)}, dataset ${project.dataset.name}`),
      h('span', { class: 'stack tight-stack' },
        progressBar(project.counts.total > 0 ? done / project.counts.total : 0, `Progress of ${project.name}`),
        h('span', { class: 'faint small' }, `${done} of ${counted(project.counts.total, 'photo')} done`)),
      h('span', { class: 'chips' }, project.categories.slice(0, 8).map(({ name, color }) => tagChip(name, color))))
  }

  async add() {
    const project = await newProject(null, this.datasets)
    if (project) go(`/projects/${project.id}/details`)
  }
}

customElements.define('page-projects', ProjectsPage)
