// @ts-check
// A long list of the server, page by page as it is looked at. Answers may come in any order, and after the filter has
// changed: what was asked later wins, and what was asked of another filter is nothing any more. No DOM.

/** @typedef {(offset: number, limit: number) => Promise<{items: any[], total: number}>} FetchPart */

/** As many items as the server gives at once. */
const mostAtOnce = 500

export class ListPages {
  /** How many there are, as the newest answer has it. */
  total = 0
  /** Whether any answer has come. */
  isKnown = false

  /** @type {Map<number, {items: any[], number: number}>} */
  #pages = new Map()
  /** The newest request for each page that is under way. @type {Map<number, number>} */
  #asked = new Map()
  #ask
  #pageSize
  #mostPages
  /** Counts filters. */
  #generation = 0
  /** Counts requests. */
  #number = 0
  /** Answers to requests up to this one are shown until newer ones come. */
  #expired = 0
  #totalNumber = 0

  /** @param {FetchPart} fetch @param {{pageSize?: number, mostPages?: number}} [options] */
  constructor(fetch, { pageSize = 100, mostPages = 40 } = {}) {
    this.#ask = fetch
    this.#pageSize = pageSize
    this.#mostPages = mostPages
  }

  get pageSize() {
    return this.#pageSize
  }

  /** Whether nothing of the list is here. */
  get isEmpty() {
    return this.#pages.size === 0
  }

  /** All items that are here, in no order. @returns {any[]} */
  get items() {
    return [...this.#pages.values()].flatMap((page) => page.items)
  }

  /** @param {number} index @returns {any} the item, where it is here */
  itemAt(index) {
    return this.#pages.get(Math.floor(index / this.#pageSize))?.items[index % this.#pageSize]
  }

  /** @param {Map<string, any>} replacements items by id */
  replace(replacements) {
    for (const page of this.#pages.values()) page.items = page.items.map((item) => replacements.get(item.id) ?? item)
  }

  /** Forgets everything: the filter is another one. */
  forget() {
    this.#generation += 1
    this.#pages.clear()
    this.#asked.clear()
  }

  /** What is here is old, and is shown until it has come anew. */
  expire() {
    this.#expired = this.#number
    this.#asked.clear()
  }

  /** Waits for nothing any more. */
  abandon() {
    this.#asked.clear()
  }

  /** Whether a page has to be asked for. @param {number} page */
  isNeeded(page) {
    return !this.#asked.has(page) && (this.#pages.get(page)?.number ?? 0) <= this.#expired
  }

  /**
   * Asks for a page.
   *
   * @param {number} page
   * @returns {Promise<{hasOtherTotal: boolean} | undefined>} `undefined` for an answer that came too late to be of use
   */
  async load(page) {
    const generation = this.#generation
    const number = this.#number += 1
    this.#asked.set(page, number)
    try {
      const answer = await this.#ask(page * this.#pageSize, this.#pageSize)
      if (generation !== this.#generation || (this.#pages.get(page)?.number ?? 0) > number) return undefined
      this.#pages.delete(page)
      this.#pages.set(page, { items: answer.items, number })
      // The oldest pages go, so that scrolling through everything does not keep everything.
      for (const old of this.#pages.keys()) {
        if (this.#pages.size <= this.#mostPages) break
        this.#pages.delete(old)
      }
      const hasOtherTotal = !this.isKnown || (number > this.#totalNumber && answer.total !== this.total)
      if (number > this.#totalNumber) {
        this.#totalNumber = number
        this.total = answer.total
      }
      this.isKnown = true
      return { hasOtherTotal }
    } catch (error) {
      if (generation !== this.#generation) return undefined
      throw error
    } finally {
      if (this.#asked.get(page) === number) this.#asked.delete(page)
    }
  }

  /**
   * The ids of places, where all of them are here.
   *
   * @param {number} first
   * @param {number} end
   * @returns {string[] | undefined}
   */
  knownIDs(first, end) {
    const ids = []
    for (let index = first; index < end; index += 1) {
      const item = this.itemAt(index)
      if (!item) return undefined
      ids.push(item.id)
    }
    return ids
  }

  /**
   * The ids of places; what is not here is asked for and not kept.
   *
   * @param {number} first
   * @param {number} end
   * @returns {Promise<string[] | undefined>} `undefined` where the filter changed meanwhile
   */
  async ids(first, end) {
    const generation = this.#generation
    const ids = []
    let index = first
    while (index < end) {
      const item = this.itemAt(index)
      if (item) {
        ids.push(item.id)
        index += 1
        continue
      }
      const { items } = await this.#ask(index, Math.min(mostAtOnce, end - index))
      if (generation !== this.#generation) return undefined
      if (items.length === 0) break
      ids.push(...items.map(({ id }) => id))
      index += items.length
    }
    return ids
  }
}
