// @ts-check
// What a project is made of: categories, instructions, the machine's help, people.

import { h } from '../../app/dom/h.js'
import { View } from '../../app/dom/view.js'
import { all, change } from '../../app/net/client.js'
import { checkField, choiceField, selectField, slider, textField } from '../../elements/field.js'
import { markdownView } from '../../elements/markdown-view.js'
import { icon } from '../../elements/icon.js'
import { notifyProblem } from '../../elements/toast.js'
import { categoriesView } from './categories.js'
import { People } from './people.js'

/**
 * Instructions that are being written, by project: whoever leaves the page and comes back goes on with them.
 * @type {Map<string, string>}
 */
const written = new Map()

class ProjectDetails extends View {
  /** @type {any} */
  #project = null
  /** @type {(project: any) => void} */
  take = () => {}
  /** @type {any[]} */
  foundations = []
  people = new People(this)
  /** Settings that are being typed or dragged, which events must not take away. @type {Record<string, any>} */
  drafts = {}
  /** @type {Promise<any>} */
  #saving = Promise.resolve()

  get project() {
    return this.#project
  }

  set project(project) {
    this.#project = project
    this.update()
  }

  /** What is being written, while somebody writes. @returns {string | null} */
  get instructions() {
    return written.get(this.project.id) ?? null
  }

  set instructions(text) {
    if (text === null) written.delete(this.project.id)
    else written.set(this.project.id, text)
  }

  get isOwner() {
    return this.project.role === 'owner'
  }

  async load() {
    if (!this.isOwner) return
    this.foundations = await all('/foundations', {}, this.signal)
    await this.people.load()
  }

