// @ts-check
// The pixels of a photo at the sizes a screen needs: the thumbnail that the page before has shown, then a picture as large
// as a screen, then the full one once somebody looks closer. Decoding happens beside the page's own thread.

import { imageURL } from '../elements/thumbnail.js'

/** Long side of the first picture. */
const previewSide = 2048

/** @typedef {{bitmap: ImageBitmap, scale: number}} Level `scale`: pixels of the picture for one of the photo */

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function fetchBitmap(url, signal) {
  const response = await fetch(url, { signal })
  if (!response.ok) {
    const answer = await response.json().catch(() => null)
    throw Object.assign(new Error(answer?.error?.message ?? 'The photo could not be fetched.'),
      { name: 'APIError', hint: answer?.error?.hint })
  }
  return createImageBitmap(await response.blob())
}

/** @param {Blob} file */
async function decoded(file) {
  try {
    return await createImageBitmap(file)
  } catch {
    throw Object.assign(new Error('This browser cannot show photos of this kind.'), {
      name: 'APIError', hint: 'What was found in it is listed all the same.',
    })
  }
}

export class PhotoSource {
  #blobID
  #width
  #controller = new AbortController()
  /** @type {Level | null} */
  #sketch = null
  /** @type {Level | null} */
  #preview = null
  /** @type {Level | null} */
  #full = null
  #isAskedForFull = false
  #whenChanged
  #whenFailed

  /**
   * @param {{blobID?: string, file?: Blob, width: number, height: number, sketch?: string}} photo from the store or from
   *   this machine; `sketch` is the address of a thumbnail that the browser has
   * @param {(isSharp: boolean) => void} whenChanged a better picture is there; at first perhaps a sketch
   * @param {(error: any) => void} whenFailed
   */
  constructor(photo, whenChanged, whenFailed) {
    this.#blobID = photo.blobID
    this.#width = photo.width
    this.#whenChanged = whenChanged
    this.#whenFailed = whenFailed
    this.isSmall = Math.max(photo.width, photo.height) <= previewSide
    const there = ahead.get(photo.blobID ?? '')
    if (photo.file) this.#load(decoded(photo.file), true)
    else if (there?.bitmap) this.#take(there.bitmap, this.isSmall)
    else {
      if (photo.sketch && !this.isSmall) this.#loadSketch(photo.sketch)
      this.#load(there?.promise ?? fetchPreview(photo.blobID ?? '', this.#controller.signal), this.isSmall)
    }
  }

  /** @param {string} url */
  async #loadSketch(url) {
    const bitmap = await fetchBitmap(url, this.#controller.signal).catch(() => null)
    if (!bitmap || this.#preview || this.#full || this.#controller.signal.aborted) return
    this.#sketch = { bitmap, scale: bitmap.width / this.#width }
    this.#whenChanged(false)
  }

  /** @param {ImageBitmap} bitmap @param {boolean} isFull */
  #take(bitmap, isFull) {
    const level = { bitmap, scale: bitmap.width / this.#width }
    if (isFull) this.#full = level
    else this.#preview = level
    this.#sketch = null
    this.#whenChanged(true)
  }

  /** @param {Promise<ImageBitmap>} promise @param {boolean} isFull */
  async #load(promise, isFull) {
    try {
      const bitmap = await promise
      if (!this.#controller.signal.aborted) this.#take(bitmap, isFull)
    } catch (error) {
      if (!this.#controller.signal.aborted) this.#whenFailed(error)
    }
  }

  /**
   * The picture to draw from at a scale; asks for the full one where the small one would be blown up.
   *
   * @param {number} scale screen pixels for one of the photo
   * @returns {Level | null}
   */
  level(scale) {
    const needsFull = this.#preview !== null && this.#full === null && scale > this.#preview.scale * 1.15
    if (needsFull && !this.#isAskedForFull && this.#blobID) {
      this.#isAskedForFull = true
      this.#load(fetchBitmap(imageURL(this.#blobID), this.#controller.signal), true)
    }
    if (this.#preview && (!this.#full || scale <= this.#preview.scale)) return this.#preview
    return this.#full ?? this.#preview ?? this.#sketch
  }

  close() {
    this.#controller.abort()
    // Pictures fetched ahead may be shown again: memory is given back when nothing refers to them any more.
    this.#sketch = null
    this.#preview = null
    this.#full = null
  }
}

/**
 * Pictures fetched ahead, so that the next photo is there at once; `bitmap` once it has come.
 *
 * @type {Map<string, {promise: Promise<ImageBitmap>, bitmap?: ImageBitmap}>}
 */
const ahead = new Map()
const mostAhead = 6

/** @param {string} blobID */
export function prefetchPhoto(blobID) {
  if (ahead.has(blobID)) return
  /** @type {{promise: Promise<ImageBitmap>, bitmap?: ImageBitmap}} */
  const picture = { promise: fetchPreview(blobID, new AbortController().signal) }
  picture.promise.then((bitmap) => {
    picture.bitmap = bitmap
  }, () => ahead.delete(blobID))
  ahead.set(blobID, picture)
  for (const old of ahead.keys()) {
    if (ahead.size <= mostAhead) break
    ahead.delete(old)
  }
}

/** @param {string} blobID @param {AbortSignal} signal */
function fetchPreview(blobID, signal) {
  return fetchBitmap(imageURL(blobID, previewSide), signal)
}
