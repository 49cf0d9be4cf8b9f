// @ts-check
// The photos of a dataset with their labels: filtered, and for classification tagged right here, many at once.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { get } from '../../app/net/client.js'
import { handOver } from '../../app/handover.js'
import { go, query, settle } from '../../app/navigation.js'
import { prefetchPhoto } from '../../canvas/photo-source.js'
import { colorsOf } from '../../model/colors.js'
import { isFiltered, labelsChosen, photoFilter, photoQuery, tagSwitched } from '../../model/filters.js'
import { count, counted, shortened } from '../../model/format.js'
import { queryText } from '../../model/routes.js'
import { icon } from '../../elements/icon.js'
import { dot, empty } from '../../elements/parts.js'
import '../../elements/photo-grid.js'
import { thumbnail } from '../../elements/thumbnail.js'
import { notifyProblem } from '../../elements/toast.js'
import { Tagging } from './tagging.js'

class DatasetPhotos extends View {
  /** @type {any} */
  #dataset = null
  filter = photoFilter(query())
  /** @type {import('../../elements/photo-grid.js').PhotoGrid | null} */
  grid = null
  tagging = new Tagging(this)
  #searchTimer = 0

  get dataset() {
    return this.#dataset
  }

  set dataset(dataset) {
    const isOther = this.#dataset && dataset.revision !== this.#dataset.revision
    this.#dataset = dataset
    if (isOther || (this.grid && dataset.photoCount !== this.grid.total && !isFiltered(this.filter))) this.grid?.refresh()
    this.update()
  }

  get isClassification() {
    return this.#dataset.kind === 'imageClassification'
  }

  connected() {
    addEventListener('keydown', (event) => this.tagging.press(event), { signal: this.signal })
  }

  async load() {
    this.grid?.refresh()
  }

  render() {
    const colors = colorsOf(this.dataset.tags.map(({ name }) => name))
    if (this.dataset.photoCount === 0) {
      const { container } = this.dataset
      if (!container) {
        return empty({ icon: 'image', title: 'No photos', text: 'The container of this dataset is gone.' })
      }
      return empty({
        icon: 'image', title: 'The container has no photos', text: 'Photos appear here as soon as they are uploaded.',
        actions: h('a', { class: 'button primary', href: `/storage/${container.id}` },
          icon('upload'),
          'Upload photos'),
      })
    }
    return h('div', { class: 'stack fill' }, this.#bar(colors), this.isClassification && this.tagging.bar(colors),
      this.grid?.total === 0 && empty({
        icon: 'search',
        title: 'No photo fits',
        actions: isFiltered(this.filter) && h('button',
          { class: 'button', type: 'button', onclick: () => this.setFilter({ tags: [], labels: 'any', search: '' }) },
          'Show all'),
      }),
      h('photo-grid', {
        key: 'grid', 'aria-label': `Photos of ${this.dataset.name}`, ref: (grid) => (this.grid = grid),
        '.isSelectable': this.isClassification,
        '.fetchPage': (offset, limit, signal) => get(`/datasets/${this.dataset.id}/photos`,
          { ...photoQuery(this.filter), offset, limit },
          signal),
        '.drawCell': (photo) => drawPhoto(photo, colors), '.nameOf': (photo) => `${photo.name}: ${labelWords(photo)}`,
        '.open': (photo) => {
          prefetchPhoto(photo.blobID)
          handOver(`/datasets/${this.dataset.id}/photos/${photo.id}`, photo)
          handOver(`/datasets/${this.dataset.id}`, this.dataset)
          go(`/datasets/${this.dataset.id}/photos/${photo.id}${this.words()}`)
        },
        ontotalchange: () => this.update(), onselectionchange: () => this.update(),
        onfailure: (event) => notifyProblem(event.detail),
      }))
  }

  /** @param {Map<string, string>} colors */
  #bar(colors) {
    const { filter, dataset } = this
    const segment = (labels, words) => h('button', {
      class: 'segment', type: 'button', key: labels, 'aria-pressed': String(filter.labels === labels),
      onclick: () => this.setFilter(labelsChosen(filter, labels)),
    }, words)
    return h('div', { class: 'bar' },
      h('div', { class: 'search' }, icon('search'), h('input', {
        class: 'input', type: 'search', 'aria-label': 'Search by name', placeholder: 'Search by name',
        value: filter.search, oninput: (event) => {
          clearTimeout(this.#searchTimer)
          const search = event.target.value
          this.filter = { ...this.filter, search }
          this.#searchTimer = window.setTimeout(() => this.setFilter(this.filter), 250)
        },
      })),
      h('div', { class: 'segments' },
        segment('any', 'All'),
        segment('with', 'Labeled'),
        segment('without', 'Without label')),
      h('div', { class: 'chips', role: 'group', 'aria-label': 'Tags' }, dataset.tags.map((tag) => h('button', {
        class: 'chip',
        type: 'button',
        key: tag.name,
        'aria-pressed': String(filter.tags.includes(tag.name)),
        onclick: () => this.setFilter(tagSwitched(filter, tag.name)),
      }, dot(colors.get(tag.name) ?? ''), h('span', { class: 'clip' }, tag.name), h('span', { class: 'faint' },
        count(tag.annotations))))),
      h('span', { class: 'muted grow number' }, this.grid ? counted(this.grid.total, 'photo') : ''))
  }

  words() {
    const words = queryText(photoQuery(this.filter))
    return words ? `?${words}` : ''
  }

  /** @param {import('../../model/filters.js').PhotoFilter} filter */
  setFilter(filter) {
    this.filter = filter
    settle(location.pathname + this.words())
    this.grid?.clearSelection()
    this.grid?.reload()
    this.update()
  }
}

/** @param {any} photo */
function labelWords(photo) {
  const tags = photo.annotations.map(({ tag }) => tag)
  return tags.length === 0
    ? 'no label'
    : [...new Set(tags)].map((tag) => `${tags.filter((other) => other === tag).length} ${tag}`).join(', ')
}

/** @param {any} photo @param {Map<string, string>} colors */
function drawPhoto(photo, colors) {
  const tags = [...new Set(photo.annotations.map(({ tag }) => tag))]
  // A dot takes the room of two letters, and the gap behind the dots that of two more.
  const letters = tags.length > 0 ? 22 - 2 * Math.min(4, tags.length) : 24
  return [
    thumbnail(photo, photo.annotations.map(({ tag, box }) => ({ box, color: colors.get(tag) ?? '#888888' }))),
    h('span', { class: 'cell-name', key: 'name', title: photo.name },
      tags.length > 0 && h('span', { class: 'cell-dots' },
        tags.slice(0, 4).map((tag) => dot(colors.get(String(tag)) ?? '#888888'))),
      h('span', { class: 'clip' },
        photo.annotations[0] && !photo.annotations[0].box ? photo.annotations[0].tag : shortened(photo.name, letters))),
  ]
}

customElements.define('dataset-photos', DatasetPhotos)
