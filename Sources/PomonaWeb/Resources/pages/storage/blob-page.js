// @ts-check
// One blob: a photo to look at closely, or a file with what is known about it.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { apiURL, get, post } from '../../app/net/client.js'
import { takeOver } from '../../app/handover.js'
import { go } from '../../app/navigation.js'
import { bytes, moment } from '../../model/format.js'
import '../../canvas/photo-canvas.js'
import { confirmDialog } from '../../elements/dialog.js'
import { icon } from '../../elements/icon.js'
import { pageHead } from '../../elements/page-head.js'
import { copyLine, loading } from '../../elements/parts.js'
import { thumbnailURL } from '../../elements/thumbnail.js'
import { notifyProblem } from '../../elements/toast.js'

class BlobPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  blob = null
  /** @type {any} */
  container = null

  connected() {
    this.blob = takeOver(`/blobs/${this.params.blobID}`)
    this.container = takeOver(`/containers/${this.params.containerID}`)
  }

  async load() {
    [this.blob, this.container] = await Promise.all([
      get(`/blobs/${this.params.blobID}`, {}, this.signal),
      get(`/containers/${this.params.containerID}`, {}, this.signal),
    ])
    document.title = `${this.blob.name} · Pomona`
  }

  render() {
    const { blob, container } = this
    if (!blob || !container) return h('div', { class: 'page' }, loading())
    const line = (name, value) => value && [h('dt', { key: `${name} name` }, name), h('dd', { key: name }, value)]
    const isShown = blob.isPhoto && !blob.problem
    return h('div', { class: 'page full' },
      pageHead({
        title: blob.name, crumbs: [['/storage', 'Storage'], [`/storage/${container.id}`, container.name]],
        actions: [
          h('a', { class: 'button', href: apiURL(`/blobs/${blob.id}/content`), download: blob.name },
            icon('download'),
            'Download'),
          h('button', { class: 'button', type: 'button', onclick: () => this.delete() }, icon('clean'), 'Delete'),
        ],
      }),
      blob.problem && h('div', { class: 'problem', role: 'alert' }, icon('warn'), h('p', null, blob.problem.message)),
      h('div', { class: 'viewer' },
        isShown && h('photo-canvas', {
          class: 'stage', '.photo': { blobID: blob.id, width: blob.width, height: blob.height, sketch: thumbnailURL(blob.id) },
          'aria-label': blob.name, role: 'img', 'onphoto-failed': (event) => notifyProblem(event.detail.error),
        }),
        h('aside', { class: 'viewer-side stack' },
          h('dl', { class: 'facts' },
            line('Size', isShown && `${blob.width} × ${blob.height} px`),
            line('Bytes', bytes(blob.bytes)),
            line('Type', blob.contentType), line('Uploaded', moment(blob.createdAt))),
          copyLine({ label: 'URL', value: blob.url }))))
  }

  async delete() {
    const isDone = await confirmDialog({
      title: `Delete ${this.blob.name}?`, text: 'It cannot be taken back.', action: 'Delete', danger: true,
      run: () => post(`/containers/${this.params.containerID}/blobs:delete`, { ids: [this.blob.id] }),
    })
    if (isDone) go(`/storage/${this.params.containerID}`)
  }
}

customElements.define('page-blob', BlobPage)
