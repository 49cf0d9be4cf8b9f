// @ts-check
// How the labeling comes along: progress, experiments, labels, people.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, get, post } from '../../app/net/client.js'
import { ago, count, counted, duration, percent } from '../../model/format.js'
import { status } from '../../model/status.js'
import { countParts, decided } from '../../model/task-counts.js'
import { barColumns, barRows } from '../../charts/bars.js'
import { stackedBar } from '../../charts/stacked-bar.js'
import { icon } from '../../elements/icon.js'
import { loading, progressBar, progressWords, statusChip } from '../../elements/parts.js'
import { notifyProblem } from '../../elements/toast.js'

/** From fewer photos nothing can be learned. */
const leastSubmitted = 2

class ProjectDashboard extends View {
  /** @type {any} */
  #project = null
  /** @type {any} */
  dashboard = null
  /** @type {any[]} */
  experiments = []
  #timer = 0

  get project() {
    return this.#project
  }

  set project(project) {
    const isOther = this.#project && JSON.stringify(project.counts) !== JSON.stringify(this.#project.counts)
    this.#project = project
    if (isOther && !this.#timer) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0
        this.reload()
      }, 800)
    }
    this.update()
  }

  connected() {
    this.followList('experiments', 'experiment', (value) => value.projectID === this.project.id)
  }

  disconnected() {
    clearTimeout(this.#timer)
    this.#timer = 0
  }

  async load() {
    [this.dashboard, this.experiments] = await Promise.all([
      get(`/projects/${this.project.id}/dashboard`, {}, this.signal),
      all(`/projects/${this.project.id}/experiments`, {}, this.signal),
    ])
  }

  render() {
    const { dashboard, project } = this
    if (!dashboard) return loading()
    const { counts } = project
    const colors = new Map(project.categories.map(({ id, color }) => [id, color]))
    const names = new Map(project.categories.map(({ id, name }) => [id, name]))
    const card = (title, ...content) => h('section', { class: 'card', key: title },
      h('div', { class: 'card-head' }, h('h2', null, title)),
      content)
    return h('div', { class: 'columns' },
      h('div', { class: 'column' },
        card('Progress',
          h('p', { class: 'big-count' },
            h('strong', null, count(decided(counts))),
            ` of ${count(counts.total)} photos done`,
            dashboard.remainingSeconds > 0 && h('span', { class: 'muted' },
              ` · about ${duration(dashboard.remainingSeconds)} of work left`)),
          stackedBar(
            countParts(counts).map(
              ({ state, count: value }) => ({ label: status('task', state).words, value, tone: state })
            ),
            counts.total,
            'Photos by state'),
          dashboard.days.length > 1 && h('div', { class: 'gap-above' },
            h('h3', null, 'Submitted a day'),
            barColumns(dashboard.days.slice(-14).map(({ date, submitted }) => ({
              label: date.slice(8), value: submitted, note: `${submitted} on ${date}`,
            })), 'Submitted a day'))),
        card('Labels',
          barRows(
            dashboard.categories.map(
              ({ id, boxes, photos }) => ({
                label: names.get(id) ?? id, value: boxes, color: colors.get(id), note: `${boxes} in ${photos} photos`,
              })
            ),
            'Labels by category')),
        dashboard.labelers.length > 0 && card('People',
          h('div', { class: 'table-wrap' }, h('table', { class: 'table plain' },
            h('thead', null,
              h('tr', null,
                h('th', { scope: 'col' }, 'Name'),
                ['Submitted', 'Skipped', 'Approved', 'Rejected', 'Time a photo'].map((words) => h('th',
                  { key: words, scope: 'col', class: 'number' },
                  words)))),
            h('tbody', null,
              dashboard.labelers.map((labeler) => h('tr',
                { key: labeler.personID },
                h('th', { scope: 'row' }, labeler.name),
                [labeler.submitted, labeler.skipped, labeler.approved, labeler.rejected].map((value, index) => h('td',
                  { key: index, class: 'number' },
                  count(value))),
                h('td', { class: 'number' },
                  labeler.medianSeconds === undefined ? '–' : duration(labeler.medianSeconds))))))))),
      h('div', { class: 'column' }, this.#experiments()))
  }

  #experiments() {
    const { project } = this
    const { settings } = project
    const isRunning = this.experiments.some((item) => item.status === 'running' || item.status === 'notStarted')
    const submitted = project.counts.submitted + project.counts.approved
    const missing = leastSubmitted - submitted
    return h('section', { class: 'card' },
      h('div', { class: 'card-head' },
        h('h2', null, 'ML-assisted labeling'),
        project.role !== 'labeler' && settings.assists && h('button', {
          class: 'button small primary', type: 'button', disabled: isRunning || missing > 0, onclick: () => this.start(),
        }, icon('sparkle'), 'Start now')),
      h('p', { class: 'muted' }, !settings.assists ? 'Switched off in Details.' : settings.automatic
          ? this.experiments.length > 0
          ? `Starts again by itself with every ${settings.nextExperimentAfter} more submitted photos.`
          : `Starts by itself after ${settings.firstExperimentAfter} submitted photos (${submitted} now) and again with every ${settings.nextExperimentAfter} more.`
          : 'Starts when you say so.',
        settings.assists && missing > 0 && ` The button starts it from ${leastSubmitted} submitted photos on.`),
      this.experiments.length === 0
        ? h('p', { class: 'muted gap-above' },
          'No experiments yet: one learns from what is submitted, the next one pre-labels the rest.')
        : h('ul', { class: 'experiments' },
          this.experiments.map((item) => h('li', { key: item.id, class: 'experiment' },
            h('div', { class: 'row apart' },
              h('span', { class: 'strong' }, `${item.kind === 'training' ? 'Training' : 'Inference'} ${item.number}`),
              statusChip('experiment', item.status)),
            item.status === 'running' && progressBar(item.fraction, `${item.kind} ${item.number}`),
            h('p', { class: 'muted small' }, item.error ? h('span', { class: 'bad-words' }, item.error.message) : [
              item.status === 'running' ? progressWords(item) : item.summary,
              item.status === 'notStarted' && item.kind === 'inference' && `after training ${item.number}`,
              item.trigger === 'automatic' ? 'automatic' : 'on demand',
              item.finishedAt ? ago(item.finishedAt) : item.startedAt && `started ${ago(item.startedAt)}`,
              item.status === 'succeeded' && item.startedAt
                && `took ${duration((Date.parse(item.finishedAt) - Date.parse(item.startedAt)) / 1000)}`,
            ].filter(Boolean).join(' · ')),
            (item.status === 'running' || item.status === 'notStarted') && project.role !== 'labeler' && h('button', {
              class: 'link-button small',
              type: 'button',
              onclick: () => post(`/projects/${project.id}/experiments/${item.id}:cancel`).catch(notifyProblem),
            }, 'Cancel')))),
      project.counts.preLabeled > 0 && h('p', { class: 'gap-above' },
        h('a', { href: `/projects/${project.id}/data?state=preLabeled` },
          `${counted(project.counts.preLabeled, 'photo')} pre-labeled`),
        ` (${percent(project.counts.preLabeled / Math.max(1, project.counts.total))})`))
  }

  async start() {
    try {
      const answer = await post(`/projects/${this.project.id}/experiments`)
      const known = new Set(this.experiments.map(({ id }) => id))
      this.experiments = [...answer.items.filter(({ id }) => !known.has(id)).reverse(), ...this.experiments]
      this.update()
    } catch (error) {
      notifyProblem(error)
    }
  }
}

customElements.define('project-dashboard', ProjectDashboard)
