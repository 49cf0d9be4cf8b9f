// @ts-check
// Tagging whole photos in the grid: choose many, press a key. Taken back with Ctrl-Z.

import { h } from '../../app/dom/h.js'
import { change, post } from '../../app/net/client.js'
import { counted } from '../../model/format.js'
import { wrongName } from '../../model/names.js'
import { openDialog } from '../../elements/dialog.js'
import { textField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { dot } from '../../elements/parts.js'
import { notify, notifyProblem } from '../../elements/toast.js'

/** At most as many photos as the server takes at once. */
const mostAtOnce = 1000

export class Tagging {
  /** What the last acts changed. @type {{photoID: string, tag?: string}[][]} */
  #done = []
  /** The last act that was asked for; the next waits for it, so that Ctrl-Z means what was pressed before it. */
  #last = Promise.resolve()

  /** @param {any} view the grid's element */
  constructor(view) {
    this.view = view
  }

  /** @param {Map<string, string>} colors */
  bar(colors) {
    const { dataset, grid } = this.view
    const chosen = grid?.selection.ids.size ?? 0
    return h('div', { class: 'bar tag-bar', role: 'toolbar', 'aria-label': 'Tag the chosen photos', key: 'tags' },
      h('span', { class: 'strong nowrap' },
        chosen === 0 ? 'Choose photos, then a tag:' : `${counted(chosen, 'photo')} chosen:`),
      dataset.tags.map((tag, index) => h('button', {
        class: 'button small', type: 'button', key: tag.name, disabled: chosen === 0,
        onclick: () => this.apply(tag.name),
      }, dot(colors.get(tag.name) ?? ''), tag.name, index < 9 && h('kbd', null, index + 1))),
      h('button',
        { class: 'button small quiet', type: 'button', disabled: chosen === 0, onclick: () => this.apply(undefined) },
        'No tag',
        h('kbd', null, '0')),
      h('button', { class: 'button small quiet', type: 'button', onclick: () => this.addTag() },
        icon('plus'),
        'New tag'),
      this.#done.length > 0 && h('button', { class: 'button small quiet', type: 'button', onclick: () => this.undo() },
        icon('undo'),
        'Undo'))
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const target = /** @type {HTMLElement} */ (event.target)
    if (!this.view.isClassification || target.closest('input, textarea, select, dialog') || event.altKey) return
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault()
      this.undo()
      return
    }
    if (event.ctrlKey || event.metaKey || !/^[0-9]$/.test(event.key) || (this.view.grid?.selection.ids.size ?? 0) === 0) return
    const tag = this.view.dataset.tags[Number(event.key) - 1]
    if (event.key === '0') this.apply(undefined)
    else if (tag) this.apply(tag.name)
  }

  /** @param {() => Promise<void>} act */
  #inTurn(act) {
    this.#last = this.#last.then(act)
    return this.#last
  }

  /** @param {string | undefined} tag */
  apply(tag) {
    const { grid } = this.view
    const { selection } = grid
    // At once, because what is chosen from here on is meant for the next tag.
    grid.clearSelection()
    return this.#inTurn(() => this.#tag(selection, tag))
  }

  undo() {
    return this.#inTurn(() => this.#undo())
  }

  /** @param {import('../../model/selection.js').Selection} selection @param {string | undefined} tag */
  async #tag(selection, tag) {
    const { grid } = this.view
    try {
      const previous = await this.#send([...selection.ids], tag)
      this.#done.push(previous)
      notify(tag ? `${counted(previous.length, 'photo')} tagged “${tag}”.` : `${counted(previous.length, 'photo')} without tag.`,
        {
          tone: 'good', action: { label: 'Undo', run: () => this.undo() },
        })
      this.view.update()
    } catch (error) {
      if (grid.selection.ids.size === 0) grid.select(selection)
      notifyProblem(error)
    }
  }

  /** @param {string[]} ids @param {string | undefined} tag @returns {Promise<{photoID: string, tag?: string}[]>} */
  async #send(ids, tag) {
    const previous = []
    for (let index = 0; index < ids.length; index += mostAtOnce) {
      const answer = await post(`/datasets/${this.view.dataset.id}/photos:tag`, {
        photoIDs: ids.slice(index, index + mostAtOnce), ...(tag && { tag }),
      })
      previous.push(...answer.previous)
    }
    this.view.grid.refresh()
    return previous
  }

  async #undo() {
    const previous = this.#done.pop()
    if (!previous) return
    /** @type {Map<string | undefined, string[]>} */
    const byTag = new Map()
    for (const { photoID, tag } of previous) byTag.set(tag, [...(byTag.get(tag) ?? []), photoID])
    try {
      for (const [tag, ids] of byTag) await this.#send(ids, tag)
    } catch (error) {
      this.#done.push(previous)
      notifyProblem(error)
    }
    this.view.update()
  }

  async addTag() {
    const { dataset } = this.view
    let name = ''
    let isTried = false
    const taken = dataset.tags.map((tag) => tag.name)
    const answer = await openDialog({
      title: 'New tag',
      body: (dialog) => textField({
        label: 'Name', key: 'tag-name', value: name, autofocus: true, wrong: isTried && wrongName(name, taken),
        oninput: (value) => {
          name = value
          dialog.update()
        },
      }),
      actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy }, 'Add'),
      submit: (dialog) => {
        isTried = true
        if (wrongName(name, taken)) dialog.update()
        else dialog.run(() => change(`/datasets/${dataset.id}`, { tags: [...taken, name.trim()] }))
      },
    })
    if (answer) this.view.dataset = answer
  }
}
