// @ts-check
// The base of every element that shows something: renders a description, loads what it needs, listens to what happens.

import { patch } from './patch.js'
import { h } from './h.js'
import { inFrame } from './frame.js'
import { events } from '../net/events.js'
import { connection } from '../net/connection.js'
import { problem } from '../../elements/problem.js'

/**
 * An element that shows `render()`. Subclasses change their fields and call `update()`; what they listen to ends with
 * their place in the page.
 */
export class View extends HTMLElement {
  /** What could not be loaded, if something could not. @type {any} */
  failure = null

  #lifetime = new AbortController()
  #scheduled = false
  #shown = false

  /** Aborted when the element leaves the page: hand it to requests and listeners. */
  get signal() {
    return this.#lifetime.signal
  }

  connectedCallback() {
    if (this.#lifetime.signal.aborted) this.#lifetime = new AbortController()
    this.#shown = true
    this.connected()
    this.update()
    this.reload()
    connection.listen((isOnline) => {
      if (isOnline) this.reload()
    }, this.signal)
    events.listen((event) => {
      if (event.type === 'reset') this.reload()
    }, this.signal)
  }

  disconnectedCallback() {
    this.#shown = false
    this.#lifetime.abort()
    this.disconnected()
  }

  /** Called when the element has come into the page. */
  connected() {}

  /** Called when it has left the page. */
  disconnected() {}

  /** Fetches what the element shows. Called again when a lost connection is back. */
  async load() {}

  /** @returns {import('./h.js').Content} */
  render() {
    return null
  }

  /** Loads anew and shows the result, or what went wrong. */
  async reload() {
    try {
      await this.load()
      this.failure = null
    } catch (error) {
      if (this.signal.aborted) return
      this.failure = error
    }
    if (this.#shown) this.update()
  }

  /** Whether showing waits for the next frame, so that what a hand does is never held up by it. */
  get waitsForFrame() {
    return false
  }

  /** Shows the present state at the next opportunity. */
  update() {
    if (this.#scheduled) return
    this.#scheduled = true
    const show = () => {
      this.#scheduled = false
      if (this.#shown) patch(this, this.failure ? this.renderFailure() : this.render())
    }
    if (this.waitsForFrame) inFrame(show)
    else queueMicrotask(show)
  }

  renderFailure() {
    return h('div', { class: 'page' }, problem(this.failure, () => this.reload()))
  }

  /**
   * Calls `action` for events of a kind as long as the element is in the page.
   *
   * @param {string} kind for example `model`
   * @param {(event: {type: string, id: string, groupID?: string, value?: any}) => void} action
   */
  follow(kind, action) {
    events.listen((event) => {
      if (event.kind === kind && (event.type === 'changed' || event.type === 'deleted')) {
        action(event)
        this.update()
      }
    }, this.signal)
  }

  /**
   * Keeps a list in the field `field` as events tell; new objects that `belongs` accepts come first.
   *
   * @param {string} field
   * @param {string} kind
   * @param {(value: any) => boolean} belongs
   */
  followList(field, kind, belongs) {
    this.follow(kind, (event) => {
      const list = /** @type {any} */ (this)[field]
      if (!list) return
      const index = list.findIndex((item) => item.id === event.id)
      if (event.type === 'deleted') {
        if (index >= 0) list.splice(index, 1)
      } else if (index >= 0) list[index] = { ...list[index], ...event.value }
      else if (belongs(event.value)) list.unshift(event.value)
    })
  }
}
