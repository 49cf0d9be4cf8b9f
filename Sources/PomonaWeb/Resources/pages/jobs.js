// @ts-check
// Everything that takes time: what runs, what waits, how it ended.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { get } from '../app/net/client.js'
import { session } from '../app/session.js'
import { ago, duration } from '../model/format.js'
import { canBeCancelled, isActive } from '../model/status.js'
import { cancelJob } from '../elements/cancel-dialog.js'
import { icon } from '../elements/icon.js'
import { pageHead } from '../elements/page-head.js'
import { empty, loading, progressBar, progressWords, statusChip } from '../elements/parts.js'
import { jobPath } from './job-path.js'

const pageSize = 50

class JobsPage extends View {
  /** @type {any[] | null} */
  jobs = null
  total = 0
  limit = pageSize

  connected() {
    this.followList('jobs', 'job', () => true)
  }

  async load() {
    const page = await get('/jobs', { limit: this.limit }, this.signal)
    this.jobs = page.items
    this.total = page.total
  }

  render() {
    if (!this.jobs) return h('div', { class: 'page' }, pageHead({ title: 'Jobs' }), loading())
    return h('div', { class: 'page' },
      pageHead({
        title: 'Jobs',
        text: 'Work that goes on by itself, also while no page is open, and after a restart.',
      }),
      this.jobs.length === 0
        ? empty({ icon: 'jobs', title: 'No jobs yet', text: 'Training, evaluating and deleting appear here.' })
        : h('div', { class: 'table-wrap' }, h('table', { class: 'table' },
          h('thead', null,
            h('tr', null,
              ['Job', 'State', 'Progress', 'Started', 'Took'].map((words) => h('th', { scope: 'col', key: words },
                words)),
              h('th', null, h('span', { class: 'hidden-words' }, 'Actions')))),
          h('tbody', null, this.jobs.map((job) => this.#row(job))))),
      this.jobs.length < this.total && h('div', { class: 'row' }, h('button', {
        class: 'button', type: 'button', onclick: () => {
          this.limit += pageSize
          this.reload()
        },
      }, 'Show more')))
  }

  /** @param {any} job */
  #row(job) {
    const group = session.groups.find(({ id }) => id === job.groupID)
    const path = jobPath(job)
    const took = job.startedAt && (
      new Date(job.finishedAt ?? Date.now()).getTime() - new Date(job.startedAt).getTime()
    ) / 1000
    return h('tr', { key: job.id },
      h('td', null,
        path ? h('a', { class: 'strong', href: path }, job.title) : h('span', { class: 'strong' }, job.title),
        group && h('div', { class: 'faint small' }, group.name)),
      h('td', null, statusChip('job', job.state)),
      h('td', { class: 'wide-cell' }, isActive(job)
          ? [
            progressBar(job.state === 'queued' ? 0 : job.fraction, job.title),
            h('div', { class: 'muted small' }, progressWords(job)),
          ]
          : job.error ? h('span', { class: 'bad-words' },
            job.error.message,
            job.error.hint && ` ${job.error.hint}`) : h('span', { class: 'muted' }, job.detail ?? '')),
      h('td', { class: 'nowrap' }, ago(job.startedAt)),
      h('td', { class: 'nowrap' }, job.startedAt ? duration(took) : '–'),
      h('td', { class: 'number' }, canBeCancelled(job) && h('button', {
        class: 'button small', type: 'button', onclick: () => cancelJob(job),
      }, icon('stop'), 'Cancel')))
  }
}

customElements.define('page-jobs', JobsPage)
