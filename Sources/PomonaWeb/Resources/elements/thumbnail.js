// @ts-check
// A small picture of a photo with its boxes drawn over it.

import { h } from '../app/dom/h.js'
import { apiURL } from '../app/net/client.js'

/**
 * @typedef {{xMin: number, yMin: number, xMax: number, yMax: number}} Box
 * @typedef {{box?: Box, color: string, isDashed?: boolean}} Drawn
 */

/** @param {string} blobID @param {256 | 512} [side] */
export function thumbnailURL(blobID, side = 256) {
  return apiURL(`/blobs/${blobID}/thumbnail`, { side })
}

/** @param {string} blobID @param {number} [side] at most so many pixels along the long side */
export function imageURL(blobID, side) {
  return apiURL(`/blobs/${blobID}/image`, { side })
}

/**
 * All boxes of one colour as one path, so that a photo with hundreds of them needs few elements.
 *
 * @param {Drawn[]} boxes
 */
function outlines(boxes) {
  /** @type {Map<string, {color: string, isDashed: boolean, path: string}>} */
  const groups = new Map()
  for (const { box, color, isDashed = false } of boxes) {
    if (!box) continue
    const key = `${color}${isDashed}`
    const group = groups.get(key) ?? { color, isDashed, path: '' }
    const [x, y, right, bottom] = [box.xMin, box.yMin, box.xMax, box.yMax].map((value) => Math.round(value * 10) / 10)
    group.path += `M${x} ${y}H${right}V${bottom}H${x}Z`
    groups.set(key, group)
  }
  return [...groups.values()].map(({ color, isDashed, path }) => h('path', {
    key: color + isDashed, d: path, stroke: color, class: ['thumb-box', isDashed && 'thumb-box-dashed'],
  }))
}

/**
 * @param {{blobID?: string, id?: string, width?: number, height?: number}} photo
 * @param {Drawn[]} [boxes] in pixels of the photo
 * @param {{side?: 256 | 512, isWhole?: boolean}} [options] `isWhole`: the whole photo instead of a cut that fills the
 *   place
 */
export function thumbnail(photo, boxes = [], { side = 256, isWhole = true } = {}) {
  const id = photo.blobID ?? photo.id ?? ''
  const hasBoxes = photo.width && photo.height && boxes.some(({ box }) => box)
  return h('span', { class: ['thumb', isWhole && 'thumb-whole'], key: id },
    h('img', {
      loading: 'lazy', decoding: 'async', alt: '', draggable: 'false',
      onerror: (event) => event.target.classList.add('thumb-broken'), src: thumbnailURL(id, side),
    }),
    hasBoxes && h('svg', {
      viewBox: `0 0 ${photo.width} ${photo.height}`, preserveAspectRatio: `xMidYMid ${isWhole ? 'meet' : 'slice'}`,
      'aria-hidden': 'true',
    }, outlines(boxes)))
}
