// @ts-check
// Edits that the server has not confirmed yet, kept in the browser's database: a closed tab or a lost machine loses
// none.

/** @typedef {import('../model/edit-queue.js').Edit & {tab: string, order: number}} Kept */

const name = 'pomona-labeling'
const store = 'edits'

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'edit' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export class EditJournal {
  /** This tab's mark on its edits. */
  tab = Math.random().toString(36).slice(2)
  #order = Date.now()
  /** @type {Promise<IDBDatabase> | null} */
  #database = null

  /**
   * @template Result
   * @param {IDBTransactionMode} mode
   * @param {(edits: IDBObjectStore) => IDBRequest<Result> | void} action
   * @returns {Promise<Result>}
   */
  async #run(mode, action) {
    this.#database ??= open()
    const database = await this.#database
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      const request = action(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(/** @type {any} */ (request?.result))
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  }

  /**
   * Keeps an edit in place of those it makes superfluous, in one step.
   *
   * @param {import('../model/edit-queue.js').Edit} edit
   * @param {{edit: string}[]} dropped
   */
  keep(edit, dropped = []) {
    this.#order += 1
    const kept = { ...edit, tab: this.tab, order: this.#order }
    return this.#run('readwrite', (edits) => {
      for (const old of dropped) edits.delete(old.edit)
      edits.put(kept)
    })
  }

  /** @param {{edit: string}[]} gone */
  forget(gone) {
    return this.#run('readwrite', (edits) => {
      for (const { edit } of gone) edits.delete(edit)
    })
  }

  /** Edits of tabs that are gone, oldest first, from now on this tab's. @returns {Promise<Kept[]>} */
  async adopt() {
    /** @type {Kept[]} */
    const all = await this.#run('readonly', (edits) => edits.getAll())
    const mine = []
    for (const tab of new Set(all.map((edit) => edit.tab))) {
      if (tab === this.tab || await isAlive(tab)) continue
      mine.push(...all.filter((edit) => edit.tab === tab))
    }
    mine.sort((a, b) => a.order - b.order)
    if (mine.length > 0) {
      await this.#run('readwrite', (edits) => {
        for (const edit of mine) edits.put({ ...edit, tab: this.tab })
      })
    }
    return mine
  }
}

/** A tab holds a lock of its name as long as it is open. @param {string} tab */
export function holdTab(tab) {
  navigator.locks?.request(`pomona-tab-${tab}`, () => new Promise(() => {}))
}

/** @param {string} tab @returns {Promise<boolean>} */
async function isAlive(tab) {
  if (!navigator.locks) return false
  return navigator.locks.request(`pomona-tab-${tab}`, { ifAvailable: true }, async (lock) => lock === null)
}
