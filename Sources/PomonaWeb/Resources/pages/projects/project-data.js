// @ts-check
// Review: the photos of a project with their labels, filtered; approve, reject, fix, one or all that are shown.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, get, post } from '../../app/net/client.js'
import { randomID } from '../../app/net/upload.js'
import { go, query, settle } from '../../app/navigation.js'
import { openSuggestions } from '../../model/annotations.js'
import {
  hasApprovable, isTaskFiltered, leftOutSwitched, reviewFilter, stateSwitched, taskFilter, taskQuery
} from '../../model/filters.js'
import { count, counted, shortened } from '../../model/format.js'
import { queryText } from '../../model/routes.js'
import { nothingSelected } from '../../model/selection.js'
import { status, taskStates } from '../../model/status.js'
import { countParts } from '../../model/task-counts.js'
import { confirmDialog } from '../../elements/dialog.js'
import { select, slider } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { dot, empty } from '../../elements/parts.js'
import { askToReject } from '../../elements/rejection.js'
import '../../elements/photo-grid.js'
import { thumbnail } from '../../elements/thumbnail.js'
import { notify, notifyProblem } from '../../elements/toast.js'
import { isForOthers } from '../../elements/typing.js'

const sorts = [['', 'In order of the queue'], ['-updatedAt', 'Changed last'], ['-disagreement', 'Model disagrees most']]

/** More colours say nothing at a glance. */
const mostInLegend = 12

class ProjectData extends View {
  /** @type {any} */
  #project = null
  filter = taskFilter(query())
  /** @type {import('../../elements/photo-grid.js').PhotoGrid | null} */
  grid = null
  /** @type {any[]} */
  people = []
  #timer = 0
  /** What is being typed: the filter follows it after a moment, and events in between must not take it away. */
  search = this.filter.search
  #searchTimer = 0

  get selection() {
    return this.grid?.selection ?? nothingSelected()
  }

  get project() {
    return this.#project
  }

  set project(project) {
    const isOther = this.#project && JSON.stringify(project.counts) !== JSON.stringify(this.#project.counts)
    this.#project = project
    if (isOther) this.#refreshSoon()
    this.update()
  }

