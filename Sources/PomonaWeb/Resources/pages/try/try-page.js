// @ts-check
// Try it out: pick a model, drop photos, see what it finds.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, get } from '../../app/net/client.js'
import { post } from '../../app/net/client.js'
import { query } from '../../app/navigation.js'
import { session } from '../../app/session.js'
import { isUsable } from '../../model/status.js'
import { acceptDrops, chooseFiles } from '../../elements/dropped-files.js'
import { checkField, select } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { pageHead } from '../../elements/page-head.js'
import { loading } from '../../elements/parts.js'
import { notify, notifyProblem } from '../../elements/toast.js'
import { thumbnail } from '../../elements/thumbnail.js'
import { takePhoto } from './camera.js'
import { predictPhoto, predictBlob } from './predict.js'
import { resultView } from './result-view.js'

/**
 * @typedef {{id: number, name: string, file?: Blob, url?: string, blobID?: string, state: 'waiting' | 'done' |
 *   'failed', answer?: any,
 *   error?: any}} Photo
 */

class TryPage extends View {
  /** @type {any[] | null} */
  models = null
  /** @type {any[]} */
  foundations = []
  modelID = query().get('model') ?? ''
  /** @type {Photo[]} */
  photos = []
  shownID = 0
  threshold = 0.5
  isTiled = false
  tab = 'photo'
  /** @type {any[]} */
  samples = []
  hovered = -1
  #nextID = 1
  #isWorking = false

  connected() {
    acceptDrops(this, (files) => this.take(files), this.signal)
    document.addEventListener('paste', (event) => this.#paste(event), { signal: this.signal })
    this.followList('foundations', 'foundation', () => true)
    this.follow('model', () => this.reload())
  }

  disconnected() {
    for (const { url } of this.photos) if (url) URL.revokeObjectURL(url)
  }

  async load() {
    const [builtIn, own, foundations] = await Promise.all([
      all('/built-in-models', {}, this.signal),
      session.groupID ? all(`/groups/${session.groupID}/models`, {}, this.signal) : [],
      all('/foundations', {}, this.signal),
    ])
    this.models = [...own.filter(isUsable), ...builtIn]
    this.foundations = foundations
    // Photos may have come before the models.
    if (this.model) this.#work()
    else this.choose((builtIn[0] ?? this.models[0])?.id ?? '')
    if (session.groupID) await this.#loadSamples(session.groupID)
  }

  /** The four photos that the sample keeps for this. @param {string} groupID */
  async #loadSamples(groupID) {
    const container = (await all(`/groups/${groupID}/containers`,
      {},
      this.signal)).find(({ name }) => name === 'test-images')
    this.samples = container
      ? (await get(`/containers/${container.id}/blobs`, { kind: 'photo', limit: 12 }, this.signal)).items
      : []
  }

  get model() {
    return this.models?.find(({ id }) => id === this.modelID)
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/'))
    if (files.length === 0) return
    event.preventDefault()
    this.take(files.map((file) => ({ file, name: file.name || 'pasted photo' })))
  }

  /** @param {{file: Blob, name: string}[]} files */
  take(dropped) {
    const files = dropped.filter(({ file }) => file)
    const unreadable = dropped.find(({ reason }) => reason)
    if (unreadable) notify(`${unreadable.name}: ${unreadable.reason}`, { tone: 'bad' })
    if (files.length === 0) return
    this.#add(files.slice(0, 200).map(({ file, name }) => ({ id: this.#nextID++, name, file, url: URL.createObjectURL(file), state: 'waiting' })))
    if (files.length > 200) notify('The first 200 photos were taken.')
  }

