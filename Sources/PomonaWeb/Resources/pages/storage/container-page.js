// @ts-check
// One container: its photos as a grid over any number, upload by dropping files and folders, deletion.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { get, post } from '../../app/net/client.js'
import { handOver } from '../../app/handover.js'
import { go, query, settle } from '../../app/navigation.js'
import { prefetchPhoto } from '../../canvas/photo-source.js'
import { bytes, count, counted, shortened } from '../../model/format.js'
import { queryText } from '../../model/routes.js'
import { confirmDialog } from '../../elements/dialog.js'
import { deleteByName } from '../../elements/delete-dialog.js'
import { acceptDrops, chooseFiles } from '../../elements/dropped-files.js'
import { select } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { pageHead } from '../../elements/page-head.js'
import { empty, loading } from '../../elements/parts.js'
import '../../elements/photo-grid.js'
import { thumbnail } from '../../elements/thumbnail.js'
import { notify, notifyProblem } from '../../elements/toast.js'
import { upload } from '../../elements/upload-panel.js'

const sorts = [
  ['name', 'Name'], ['-createdAt', 'Newest first'], ['createdAt', 'Oldest first'], ['-bytes', 'Largest first'],
  ['bytes', 'Smallest first'],
]

class ContainerPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  container = null
  filter = {
    search: query().get('search') ?? '', kind: query().get('kind') ?? 'all', sort: query().get('sort') ?? 'name',
    problem: query().get('problem') ?? '',
  }
  /** @type {import('../../elements/photo-grid.js').PhotoGrid | null} */
  grid = null
  selected = 0
  #searchTimer = 0
  #refreshTimer = 0

  connected() {
    acceptDrops(this, (files) => this.take(files), this.signal)
    this.follow('container', (event) => {
      if (event.id !== this.params.containerID) return
      if (event.type === 'deleted') {
        go('/storage')
        return
      }
      const isOther = event.value.blobCount !== this.container?.blobCount || event.value.bytes !== this.container?.bytes
      this.container = event.value
      if (isOther) this.#refreshSoon()
    })
  }

  disconnected() {
    clearTimeout(this.#refreshTimer)
    clearTimeout(this.#searchTimer)
  }

  /** While many photos arrive, what is in sight is fetched again once a second at most. */
  #refreshSoon() {
    if (this.#refreshTimer) return
    this.#refreshTimer = window.setTimeout(() => {
      this.#refreshTimer = 0
      this.grid?.refresh()
    }, 700)
  }

  async load() {
    this.container = await get(`/containers/${this.params.containerID}`, {}, this.signal)
    document.title = `${this.container.name} · Pomona`
    this.grid?.refresh()
    // What a double click will open.
    import('./blob-page.js').catch(() => {})
  }

  /** @param {{file: File, name: string}[]} files */
  async take(files) {
    if (files.length === 0 || !this.container) return
    await upload(this.container, files)
    this.grid?.refresh()
  }

  render() {
    const { container } = this
    if (!container) return h('div', { class: 'page' }, loading())
    const isEmpty = container.blobCount === 0
    return h('div', { class: 'page full' },
      pageHead({
        title: container.name, crumbs: [['/storage', 'Storage'], ['/storage', container.accountName]],
        text: `${counted(container.blobCount, 'blob')}, ${bytes(container.bytes)}`,
        actions: [
          h('button',
            { class: 'button', type: 'button', onclick: async () => this.take(await chooseFiles({ isFolder: true })) },
            icon('folder'),
            'Upload folder'),
          h('button', { class: 'button primary', type: 'button', onclick: async () => this.take(await chooseFiles()) },
            icon('upload'),
            'Upload files'),
          h('button',
            {
              class: 'icon-button', type: 'button', title: 'Delete the container', 'aria-label': 'Delete the container',
              onclick: () => this.deleteContainer(),
            },
            icon('clean')),
        ],
      }),
      isEmpty
        ? h('button', { class: 'drop-field', type: 'button', onclick: async () => this.take(await chooseFiles()) },
          icon('upload'),
          h('span', { class: 'strong' }, 'Drop photos or whole folders here'),
          h('span', { class: 'muted' }, 'or click to choose files'))
        : [this.#bar(), this.#grid()],
      h('div', { class: 'drop-veil', 'aria-hidden': 'true' },
        h('span', null, icon('upload'), `Drop to upload into ${container.name}`)))
  }

  #bar() {
    const segment = (kind, words) => h('button', {
      class: 'segment',
      type: 'button',
      key: kind,
      'aria-pressed': String(this.filter.kind === kind && !this.filter.problem),
      onclick: () => this.setFilter({ kind, problem: '' }),
    }, words)
    return h('div', { class: 'bar' },
      this.selected > 0 ? [
        h('span', { class: 'strong' }, `${count(this.selected)} chosen`),
        h('button', { class: 'button small', type: 'button', onclick: () => this.deleteSelected() },
          icon('clean'),
          'Delete'),
        h('button', { class: 'button small quiet', type: 'button', onclick: () => this.grid?.clearSelection() },
          'Choose none'),
      ] : [
        h('div', { class: 'search' }, icon('search'), h('input', {
          class: 'input', type: 'search', 'aria-label': 'Search by name', placeholder: 'Search by name',
          value: this.filter.search, oninput: (event) => {
            this.filter.search = event.target.value
            clearTimeout(this.#searchTimer)
            this.#searchTimer = window.setTimeout(() => this.setFilter({}), 250)
          },
        })),
        h('div', { class: 'segments' },
          segment('all', 'All'),
          segment('photo', 'Photos'),
          segment('json', 'Label files'),
          h('button',
            {
              class: 'segment', type: 'button', 'aria-pressed': String(this.filter.problem === '1'),
              onclick: () => this.setFilter({ kind: 'all', problem: '1' }),
            },
            'With problems')),
        select({
          label: 'Order', value: this.filter.sort, isCompact: true,
          choices: sorts.map(([value, label]) => ({ value, label })), onchange: (sort) => this.setFilter({ sort }),
        }),
      ],
      h('span', { class: 'muted grow number' }, this.grid ? counted(this.grid.total, 'blob') : ''),
      this.selected === 0 && this.#canDeleteAll && h('button',
        { class: 'button small quiet', type: 'button', onclick: () => this.deleteAll() },
        icon('clean'),
        'Delete all that fit'))
  }

  /** @param {Partial<typeof this.filter>} change */
  setFilter(change) {
    Object.assign(this.filter, change)
    const words = queryText({
      ...this.filter, kind: this.filter.kind === 'all' ? '' : this.filter.kind,
      sort: this.filter.sort === 'name' ? '' : this.filter.sort,
    })
    settle(`/storage/${this.params.containerID}${words ? `?${words}` : ''}`)
    this.grid?.clearSelection()
    this.grid?.reload()
    this.update()
  }

  #grid() {
    return [
      this.grid && this.grid.total === 0 && empty({
        icon: 'search', title: 'Nothing fits', text: 'No blob of this container fits what is asked for.',
      }),
      h('photo-grid', {
        key: 'grid', 'aria-label': `Blobs of ${this.container.name}`, ref: (grid) => (this.grid = grid),
        '.isSelectable': true,
        '.fetchPage': (offset, limit, signal) => get(`/containers/${this.params.containerID}/blobs`,
          { ...this.filter, offset, limit },
          signal),
        '.drawCell': drawBlob, '.open': (blob) => this.open(blob),
        '.nameOf': (blob) => blob.problem ? `${blob.name}, ${blob.problem.message}` : blob.name,
        onselectionchange: () => {
          this.selected = this.grid?.selection.ids.size ?? 0
          this.update()
        },
        ontotalchange: () => this.update(), onfailure: (event) => notifyProblem(event.detail),
        onkeydown: (event) => {
          if (event.key === 'Delete' && this.selected > 0) this.deleteSelected()
        },
      }),
    ]
  }

  /** @param {any} blob */
  open(blob) {
    if (blob.isPhoto && !blob.problem) prefetchPhoto(blob.id)
    handOver(`/blobs/${blob.id}`, blob)
    handOver(`/containers/${this.container.id}`, this.container)
    go(`/storage/${this.container.id}/photos/${blob.id}`)
  }

  async deleteSelected() {
    const ids = [...(this.grid?.selection.ids ?? [])]
    const isDone = await confirmDialog({
      title: `Delete ${counted(ids.length, 'blob')}?`, danger: true, action: 'Delete',
      text: 'Datasets of this container lose these photos. It cannot be taken back.',
      run: async () => {
        for (let index = 0; index < ids.length; index += 1000) {
          await post(`/containers/${this.params.containerID}/blobs:delete`, { ids: ids.slice(index, index + 1000) })
        }
      },
    })
    if (!isDone) return
    notify(`${counted(ids.length, 'blob')} deleted.`)
    this.grid?.clearSelection()
    this.reload()
  }

  /** Whether something is asked for that the server can delete by the same words. */
  get #canDeleteAll() {
    const { search, kind, problem } = this.filter
    return !problem && (search !== '' || kind !== 'all') && (this.grid?.total ?? 0) > 0
  }

  async deleteAll() {
    const { search, kind } = this.filter
    let deleted = 0
    const words = [
      { photo: 'photos', json: 'label files' }[kind] ?? 'blobs', search !== '' && `with “${search}” in the name`,
    ].filter(Boolean).join(' ')
    const isDone = await confirmDialog({
      title: `Delete all ${counted(this.grid?.total ?? 0, 'blob')} that fit?`, danger: true, action: 'Delete',
      text: `All ${words} go, also those that come meanwhile. Datasets of this container lose them, and it cannot be taken back.`,
      run: async () => {
        deleted = (await post(`/containers/${this.params.containerID}/blobs:delete`, { search, kind })).deleted
      },
    })
    if (!isDone) return
    notify(`${counted(deleted, 'blob')} deleted.`)
    this.reload()
  }

  async deleteContainer() {
    const done = await deleteByName({
      kind: 'container', name: this.container.name, path: `/containers/${this.container.id}`,
      text: h('p', null,
        `${counted(this.container.blobCount, 'blob')} with ${bytes(this.container.bytes)} go with it. It cannot be taken back.`),
    })
    if (done) go('/storage')
  }
}

/** @param {any} blob */
function drawBlob(blob) {
  return [
    blob.isPhoto && !blob.problem ? thumbnail(blob, [], { isWhole: false })
      : h('span', { class: ['thumb', 'thumb-file'], key: 'file' }, icon(blob.problem ? 'warn' : 'file')),
    h('span', { class: 'cell-name clip', key: 'name', title: blob.name }, shortened(blob.name, 24)),
  ]
}

customElements.define('page-container', ContainerPage)
