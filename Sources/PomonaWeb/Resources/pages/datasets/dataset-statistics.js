// @ts-check
// What is labeled how often, how large and where, as small charts.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { get } from '../../app/net/client.js'
import { colorsOf } from '../../model/colors.js'
import { count } from '../../model/format.js'
import { advice, aspectBars, perPhotoBars, sizeBars, tagBars } from '../../model/statistics.js'
import { barRows, barColumns } from '../../charts/bars.js'
import { heatMap } from '../../charts/heat-map.js'
import { icon } from '../../elements/icon.js'
import { figure, loading } from '../../elements/parts.js'

class DatasetStatistics extends View {
  /** @type {any} */
  dataset = null
  /** @type {import('../../model/statistics.js').Statistics | null} */
  statistics = null

  async load() {
    this.statistics = await get(`/datasets/${this.dataset.id}/statistics`, {}, this.signal)
  }

  render() {
    const { statistics } = this
    if (!statistics) return loading()
    const colors = colorsOf(this.dataset.tags.map(({ name }) => name))
    const isDetection = this.dataset.kind === 'imageObjectDetection'
    const card = (title, chart, note) => h('section', { class: 'card', key: title },
      h('div', { class: 'card-head' }, h('h2', null, title)),
      chart,
      note && h('p', { class: 'faint small gap-above' }, note))
    return h('div', { class: 'stack loose' },
      h('dl', { class: 'figures' },
        figure('photos', count(statistics.photoCount)),
        figure('labeled', count(statistics.labeledPhotoCount)),
        figure('annotations', count(statistics.annotationCount)), figure('tags', count(statistics.tags.length)),
        statistics.labeledPhotoCount > 0 && isDetection && figure('boxes a labeled photo',
          (statistics.annotationCount / statistics.labeledPhotoCount).toFixed(1))),
      advice(statistics).map((line) => h('div', { class: 'notice', key: line }, icon('info'), h('span', null, line))),
      h('div', { class: 'cards wide-cards' },
        card('Annotations by tag',
          barRows(tagBars(statistics.tags).map((bar) => ({ ...bar, color: colors.get(bar.label) })),
            'Annotations by tag')),
        isDetection && card('Boxes in a photo',
          barColumns(perPhotoBars(statistics.annotationsPerPhoto), 'Photos by number of boxes'),
          'Photos by the number of their boxes.'),
        isDetection && card('Size of boxes',
          barColumns(sizeBars(statistics.boxSizes), 'Boxes by size'),
          'Sides as a share of the photo’s, in percent.'),
        isDetection && card('Shape of boxes', barColumns(aspectBars(statistics.aspectRatios), 'Boxes by shape')),
        isDetection && card('Where boxes lie',
          heatMap(statistics.positions, 'Centres of the boxes'),
          'Centres of the boxes on a photo.'),
        card('Size of photos',
          h('table', { class: 'table plain' },
            h('tbody', null,
              statistics.photoSizes.map(({ width, height, count: number }) => h('tr', { key: `${width} ${height}` },
                h('th', { scope: 'row' }, `${width} × ${height}`), h('td', { class: 'number' }, count(number)))))))))
  }
}

customElements.define('dataset-statistics', DatasetStatistics)
