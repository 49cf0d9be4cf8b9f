// @ts-check
// The datasets of the group.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all } from '../../app/net/client.js'
import { go } from '../../app/navigation.js'
import { session } from '../../app/session.js'
import { count, counted, percent } from '../../model/format.js'
import { colorsOf } from '../../model/colors.js'
import { kindWords } from '../../model/status.js'
import { icon } from '../../elements/icon.js'
import { listPage } from '../../elements/list-page.js'
import { pageHead } from '../../elements/page-head.js'
import { progressBar, tagChip } from '../../elements/parts.js'
import { addDataset } from './add-dataset.js'

class DatasetsPage extends View {
  /** @type {any[] | null} */
  datasets = null

  connected() {
    this.followList('datasets', 'dataset', (value) => value.groupID === session.groupID)
  }

  async load() {
    if (session.groupID) this.datasets = await all(`/groups/${session.groupID}/datasets`, {}, this.signal)
  }

  render() {
    const head = pageHead({
      title: 'Datasets',
      text: 'A dataset joins the photos of a container with their labels. Models learn from datasets and are measured on them.',
      actions: session.groupID && h('button', { class: 'button primary', type: 'button', onclick: () => this.add() },
        icon('plus'),
        'Add new dataset'),
    })
    return listPage(head, this.datasets, () => ({
      icon: 'dataset',
      title: 'No datasets yet',
      text: 'Add one for the photos to learn from, and one for the photos to measure with.',
      actions: h('button', { class: 'button primary', type: 'button', onclick: () => this.add() },
        icon('plus'),
        'Add new dataset'),
    }), (datasets) => h('div', { class: 'cards' }, datasets.map((dataset) => this.#card(dataset))))
  }

  /** @param {any} dataset */
  #card(dataset) {
    const colors = colorsOf(dataset.tags.map(({ name }) => name))
    const share = dataset.photoCount > 0 ? dataset.labeledPhotoCount / dataset.photoCount : 0
    return h('a', { class: 'card link-card', key: dataset.id, href: `/datasets/${dataset.id}` },
      h('span', { class: 'row' },
        h('span', { class: 'strong clip grow' }, dataset.name),
        h('span', { class: 'faint small' }, kindWords(dataset.kind))),
      h('span', { class: 'muted' }, `${counted(dataset.photoCount, 'photo')} in ${dataset.container?.name ?? 'no container'}`),
      h('span', { class: 'stack tight-stack' }, progressBar(share, `Labeled photos of ${dataset.name}`),
        h('span', { class: 'faint small' }, `${count(dataset.labeledPhotoCount)} labeled (${percent(share)})`)),
      h('span', { class: 'chips' },
        dataset.tags.slice(0, 8).map((tag) => tagChip(tag.name, colors.get(tag.name) ?? '')),
        dataset.tags.length > 8 && h('span', { class: 'chip' }, `+${dataset.tags.length - 8}`)))
  }

  async add() {
    const dataset = await addDataset(this.datasets ?? [])
    if (dataset) go(`/datasets/${dataset.id}`)
  }
}

customElements.define('page-datasets', DatasetsPage)
