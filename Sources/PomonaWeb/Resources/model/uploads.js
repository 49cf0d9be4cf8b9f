// @ts-check
// The files of an upload and how far each is. No I/O.

/**
 * @typedef {'waiting' | 'sending' | 'done' | 'skipped' | 'refused'} State
 * @typedef {{id: string, name: string, bytes: number, sent: number, state: State, tries: number, reason?: string,
 *   problem?: string, blobID?: string}} Upload `reason`: why it was refused; `problem`: what the server found in the photo
 *   it kept as `blobID`
 * @typedef {'replace' | 'rename' | 'skip'} Duplicates what becomes of names that exist already
 */

/** Names that no person means when dropping a folder. @param {string} name */
export function isLitter(name) {
  const last = name.split('/').at(-1) ?? ''
  return last.startsWith('.') || last === 'Thumbs.db' || last === 'desktop.ini'
}

export class UploadList {
  /** @type {Map<string, Upload>} */
  #uploads = new Map()
  /** Those that have arrived, by their blob. @type {Map<string, Upload>} */
  #byBlob = new Map()

  /** @returns {Upload[]} */
  get all() {
    return [...this.#uploads.values()]
  }

  /** @param {{id: string, name: string, bytes: number}[]} files */
  add(files) {
    for (const { id, name, bytes } of files) {
      this.#uploads.set(id, { id, name, bytes, sent: 0, state: 'waiting', tries: 0 })
    }
  }

  /** @param {Set<string>} names that are not sent, because they are there already */
  skip(names) {
    for (const upload of this.#uploads.values()) {
      if (upload.state === 'waiting' && names.has(upload.name)) upload.state = 'skipped'
    }
  }

  /** The next to be sent, marked so. @returns {Upload | undefined} */
  take() {
    for (const upload of this.#uploads.values()) {
      if (upload.state !== 'waiting') continue
      upload.state = 'sending'
      upload.tries += 1
      return upload
    }
    return undefined
  }

  /** @param {string} id @param {number} sent bytes */
  progress(id, sent) {
    const upload = this.#uploads.get(id)
    if (upload?.state === 'sending') upload.sent = Math.min(upload.bytes, Math.max(upload.sent, sent))
  }

  /** @param {string} id @param {string} [problem] @param {string} [blobID] */
  finish(id, problem, blobID) {
    const upload = this.#uploads.get(id)
    if (!upload) return
    Object.assign(upload, { state: 'done', sent: upload.bytes, problem, blobID })
    if (blobID) this.#byBlob.set(blobID, upload)
  }

  /**
   * A problem that was found after the upload.
   *
   * @param {string} blobID
   * @param {string} problem
   * @returns {boolean} whether it is news of a file of this list
   */
  notice(blobID, problem) {
    const upload = this.#byBlob.get(blobID)
    if (!upload || upload.problem) return false
    upload.problem = problem
    return true
  }

  /** @param {string} id @param {string} reason */
  refuse(id, reason) {
    const upload = this.#uploads.get(id)
    if (upload) Object.assign(upload, { state: 'refused', reason })
  }

  /** The connection broke off: it waits for its next turn. @param {string} id */
  again(id) {
    const upload = this.#uploads.get(id)
    if (upload) Object.assign(upload, { state: 'waiting', sent: 0 })
  }

  /** Everything that has not begun is left out. */
  stop() {
    for (const upload of this.#uploads.values()) {
      if (upload.state === 'waiting' || upload.state === 'sending') upload.state = 'skipped'
    }
  }

  /** @returns {{files: number, done: number, sending: number, waiting: number, skipped: number, refused: Upload[],
   *   problems: Upload[], bytes: number, sent: number, fraction: number, isFinished: boolean}} */
  get summary() {
    const summary = {
      files: 0, done: 0, sending: 0, waiting: 0, skipped: 0, refused: /** @type {Upload[]} */ ([]),
      problems: /** @type {Upload[]} */ ([]), bytes: 0, sent: 0, fraction: 1, isFinished: true,
    }
    for (const upload of this.#uploads.values()) {
      summary.files += 1
      if (upload.state === 'refused') summary.refused.push(upload)
      else summary[upload.state] += 1
      if (upload.problem) summary.problems.push(upload)
      if (upload.state === 'skipped' || upload.state === 'refused') continue
      summary.bytes += upload.bytes
      summary.sent += upload.sent
    }
    summary.isFinished = summary.sending === 0 && summary.waiting === 0
    summary.fraction = summary.bytes > 0 ? summary.sent / summary.bytes : summary.isFinished ? 1 : 0
    return summary
  }
}

/**
 * Time left at the pace of the last few seconds.
 *
 * @param {{at: number, sent: number}[]} samples milliseconds and bytes, oldest first
 * @param {number} left bytes
 * @returns {number | undefined} seconds
 */
export function secondsLeft(samples, left) {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < 1000 || last.sent <= first.sent) return undefined
  return left / ((last.sent - first.sent) / ((last.at - first.at) / 1000))
}