  render() {
    const { project } = this
    return h('div', { class: 'columns' },
      h('div', { class: 'column' },
        h('section', { class: 'card' },
          h('div', { class: 'card-head' }, h('h2', null, 'Label categories')),
          categoriesView(this)),
        this.#instructions()),
      this.isOwner && h('div', { class: 'column' }, this.#assistance(project.settings), this.#queue(project.settings),
        h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'People')), this.people.view())))
  }

  #instructions() {
    const { project } = this
    const isEdited = this.instructions !== null
    return h('section', { class: 'card' },
      h('div', { class: 'card-head' }, h('h2', null, 'Instructions'), this.isOwner && !isEdited && h('button', {
        class: 'button small', type: 'button', onclick: () => {
          this.instructions = project.instructions
          this.update()
        },
      }, icon('pencil'), 'Edit')),
      isEdited ? h('form', {
        class: 'stack', onsubmit: async (event) => {
          event.preventDefault()
          const { instructions } = this
          const isSaved = await this.save({ instructions })
          // What was written on while it was saved stays.
          if (isSaved && this.instructions === instructions) this.instructions = null
          this.update()
        },
      },
        textField({
          label: 'Markdown', isLong: true, value: this.instructions ?? '', autofocus: true,
          note: 'Labelers see this beside the photos.', oninput: (value) => {
            this.instructions = value
            this.update()
          },
        }),
        h('div', { class: 'prose preview' }, markdownView(this.instructions ?? '')),
        h('div', { class: 'row' }, h('button', { class: 'button primary', type: 'submit' }, 'Save'), h('button', {
          class: 'button', type: 'button', onclick: () => {
            this.instructions = null
            this.update()
          },
        }, 'Cancel')))
        : project.instructions ? h('div', { class: 'prose' }, markdownView(project.instructions)) : h('p',
          { class: 'muted' },
          'None yet. Say what a good box looks like and what to leave out.'))
  }

  /** @param {any} settings */
  #assistance(settings) {
    const number = (label, field, note) => {
      const text = this.drafts[field] ?? String(settings[field])
      const isRight = /^\d+$/.test(text) && Number(text) >= 1
      return textField({
        label, key: field, type: 'number', value: text, note, wrong: !isRight && 'A whole number of at least 1.',
        oninput: (value) => this.draft(field, value),
        onchange: () => {
          if (isRight && this.drafts[field] !== undefined) this.set({ [field]: Number(text) })
        },
      })
    }
    const kind = this.project.kind === 'imageClassification' ? 'classifier' : 'detector'
    return h('section', { class: 'card stack' },
      h('div', { class: 'card-head' }, h('h2', null, 'ML-assisted labeling')),
      checkField({
        label: 'ML-assisted labeling', note: 'A model learns from what is submitted.', checked: settings.assists,
        onchange: (assists) => this.set({ assists }),
      }),
      checkField({
        label: 'Pre-label manual tasks', note: 'Photos come with the model’s boxes, to be accepted or mended.',
        checked: settings.preLabels, disabled: !settings.assists, onchange: (preLabels) => this.set({ preLabels }),
      }),
      checkField({
        label: 'Start by itself', note: 'Otherwise by the button on the Dashboard.', checked: settings.automatic,
        disabled: !settings.assists, onchange: (automatic) => this.set({ automatic }),
      }),
      settings.assists && settings.automatic && h('div', { class: 'two-fields' },
        h('div', { 'data-field': 'firstExperimentAfter' }, number('First after', 'firstExperimentAfter', 'submitted photos')),
        h('div', { 'data-field': 'nextExperimentAfter' }, number('Then every', 'nextExperimentAfter', 'submitted photos'))),
      settings.assists && selectField({
        label: 'Start from',
        value: settings.foundationID ?? '',
        empty: 'the best at hand',
        choices: this.foundations.filter(({ state, kinds }) => state === 'installed' && kinds.includes(kind)).map(
          ({ id, name }) => ({ value: id, label: name })
        ),
        onchange: (foundationID) => this.set({ foundationID: foundationID || null }),
      }))
  }

  /** @param {any} settings */
  #queue(settings) {
    return h('section', { class: 'card stack' }, h('div', { class: 'card-head' }, h('h2', null, 'Queue')),
      choiceField({
        legend: 'Which photos come first', name: 'order', value: settings.order,
        onchange: (order) => this.set({ order }), choices: [
          { value: 'shuffled', label: 'As shuffled' },
          {
            value: 'teaches', label: 'What teaches most',
            note: 'Photos the model is unsure of, and unlike those labeled.',
          },
          { value: 'confirms', label: 'What is quickest to confirm', note: 'Photos the model is sure of.' },
        ],
      }),
      checkField({
        label: 'New photos of the container join', checked: settings.takesNewPhotos,
        onchange: (takesNewPhotos) => this.set({ takesNewPhotos }),
      }),
      h('div', { class: 'two-fields' },
        selectField({
          label: 'Labelers a photo, at least',
          value: String(settings.minimumLabelers),
          choices: [1, 2, 3, 4, 5].map((value) => ({ value: String(value), label: String(value) })),
          onchange: (value) => this.set({
            minimumLabelers: Number(value), maximumLabelers: Math.max(Number(value), settings.maximumLabelers),
          }),
        }),
        selectField({
          label: 'At most',
          value: String(settings.maximumLabelers),
          choices: [1, 2, 3, 4, 5].map(
            (value) => ({ value: String(value), label: String(value), disabled: value < settings.minimumLabelers })
          ),
          onchange: (value) => this.set({ maximumLabelers: Number(value) }),
        })),
      settings.maximumLabelers > 1 && slider({
        label: 'They agree from an overlap of', value: this.drafts.agreementIoU ?? settings.agreementIoU, minimum: 0.1,
        maximum: 0.95, step: 0.05, oninput: (agreementIoU) => this.draft('agreementIoU', agreementIoU),
        onchange: (agreementIoU) => this.set({ agreementIoU }),
      }))
  }

  /** @param {string} field of the settings @param {any} value not saved yet */
  draft(field, value) {
    this.drafts = { ...this.drafts, [field]: value }
    this.update()
  }

  /** @param {any} settings those that change */
  async set(settings) {
    const was = this.drafts
    await this.save({ settings })
    // What was typed on while it was saved stays.
    for (const field in settings) if (this.drafts[field] === was[field]) delete this.drafts[field]
    this.update()
  }

  /** One after the other: each goes on from what the one before has made. @param {() => Promise<any>} act */
  inTurn(act) {
    this.#saving = this.#saving.then(act)
    return this.#saving
  }

  /** @param {any} value */
  save(value) {
    return this.inTurn(() => this.#save(value))
  }

  /** @param {any} value @returns {Promise<boolean>} */
  async #save(value) {
    try {
      const project = await change(`/projects/${this.project.id}`, { ...value, revision: this.project.revision })
      this.project = project
      this.take(project)
      return true
    } catch (error) {
      notifyProblem(error)
      this.update()
      return false
    }
  }
}

customElements.define('project-details', ProjectDetails)
