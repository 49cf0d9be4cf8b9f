// @ts-check
// A labeling project: Dashboard, Data, Details.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { get, post } from '../../app/net/client.js'
import { go } from '../../app/navigation.js'
import { session } from '../../app/session.js'
import { remaining } from '../../model/task-counts.js'
import { counted } from '../../model/format.js'
import { kindWords } from '../../model/status.js'
import { icon } from '../../elements/icon.js'
import { pageHead, tabLinks } from '../../elements/page-head.js'
import { loading, statusChip } from '../../elements/parts.js'
import { deleteByName } from '../../elements/delete-dialog.js'
import { notify, notifyProblem } from '../../elements/toast.js'
import { exportLabels } from './export-dialog.js'
import { importLabels } from './import-dialog.js'
import './project-dashboard.js'
import './project-data.js'
import './project-details.js'

class ProjectPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  project = null
  isBusy = false

  connected() {
    this.follow('project', (event) => {
      if (event.id !== this.params.projectID) return
      if (event.type === 'deleted') go('/projects')
      else this.project = { ...event.value, role: this.project?.role ?? event.value.role }
    })
  }

  paramsChanged() {
    if (this.project?.id !== this.params.projectID) {
      this.project = null
      this.reload()
    }
    this.update()
  }

  async load() {
    this.project = await get(`/projects/${this.params.projectID}`, {}, this.signal)
    document.title = `${this.project.name} · Pomona`
  }

  get tab() {
    return this.params.tab ?? (this.project?.role === 'labeler' ? 'details' : 'dashboard')
  }

  render() {
    const { project } = this
    if (!project) return h('div', { class: 'page' }, loading())
    const base = `/projects/${project.id}`
    const isOwner = project.role === 'owner'
    const left = remaining(project.counts)
    // What comes next stands out: labels first, then what is made of them.
    const isLabeled = project.role !== 'labeler' && project.counts.total > 0 && left === 0
    const tab = (value, words) => ({
      path: value === 'dashboard' ? base : `${base}/${value}`, words, isShown: this.tab === value,
    })
    return h('div', { class: 'page full' },
      pageHead({
        title: project.name, crumbs: [['/projects', 'Labeling projects']], beside: statusChip('project', project.state),
        text: [
          kindWords(project.kind),
          ' · dataset ',
          // A dataset that is gone leaves its name, and one that is the owner's alone cannot be opened by others.
          session.isOwner && project.dataset.id
            ? h('a', { href: `/datasets/${project.dataset.id}` }, project.dataset.name)
            : project.dataset.name,
          project.dataset.id ? '' : ' (deleted)',
          project.counts.total > 0 && left === 0 ? ' · nothing left to label' : ` · ${counted(left, 'photo')} left`,
        ],
        actions: [
          isOwner && (project.state === 'running'
              ? h('button',
                {
                  class: 'button', type: 'button', key: 'pause', disabled: this.isBusy,
                  onclick: () => this.act('pause'),
                },
                icon('pause'),
                'Pause')
              : h('button',
                {
                  class: ['button', project.state === 'created' && 'primary'], type: 'button', key: 'start',
                  disabled: this.isBusy, onclick: () => this.act('start'),
                },
                icon('play'),
                'Start')),
          isOwner && h('button', { class: 'button', type: 'button', onclick: () => importLabels(project) },
            icon('upload'),
            'Import'),
          project.role !== 'labeler' && h('button',
            { class: ['button', isLabeled && 'primary'], type: 'button', onclick: () => this.export() },
            icon('download'),
            'Export'),
          project.state === 'running' && h('a',
            { class: ['button', !isLabeled && 'primary'], href: `/label/${project.id}` },
            icon('label'),
            'Label data'),
          isOwner && h('button',
            {
              class: 'icon-button', type: 'button', title: 'Delete', 'aria-label': 'Delete the project',
              onclick: () => this.delete(),
            },
            icon('clean')),
        ],
      }),
      project.categories.length === 0 && h('div', { class: 'notice warn' },
        icon('info'),
        h('span', null, 'Before it can start, the project needs label categories. ',
          this.tab !== 'details' && h('a', { href: `${base}/details` }, 'Add label categories'))),
      project.role !== 'labeler' && tabLinks({
        label: 'Parts of the project',
        tabs: [tab('dashboard', 'Dashboard'), tab('data', 'Data'), tab('details', 'Details')],
      }),
      this.tab === 'dashboard' && h('project-dashboard', { key: project.id, '.project': project }),
      this.tab === 'data' && h('project-data', { key: project.id, '.project': project }),
      this.tab === 'details' && h('project-details', {
        key: project.id, '.project': project, '.take': (value) => this.take(value),
      }))
  }

  /** @param {any} project as the server has it now */
  take(project) {
    this.project = project
    this.update()
  }

  /** @param {'start' | 'pause'} action */
  async act(action) {
    if (action === 'start' && this.project.categories.length === 0) {
      notify('Before it can start, the project needs label categories.', { tone: 'bad' })
      go(`/projects/${this.project.id}/details`)
      return
    }
    this.isBusy = true
    this.update()
    try {
      this.project = await post(`/projects/${this.project.id}:${action}`)
    } catch (error) {
      notifyProblem(error)
    }
    this.isBusy = false
    this.update()
  }

  async export() {
    const answer = await exportLabels(this.project)
    if (!answer) return
    if (answer.url) location.assign(answer.url)
    else notify(`${answer.blob.name} is in the container and in the dataset.`, {
      tone: 'good',
      ...(session.isOwner && this.project.dataset.id && {
        action: { label: 'Open the dataset', run: () => go(`/datasets/${this.project.dataset.id}`) },
      }),
    })
  }

  async delete() {
    const done = await deleteByName({
      kind: 'labeling project',
      name: this.project.name,
      path: `/projects/${this.project.id}`,
      text: h('p', null,
        'Its labels go with it; what was exported stays in the dataset. It is kept in the trash of Clean up for 30 days.'),
    })
    if (done) go('/projects')
  }
}

customElements.define('page-project', ProjectPage)