  /** @param {Photo[]} photos */
  #add(photos) {
    this.photos = [...photos, ...this.photos]
    this.shownID = photos[0].id
    this.update()
    this.#work()
  }

  /** One photo after the other, the shown one first. */
  async #work() {
    if (this.#isWorking) return
    this.#isWorking = true
    for (;;) {
      const photo = this.photos.find(
        ({ id, state }) => id === this.shownID && state === 'waiting'
      ) ?? this.photos.find(({ state }) => state === 'waiting')
      if (!photo || !this.model || this.signal.aborted) break
      const { modelID, isTiled } = this
      const isAsked = () => modelID === this.modelID && isTiled === this.isTiled
      try {
        const answer = photo.blobID
          ? await predictBlob(modelID, photo.blobID, isTiled, this.signal)
          : await predictPhoto(modelID, /** @type {Blob} */ (photo.file), isTiled, this.signal)
        if (!isAsked()) continue
        Object.assign(photo, { state: 'done', answer })
      } catch (error) {
        if (this.signal.aborted) break
        if (!isAsked()) continue
        Object.assign(photo, { state: 'failed', error })
      }
      this.update()
    }
    this.#isWorking = false
  }

  /** @param {string} id */
  choose(id) {
    this.modelID = id
    this.again(...this.photos)
  }

  /** @param {boolean} isTiled */
  tile(isTiled) {
    this.isTiled = isTiled
    this.again(...this.photos)
  }

  /** What was answered belongs to another question now. @param {...Photo} photos */
  again(...photos) {
    for (const photo of photos) Object.assign(photo, { state: 'waiting', answer: undefined, error: undefined })
    this.update()
    this.#work()
  }

  render() {
    const { models } = this
    if (!models) return h('div', { class: 'page' }, pageHead({ title: 'Try it out' }), loading())
    const better = this.foundations.find((item) => item.isBuiltIn && item.state === 'available')
    const pulling = this.foundations.find((item) => item.isBuiltIn && item.state === 'pulling')
    const shown = this.photos.find(({ id }) => id === this.shownID)
    return h('div', { class: 'page full' },
      pageHead({
        title: 'Try it out',
        text: [
          session.group && `With the Vision resource of “${session.group.name}”. `,
          h('a', { href: '/datasets' }, 'Train a custom model'),
        ],
        actions: [
          h('button', { class: 'button', type: 'button', onclick: () => this.camera() }, icon('camera'), 'Camera'),
          h('button',
            {
              class: 'button primary',
              type: 'button',
              onclick: async () => this.take(await chooseFiles({ accept: 'image/*,.heic,.tif,.tiff,.bmp' })),
            },
            icon('upload'),
            'Choose photos'),
        ],
      }),
      h('div', { class: 'bar' }, h('span', { class: 'strong' }, 'Model'),
        models.length === 0 ? h('span', { class: 'muted' }, 'none yet') : select({
          label: 'Model', isCompact: true, value: this.modelID, onchange: (id) => this.choose(id),
          choices: models.map((model) => ({ value: model.id, label: model.isBuiltIn ? `${model.name} (built in)` : model.name })),
        }),
        this.model && h('span', { class: 'muted small clip' },
          `${this.model.labels.length} tags: ${this.model.labels.slice(0, 6).join(', ')}${this.model.labels.length > 6 ? ' …' : ''}`),
        this.model?.kind === 'detector' && checkField({
          label: 'Find small things', checked: this.isTiled, onchange: (isOn) => this.tile(isOn),
        }),
        better && this.model?.isBuiltIn && h('button',
          {
            class: 'button small',
            type: 'button',
            onclick: () => post(`/foundations/${better.id}:pull`).catch(notifyProblem),
          },
          icon('download'),
          `Fetch a better one (${better.name})`),
        pulling && h('span', { class: 'status status-busy' }, `Fetching ${pulling.name}`)),
      this.samples.length > 0 && h('div', { class: 'strip', role: 'group', 'aria-label': 'Photos to try' },
        this.samples.map((blob) => h('button', {
          class: 'strip-photo', type: 'button', key: blob.id, title: blob.name, 'aria-label': `Try ${blob.name}`,
          onclick: () => this.#add([{ id: this.#nextID++, name: blob.name, blobID: blob.id, state: 'waiting' }]),
        }, thumbnail(blob, [], { isWhole: false })))),
      shown
        ? resultView(this, shown)
        : h('button',
          {
            class: 'drop-field',
            type: 'button',
            onclick: async () => this.take(await chooseFiles({ accept: 'image/*' })),
          },
          icon('upload'),
          h('span', { class: 'strong' }, 'Drop one or many photos here, or paste one'),
          h('span', { class: 'muted' }, 'or click to choose files. They stay on this machine.')),
      h('div', { class: 'drop-veil', 'aria-hidden': 'true' }, h('span', null, icon('upload'), 'Drop to try')))
  }

  async camera() {
    const photo = await takePhoto()
    if (photo) this.take([{ file: photo, name: 'camera.jpg' }])
  }
}

customElements.define('page-try', TryPage)
