// @ts-check
// A grid over any number of photos. Only the cells in sight exist; pages of the list are fetched as they come into
// sight.

import { h } from '../app/dom/h.js'
import { patch } from '../app/dom/patch.js'
import { ListPages } from '../model/list-pages.js'
import { cellPlace, gridLayout, pagesOf, stepFrom, visibleRange } from '../model/grid-layout.js'
import { extended, nothingSelected, toggled } from '../model/selection.js'

/** Whoever passes more screens than this in a millisecond sees places and no photos, until it gets slower. */
const passing = 0.006
/** Milliseconds after which somebody who does not move any more has stopped. */
const pause = 90

/**
 * Properties, to be set before it enters the page:
 * - `fetchPage(offset, limit, signal)` answers `{items, total}`
 * - `drawCell(item, index)` describes what is in a cell
 * - `nameOf(item)` names it for screen readers
 * - `open(item, index)` is called by a double click or Enter; without `isSelectable` by a click
 *
 * Events: `selectionchange`, and `totalchange` when the number of photos is known.
 */
export class PhotoGrid extends HTMLElement {
  /** @type {(offset: number, limit: number, signal: AbortSignal) => Promise<{items: any[], total: number}>} */
  fetchPage = async () => ({ items: [], total: 0 })
  /** @type {(item: any, index: number) => any} */
  drawCell = () => null
  /** @type {(item: any) => string} */
  nameOf = (item) => item.name
  /** @type {(item: any, index: number) => void} */
  open = () => {}
  isSelectable = false
  /** Least width of a cell, height below its picture, in pixels. */
  cellWidth = 170
  footer = 30

  selection = nothingSelected()

  #list = new ListPages((offset, limit) => this.fetchPage(offset, limit, this.#lifetime.signal))
  #lifetime = new AbortController()
  /** Counts choices, so that one that took long does not come after a later one. */
  #choice = 0
  #scheduled = false
  #focused = 0
  /** @type {import('../model/grid-layout.js').Layout | null} */
  #layout = null
  /** Where the page was scrolled to when it was last shown, and when that was. */
  #seen = { top: 0, time: 0 }
  #pauseTimer = 0
  /** Items whose cells are in the page. */
  #drawn = new Set()

