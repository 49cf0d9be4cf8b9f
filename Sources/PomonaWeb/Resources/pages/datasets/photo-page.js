// @ts-check
// One photo of a dataset with its labels.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { get } from '../../app/net/client.js'
import { takeOver } from '../../app/handover.js'
import { go, query } from '../../app/navigation.js'
import { colorsOf } from '../../model/colors.js'
import { heightOf, widthOf } from '../../model/geometry.js'
import '../../canvas/photo-canvas.js'
import { prefetchPhoto } from '../../canvas/photo-source.js'
import { icon } from '../../elements/icon.js'
import { pageHead } from '../../elements/page-head.js'
import { dot, loading, tagChip } from '../../elements/parts.js'
import { thumbnailURL } from '../../elements/thumbnail.js'
import { notifyProblem } from '../../elements/toast.js'
import { isForOthers } from '../../elements/typing.js'

class PhotoPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  photo = null
  /** @type {any} */
  dataset = null
  /** @type {string | undefined} */
  selectedID
  /** The blob whose picture is there. */
  #shown = ''

  connected() {
    const { datasetID, photoID } = this.params
    this.photo = takeOver(`/datasets/${datasetID}/photos/${photoID}`)
    this.dataset = takeOver(`/datasets/${datasetID}`)
    addEventListener('keydown', (event) => {
      if (isForOthers(event)) return
      if (event.key === 'ArrowLeft') this.open(this.photo?.previousID)
      else if (event.key === 'ArrowRight') this.open(this.photo?.nextID)
      else if (event.key === 'Escape') go(this.back())
    }, { signal: this.signal })
  }

  paramsChanged() {
    this.selectedID = undefined
    this.reload()
  }

  async load() {
    const { datasetID, photoID } = this.params
    const words = query()
    const asked = { tag: words.getAll('tag'), labels: words.get('labels'), search: words.get('search') }
    const [photo, dataset] = await Promise.all([
      get(`/datasets/${datasetID}/photos/${photoID}`, asked, this.signal),
      this.dataset ?? get(`/datasets/${datasetID}`, {}, this.signal),
    ])
    if (photoID !== this.params.photoID) return
    this.photo = photo
    this.dataset = dataset
    if (this.#shown === photo.blobID) this.#prefetch()
    document.title = `${photo.name} · Pomona`
  }

  back() {
    return `/datasets/${this.params.datasetID}${location.search}`
  }

  /** @param {string | undefined} id */
  open(id) {
    if (id) go(`/datasets/${this.params.datasetID}/photos/${id}${location.search}`, { replace: true })
  }

  render() {
    const { photo, dataset } = this
    if (!photo || !dataset) return h('div', { class: 'page' }, loading())
    const colors = colorsOf(dataset.tags.map(({ name }) => name))
    const marks = photo.annotations.map((annotation, index) => ({
      id: String(index),
      box: annotation.box,
      color: colors.get(annotation.tag) ?? '#888888',
      label: annotation.tag + (annotation.isCrowd ? ' (crowd)' : ''),
    }))
    return h('div', { class: 'page full' },
      pageHead({
        title: photo.name, crumbs: [['/datasets', 'Datasets'], [this.back(), dataset.name]],
        actions: [
          h('button',
            {
              class: 'button', type: 'button', disabled: !photo.previousID, 'aria-label': 'Previous photo',
              onclick: () => this.open(photo.previousID),
            },
            icon('left'),
            'Previous'),
          h('button',
            {
              class: 'button', type: 'button', disabled: !photo.nextID, 'aria-label': 'Next photo',
              onclick: () => this.open(photo.nextID),
            },
            'Next',
            icon('right')),
        ],
      }),
      h('div', { class: 'viewer' },
        h('photo-canvas', {
          class: 'stage',
          key: 'canvas',
          '.photo': {
            blobID: photo.blobID, width: photo.width, height: photo.height, sketch: thumbnailURL(photo.blobID),
          },
          '.marks': marks,
          '.selectedID': this.selectedID,
          role: 'img', 'aria-label': `${photo.name} with ${photo.annotations.length} annotations`,
          'onbox-select': (event) => {
            this.selectedID = event.detail.id
            this.update()
          },
          'onphoto-failed': (event) => notifyProblem(event.detail.error),
          'onphoto-shown': () => {
            this.#shown = photo.blobID
            this.#prefetch()
          },
        }),
        h('aside', { class: 'viewer-side stack' },
          h('p', { class: 'muted' }, `${photo.width} × ${photo.height} px`),
          marks.length === 0 ? h('p', null, 'No label.') : marks[0].box
            ? h('ul', { class: 'box-list' }, marks.map((mark) => h('li', { key: mark.id }, h('button', {
              type: 'button', class: 'box-row', 'aria-pressed': String(mark.id === this.selectedID),
              onclick: () => {
                this.selectedID = mark.id === this.selectedID ? undefined : mark.id
                this.update()
              },
            }, dot(mark.color), h('span', { class: 'grow clip' }, mark.label), h('span', { class: 'faint small' },
              `${Math.round(widthOf(mark.box))} × ${Math.round(heightOf(mark.box))}`)))))
            : h('div', { class: 'chips' }, marks.map((mark) => tagChip(mark.label, mark.color))),
          dataset.projects[0] && h('a', { href: `/projects/${dataset.projects[0].id}` },
            'Change labels in the labeling project'))))
  }

  async #prefetch() {
    const { nextID, blobID } = this.photo ?? {}
    if (!nextID) return
    try {
      const next = await get(`/datasets/${this.params.datasetID}/photos/${nextID}`, {}, this.signal)
      if (this.photo?.blobID === blobID) prefetchPhoto(next.blobID)
    } catch {
      // It is fetched when it is asked for.
    }
  }
}

customElements.define('page-photo', PhotoPage)
