// @ts-check
// Sends files into a container: a few at a time, going on after a lost connection, also while another page is shown.

import { UploadList, secondsLeft } from '../../model/uploads.js'
import { APIError, all, apiURL, post } from './client.js'
import { connection } from './connection.js'
import { delayBefore, isPassing, pause } from './retry.js'

/** Few enough to leave connections for the rest of the page. */
const atOnce = 4

/** Sends one file. `fetch` cannot tell how far a body has gone, so this is the older request. */
class Transfer {
  /**
   * @param {string} containerID
   * @param {string} id
   * @param {File} file
   * @param {string} name
   * @param {string} ifExists
   */
  constructor(containerID, id, file, name, ifExists) {
    this.request = new XMLHttpRequest()
    this.request.open('PUT', apiURL(`/containers/${containerID}/blobs`))
    this.request.setRequestHeader('X-Pomona', '1')
    this.request.setRequestHeader('X-Pomona-Name', encodeURIComponent(name))
    this.request.setRequestHeader('X-Pomona-Upload', id)
    this.request.setRequestHeader('X-Pomona-If-Exists', ifExists)
    this.request.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    this.file = file
  }

  /** @param {(sent: number) => void} whenSent @returns {Promise<any>} the blob */
  send(whenSent) {
    const { request, file } = this
    return new Promise((resolve, reject) => {
      request.upload.onprogress = (event) => whenSent(event.loaded)
      request.onload = () => {
        let answer = null
        try {
          answer = JSON.parse(request.responseText)
        } catch {
          // The status speaks for itself.
        }
        if (request.status >= 200 && request.status < 300) resolve(answer)
        else reject(new APIError(request.status, answer?.error ?? {}, answer))
      }
      request.onerror = () => reject(new APIError(0, { code: 'notReached', message: 'The studio does not answer.' }))
      request.onabort = () => reject(new DOMException('Stopped', 'AbortError'))
      request.send(file)
    })
  }
}

/** Everything that is being sent into one container. */
export class Uploader extends EventTarget {
  list = new UploadList()
  /** @type {Map<string, {file: File, name: string}>} */
  #files = new Map()
  #stopped = false
  /** @type {Set<Transfer>} */
  #transfers = new Set()
  /** @type {{at: number, sent: number}[]} */
  #samples = []
  #told = 0
  #ifExists = 'fail'

  /** @param {{id: string, name: string}} container */
  constructor(container) {
    super()
    this.container = container
  }

  /** @param {{file?: File, name: string, reason?: string}[]} files those with a reason cannot be read */
  add(files) {
    const entries = files.map((file) => ({ id: crypto.randomUUID?.() ?? randomID(), ...file }))
    this.list.add(entries.map(({ id, file, name }) => ({ id, name, bytes: file?.size ?? 0 })))
    for (const { id, file, name, reason } of entries) {
      if (file) this.#files.set(id, { file, name })
      else this.list.refuse(id, reason ?? 'It cannot be read.')
    }
  }

  /** Names that the container has already. @returns {Promise<Set<string>>} */
  async existing() {
    const names = this.list.all.filter(({ state }) => state === 'waiting').map(({ name }) => name)
    const taken = new Set()
    for (let index = 0; index < names.length; index += 1000) {
      const answer = await post(`/containers/${this.container.id}/blobs:existing`, {
        names: names.slice(index, index + 1000),
      })
      for (const name of answer.names) taken.add(name)
    }
    return taken
  }

  /**
   * Sends all, and ends when all is sent, refused or stopped.
   *
   * @param {'fail' | 'replace' | 'rename'} ifExists
   */
  async run(ifExists) {
    this.#ifExists = ifExists
    const guard = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault()
    addEventListener('beforeunload', guard)
    await Promise.all(Array.from({ length: atOnce }, () => this.#work()))
    removeEventListener('beforeunload', guard)
    this.#files.clear()
    this.#tell(true)
  }

  /**
   * Asks what was found in the photos since: as they arrive only their headers are read, and all of each soon after.
   *
   * @returns {Promise<boolean>} whether there is news
   */
  async findProblems() {
    const blobs = await all(`/containers/${this.container.id}/blobs`, { problem: 1 })
    const news = blobs.filter(({ id, problem }) => this.list.notice(id, problem.message))
    if (news.length > 0) this.#tell(true)
    return news.length > 0
  }

  /** Leaves out what has not arrived. */
  stop() {
    this.#stopped = true
    this.list.stop()
    for (const transfer of this.#transfers) transfer.request.abort()
    this.#tell(true)
  }

  async #work() {
    for (;;) {
      const upload = this.#stopped ? undefined : this.list.take()
      if (!upload) return
      await this.#send(upload)
    }
  }

  /** @param {import('../../model/uploads.js').Upload} upload */
  async #send(upload) {
    const source = this.#files.get(upload.id)
    if (!source) return
    const transfer = new Transfer(this.container.id, upload.id, source.file, source.name, this.#ifExists)
    this.#transfers.add(transfer)
    try {
      const blob = await transfer.send((sent) => {
        this.list.progress(upload.id, sent)
        this.#tell()
      })
      connection.report(true)
      this.list.finish(upload.id, blob?.problem?.message, blob?.id)
      this.#files.delete(upload.id)
    } catch (error) {
      const failure = /** @type {any} */ (error)
      if (this.#stopped) return
      if (failure.status === 0 && await isUnreadable(source.file)) {
        this.list.refuse(upload.id, 'The file could not be read: it was moved or changed meanwhile.')
      } else if (isPassing(failure)) {
        if (failure.status === 0) connection.report(false)
        this.list.again(upload.id)
        this.#tell(true)
        await pause(delayBefore(Math.min(upload.tries, 5)))
      } else this.list.refuse(upload.id, failure.message)
    } finally {
      this.#transfers.delete(transfer)
    }
    this.#tell()
  }

  get secondsLeft() {
    const { bytes, sent } = this.list.summary
    return secondsLeft(this.#samples, bytes - sent)
  }

  /** At most ten times a second: with thousands of small files there is much to tell. @param {boolean} [always] */
  #tell(always = false) {
    const now = performance.now()
    if (!always && now - this.#told < 100) return
    this.#told = now
    this.#samples.push({ at: now, sent: this.list.summary.sent })
    while (this.#samples.length > 2 && now - this.#samples[0].at > 8000) this.#samples.shift()
    this.dispatchEvent(new Event('change'))
  }
}

/** A file that has gone fails like a lost connection; only reading it tells which. @param {File} file */
async function isUnreadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer()
    return false
  } catch {
    return true
  }
}

/** For pages opened by an address of the local network, where `randomUUID` is missing. */
export function randomID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