  connected() {
    this.follow('task', (event) => {
      if (event.value?.projectID === this.project.id) this.#refreshSoon()
    })
    addEventListener('keydown', (event) => this.#pressed(event), { signal: this.signal })
  }

  disconnected() {
    clearTimeout(this.#timer)
    clearTimeout(this.#searchTimer)
    this.#timer = 0
  }

  /** @param {string} text @param {number} delay milliseconds */
  #searchFor(text, delay) {
    this.search = text
    clearTimeout(this.#searchTimer)
    this.#searchTimer = window.setTimeout(() => {
      if (this.filter.search !== text) this.setFilter({ search: text })
    }, delay)
  }

  #refreshSoon() {
    if (this.#timer) return
    this.#timer = window.setTimeout(() => {
      this.#timer = 0
      this.grid?.refresh()
    }, 600)
  }

  async load() {
    if (this.project.role !== 'labeler') {
      const people = await all(`/projects/${this.project.id}/people`, {}, this.signal)
      this.people = people.filter(({ personID }) => personID)
    }
    this.grid?.refresh()
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // A key that is held down is one verdict.
    if (isForOthers(event) || event.repeat) return
    if (this.selection.ids.size === 0 || this.filter.isLeftOut) return
    if (event.key === 'a') this.review('approve')
    else if (event.key === 'r') this.reject()
  }

  render() {
    const { project } = this
    const chosen = this.selection.ids.size
    const total = this.grid?.total ?? 0
    const waiting = project.counts.submitted + project.counts.needsReview
    const colors = new Map(project.categories.map(({ id, color }) => [id, color]))
    const names = new Map(project.categories.map(({ id, name }) => [id, name]))
    const chosenItems = this.grid?.selectedItems ?? []
    const areSkipped = chosenItems.length > 0 && chosenItems.every(({ state }) => state === 'skipped')
    return h('div', { class: 'stack fill' },
      h('div', { class: 'chips', role: 'group', 'aria-label': 'States' },
        countParts(project.counts, this.filter.states).map(({ state, count: value }) => h('button', {
          class: 'chip', type: 'button', key: state, 'aria-pressed': String(this.filter.states.includes(state)),
          onclick: () => this.switchState(state),
        }, h('span', {
          class: ['legend-box', `tone-${state}`]
        }), status('task', state).words, h('span', { class: 'faint' }, count(value)))),
        (project.counts.leftOut > 0 || this.filter.isLeftOut) && h('button', {
          class: 'chip', type: 'button', key: 'leftOut', 'aria-pressed': String(this.filter.isLeftOut),
          title: 'Skipped photos that were taken out of the project',
          onclick: () => this.setFilter(leftOutSwitched(this.filter)),
        }, 'Left out', h('span', { class: 'faint' }, count(project.counts.leftOut))),
        // Which colour says what: a wrong tag is seen here at a glance.
        h('span', { class: 'legend chips-end', key: 'legend', role: 'note', 'aria-label': 'Colours of the categories' },
          project.categories.slice(0, mostInLegend).map(({ id, name, color }) => h('span',
            { class: 'legend-item', key: id },
            dot(color),
            name)))),
      h('div', { class: 'bar' }, this.#filters(), h('span', { class: 'muted grow number' }, counted(total, 'photo'))),
      h('div', { class: 'bar tag-bar', role: 'toolbar', 'aria-label': 'Review', key: 'review' },
        chosen > 0 ? [
          h('span', { class: 'strong' }, `${count(chosen)} chosen`),
          areSkipped ? [
            !this.filter.isLeftOut && h('button', {
              class: 'button small', type: 'button', onclick: () => this.leaveOut(),
            },
              icon('check'),
              'Accept: leave out of the project'),
            h('button', { class: 'button small', type: 'button', onclick: () => this.review('return') },
              icon('undo'),
              'Put back'),
          ] : [
            h('button', { class: 'button small primary', type: 'button', onclick: () => this.review('approve') },
              icon('check'),
              'Approve',
              h('kbd', null, 'A')),
            h('button', { class: 'button small', type: 'button', onclick: () => this.reject() },
              icon('close'),
              'Reject',
              h('kbd', null, 'R')),
          ],
          // What is chosen may be gone from the list since.
          chosen === 1 && chosenItems.length === 1 && h('button',
            { class: 'button small', type: 'button', onclick: () => this.open(chosenItems[0], this.selection.anchor ?? 0) },
            icon('pencil'),
            'Open and fix'),
          h('button', { class: 'button small quiet', type: 'button', onclick: () => this.grid?.clearSelection() },
            'Choose none'),
        ] : [
          total > 0 && h('span', { class: 'muted' }, 'Click to choose, double click to open and fix.'),
          h('span', { class: 'grow' }),
          total > 0 && waiting > 0 && hasApprovable(this.filter) && h('button', {
            class: 'button small', type: 'button', onclick: () => this.approveAll(),
          },
            icon('check'),
            `Approve all ${count(total)} shown`),
        ]),
      this.grid?.total === 0 && empty({
        icon: 'search',
        title: 'No photo fits',
        actions: isTaskFiltered(this.filter) && h('button',
          { class: 'button', type: 'button', onclick: () => this.showAll() },
          'Show all'),
      }),
      h('photo-grid', {
        key: 'grid', 'aria-label': `Photos of ${project.name}`, ref: (grid) => (this.grid = grid),
        '.isSelectable': true, '.cellWidth': 210, '.footer': 34,
        '.fetchPage': (offset, limit, signal) => get(`/projects/${project.id}/tasks`,
          { ...this.query(), offset, limit },
          signal),
        '.drawCell': (task) => drawTask(task, colors, names), '.open': (task, index) => this.open(task, index),
        '.nameOf': (task) => `${task.photo.name}, ${status('task', task.state).words}, ${counted(task.annotationCount, 'label')}`,
        ontotalchange: () => this.update(), onselectionchange: () => this.update(),
        onfailure: (event) => notifyProblem(event.detail),
      }))
  }

  query() {
    return taskQuery({ ...this.filter, states: this.filter.states.filter((state) => taskStates.includes(state)) })
  }

  #filters() {
    const { filter, project } = this
    return [
      h('div', { class: 'search' }, icon('search'), h('input', {
        class: 'input',
        type: 'search',
        'aria-label': 'Search by name',
        placeholder: 'Search by name',
        value: this.search,
        oninput: (event) => this.#searchFor(event.target.value, 300),
        onchange: (event) => this.#searchFor(event.target.value, 0),
      })),
      select({
        label: 'Category',
        isCompact: true,
        value: filter.categoryID,
        empty: 'Any category',
        choices: project.categories.map(({ id, name }) => ({ value: id, label: name })),
        onchange: (categoryID) => this.setFilter({ categoryID })
      }),
      this.people.length > 1 && select({
        label: 'Labeler',
        isCompact: true,
        value: filter.labelerID,
        empty: 'Any labeler',
        choices: this.people.map(({ personID, name }) => ({ value: personID, label: name })),
        onchange: (labelerID) => this.setFilter({ labelerID })
      }),
      select({
        label: 'Order', isCompact: true, value: filter.sort, choices: sorts.map(([value, label]) => ({ value, label })),
        onchange: (sort) => this.setFilter({ sort })
      }),
      h('span', { class: 'disagreement' }, slider({
        label: 'Disagreement from', value: filter.disagreement, step: 0.05,
        words: filter.disagreement > 0 ? undefined : 'any', oninput: (disagreement) => this.setFilter({ disagreement }),
      })),
    ]
  }

  showAll() {
    this.search = ''
    this.setFilter({ ...taskFilter(new URLSearchParams()), sort: this.filter.sort })
  }

  /** @param {string} state */
  switchState(state) {
    this.setFilter(stateSwitched(this.filter, state))
  }

  /** @param {Partial<import('../../model/filters.js').TaskFilter>} change */
  setFilter(change) {
    this.filter = { ...this.filter, ...change }
    const words = queryText(taskQuery(this.filter))
    settle(`/projects/${this.project.id}/data${words ? `?${words}` : ''}`)
    this.grid?.clearSelection()
    this.grid?.reload()
    this.update()
  }

  /** @param {any} task @param {number} index its place under the filter */
  open(task, index) {
    const words = queryText({ review: '1', at: String(index), ...taskQuery(this.filter) })
    go(`/label/${this.project.id}/${task.id}?${words}`)
  }

  /** @param {string} verdict @param {any} what @param {string} [words] */
  async #send(verdict, what, words) {
    const answer = await post(`/projects/${this.project.id}/tasks:review`, {
      edit: randomID(), verdict, ...(words && { words }), ...what,
    })
    const done = { approve: 'approved', reject: 'sent back', accept: 'left out', return: 'put back' }[verdict]
    notify(
      `${counted(answer.changed, 'photo')} ${done}.${answer.refused.length > 0 ? ` ${answer.refused.length} not: ${answer.refused[0].message}` : ''}`,
      { tone: answer.refused.length > 0 ? 'bad' : 'good' })
    this.grid?.refresh()
  }

  /** @param {string} verdict @param {import('../../model/selection.js').Selection} selection @param {string} [words] */
  async #judge(verdict, selection, words) {
    const grid = /** @type {NonNullable<typeof this.grid>} */ (this.grid)
    // At once, because what is chosen from here on is meant for the next verdict.
    if (grid.selection === selection) grid.clearSelection()
    try {
      await this.#send(verdict, { taskIDs: [...selection.ids] }, words)
    } catch (error) {
      if (grid.selection.ids.size === 0) grid.select(selection)
      throw error
    }
  }

  /** @param {'approve' | 'return'} verdict */
  review(verdict) {
    return this.#judge(verdict, this.selection).catch(notifyProblem)
  }

  leaveOut() {
    const { selection } = this
    return confirmDialog({
      title: `Leave ${counted(selection.ids.size, 'photo')} out of the project?`,
      action: 'Leave out',
      text: 'Nobody is handed them any more and no count or export has them. Under “Left out” they can be put back.',
      run: () => this.#judge('accept', selection),
    })
  }

  reject() {
    const { selection } = this
    return askToReject(
      `Reject ${counted(selection.ids.size, 'photo')}`, (words) => this.#judge('reject', selection, words))
  }

  approveAll() {
    const total = this.grid?.total ?? 0
    return confirmDialog({
      title: `Approve all ${counted(total, 'photo')} shown?`,
      action: 'Approve',
      text: 'All photos that this filter shows; those that nobody has submitted yet are left as they are.',
      run: () => this.#send('approve', { filter: reviewFilter(this.filter) }),
    })
  }
}

/** @param {any} task @param {Map<string, string>} colors @param {Map<string, string>} names */
function drawTask(task, colors, names) {
  const isSuggestion = task.annotations.length === 0
  const boxes = isSuggestion ? openSuggestions(task.suggestions, [], new Set(), 0) : task.annotations
  const tag = boxes[0] && !boxes[0].box ? names.get(boxes[0].categoryID) : undefined
  return [
    thumbnail(task.photo,
      boxes.map(({ box, categoryID }) => ({ box, color: colors.get(categoryID) ?? '#888888', isDashed: isSuggestion })),
      { side: 256 }),
    h('span', { class: 'cell-name', key: 'name', title: task.photo.name },
      h('span', { class: ['legend-box', `tone-${task.state}`], title: status('task', task.state).words }),
      tag && dot(colors.get(boxes[0].categoryID) ?? ''), h('span', { class: 'clip' }, tag ?? shortened(task.photo.name, 20))),
  ]
}

customElements.define('project-data', ProjectData)