  connectedCallback() {
    this.#lifetime = new AbortController()
    const { signal } = this.#lifetime
    this.setAttribute('role', 'listbox')
    this.setAttribute('aria-multiselectable', String(this.isSelectable))
    this.tabIndex = 0
    addEventListener('scroll', () => this.schedule(), { signal, passive: true })
    addEventListener('resize', () => this.schedule(), { signal, passive: true })
    const observer = new ResizeObserver(() => this.schedule())
    observer.observe(this)
    signal.addEventListener('abort', () => observer.disconnect())
    this.addEventListener('click', (event) => this.#clicked(event), { signal })
    this.addEventListener('dblclick', (event) => this.#clickedTwice(event), { signal })
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal })
    if (this.#list.isKnown) this.schedule()
    else this.reload()
  }

  disconnectedCallback() {
    this.#lifetime.abort()
    this.#list.abandon()
    clearTimeout(this.#pauseTimer)
  }

  get total() {
    return this.#list.total
  }

  /** Forgets everything and fetches what is in sight. */
  async reload() {
    this.#list.forget()
    await this.#fetch(0)
  }

  /** Fetches what is in sight again, showing the old until the new is there. */
  refresh() {
    this.#list.expire()
    if (this.#list.isEmpty) this.#fetch(0)
    this.schedule()
  }

  /** @param {number} index @returns {any} the item, where it has been fetched */
  itemAt(index) {
    return this.#list.itemAt(index)
  }

  /** @returns {any[]} the chosen items, as far as they are here */
  get selectedItems() {
    return this.#list.items.filter((item) => this.selection.ids.has(item.id))
  }

  /** @param {Map<string, any>} replacements items by id */
  replace(replacements) {
    this.#list.replace(replacements)
    this.schedule()
  }

  clearSelection() {
    this.select(nothingSelected())
  }

  /** Chooses everything that fits, also what has not been looked at. */
  async selectAll() {
    if (this.total > 0) await this.#extend({ ids: new Set(), anchor: 0 }, this.total - 1)
  }

  /**
   * Chooses a range; what is not here is fetched first.
   *
   * @param {import('../model/selection.js').Selection} selection
   * @param {number} index where the range ends that begins at the anchor
   */
  async #extend(selection, index) {
    const from = selection.anchor ?? index
    const [first, end] = [Math.min(from, index), Math.max(from, index) + 1]
    let ids = this.#list.knownIDs(first, end)
    if (!ids) {
      const choice = this.#choice += 1
      this.setAttribute('aria-busy', 'true')
      try {
        ids = await this.#list.ids(first, end)
      } catch (error) {
        if (this.isConnected) this.dispatchEvent(new CustomEvent('failure', { detail: error }))
      }
      this.removeAttribute('aria-busy')
      if (!ids || choice !== this.#choice || !this.isConnected) return
    }
    const found = ids
    this.select(extended(selection, index, (place) => found[place - first]))
  }

  /** @param {import('../model/selection.js').Selection} selection */
  select(selection) {
    this.#choice += 1
    this.selection = selection
    this.schedule()
    this.dispatchEvent(new CustomEvent('selectionchange'))
  }

  /** @param {number} page */
  async #fetch(page) {
    if (!this.#list.isNeeded(page)) return
    const { signal } = this.#lifetime
    try {
      const change = await this.#list.load(page)
      if (signal.aborted || !change) return
      if (change.hasOtherTotal) this.dispatchEvent(new CustomEvent('totalchange'))
      this.schedule()
    } catch (error) {
      if (!signal.aborted) this.dispatchEvent(new CustomEvent('failure', { detail: error }))
    }
  }

  schedule() {
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => {
      this.#scheduled = false
      if (this.isConnected) this.#show()
    })
  }

  #show() {
    const place = this.getBoundingClientRect()
    if (place.width === 0) return
    const layout = gridLayout({
      width: place.width, count: this.total, wanted: this.cellWidth, gap: 12, footer: this.footer,
    })
    this.#layout = layout
    this.style.height = `${layout.height}px`
    const range = visibleRange(layout, { top: -place.top, height: innerHeight, count: this.total })
    const isPassing = this.#isPassing(-place.top)
    for (const page of isPassing ? [] : pagesOf(range, this.#list.pageSize)) this.#fetch(page)
    const cells = []
    const drawn = new Set()
    for (let index = range.first; index < range.end; index += 1) {
      let item = this.itemAt(index)
      if (item && isPassing && !this.#drawn.has(item)) item = undefined
      if (item) drawn.add(item)
      cells.push(this.#cell(layout, index, item))
    }
    this.#drawn = drawn
    // The cell with the focus stays, wherever it is scrolled to.
    if (this.#focused < this.total && (this.#focused < range.first || this.#focused >= range.end)
        && this.contains(document.activeElement)) cells.push(this.#cell(layout, this.#focused, this.itemAt(this.#focused)))
    const hadFocus = document.activeElement !== this && this.contains(document.activeElement)
    patch(this, cells)
    // A cell whose photo has come is another element than the one that waited for it.
    if (hadFocus && !this.contains(document.activeElement)) {
      const cell = /** @type {HTMLElement | null} */ (this.querySelector(`[data-index="${this.#focused}"]`))
      cell?.focus({ preventScroll: true })
    }
  }

  /**
   * Whether the grid rushes by: photos that nobody can see are neither asked for nor drawn.
   *
   * @param {number} top
   */
  #isPassing(top) {
    const time = performance.now()
    const screens = Math.abs(top - this.#seen.top) / innerHeight
    const isPassing = screens > passing * Math.max(8, time - this.#seen.time)
    this.#seen = { top, time }
    clearTimeout(this.#pauseTimer)
    if (isPassing) this.#pauseTimer = window.setTimeout(() => this.schedule(), pause)
    return isPassing
  }

  /** @param {import('../model/grid-layout.js').Layout} layout @param {number} index @param {any} item */
  #cell(layout, index, item) {
    const { x, y } = cellPlace(layout, index)
    const isChosen = item && this.selection.ids.has(item.id)
    return h('div', {
      key: item ? item.id : `empty ${index}`,
      class: ['cell', !item && 'cell-empty', isChosen && 'cell-chosen'],
      role: 'option',
      'aria-selected': this.isSelectable ? String(Boolean(isChosen)) : null,
      'aria-label': item ? this.nameOf(item) : 'Loading',
      'aria-posinset': index + 1, 'aria-setsize': this.total, 'data-index': index, tabindex: '-1',
      style: {
        transform: `translate(${x}px, ${y}px)`, width: `${layout.cellWidth}px`,
        height: `${layout.rowHeight - layout.gap}px`,
      },
    }, item && this.drawCell(item, index))
  }

  /** @param {Event} event @returns {number | undefined} */
  #indexOf(event) {
    const cell = /** @type {Element} */ (event.target).closest('[data-index]')
    return cell ? Number(cell.getAttribute('data-index')) : undefined
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const index = this.#indexOf(event)
    const item = index === undefined ? undefined : this.itemAt(index)
    if (index === undefined || !item) return
    this.#focused = index
    if (!this.isSelectable) return this.open(item, index)
    if (event.shiftKey) this.#extend(this.selection, index)
    else this.select(toggled(this.selection, item.id, index))
    this.focusCell(index)
  }

  /** @param {MouseEvent} event */
  #clickedTwice(event) {
    const index = this.#indexOf(event)
    if (this.isSelectable && index !== undefined && this.itemAt(index)) this.open(this.itemAt(index), index)
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!this.#layout || event.altKey) return
    const at = this.#indexOf(event) ?? this.#focused
    const isOnCell = event.target !== this
    const next = stepFrom(event.key, at, {
      columns: this.#layout.columns,
      count: this.total,
      rows: Math.max(1, Math.floor(innerHeight / this.#layout.rowHeight) - 1),
    })
    if (next !== undefined) {
      event.preventDefault()
      this.focusCell(isOnCell ? next : Math.min(this.#focused, this.total - 1))
      if (event.shiftKey && this.isSelectable) {
        const anchored = this.selection.anchor === null ? { ...this.selection, anchor: at } : this.selection
        this.#extend(anchored, next)
      }
      return
    }
    const item = this.itemAt(at)
    if (event.key === 'Enter' && isOnCell && item) {
      event.preventDefault()
      this.open(item, at)
    } else if (event.key === ' ' && isOnCell && item && this.isSelectable) {
      event.preventDefault()
      this.select(toggled(this.selection, item.id, at))
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && this.isSelectable) {
      event.preventDefault()
      this.selectAll()
    } else if (event.key === 'Escape' && this.selection.ids.size > 0) {
      event.preventDefault()
      this.clearSelection()
    }
  }

  /** Brings a cell into sight and gives it the focus. @param {number} index */
  focusCell(index) {
    if (!this.#layout || index < 0) return
    this.#focused = index
    const { y } = cellPlace(this.#layout, index)
    const top = this.getBoundingClientRect().top + y
    const bottom = top + this.#layout.rowHeight
    if (top < 80) scrollBy(0, top - 80)
    else if (bottom > innerHeight - 20) scrollBy(0, bottom - innerHeight + 20)
    // However far that was, it is the place that was meant.
    this.#seen.time = 0
    this.#show()
    const cell = /** @type {HTMLElement | null} */ (this.querySelector(`[data-index="${index}"]`))
    cell?.focus({ preventScroll: true })
  }
}

customElements.define('photo-grid', PhotoGrid)
