// @ts-check
// Asking a model about a photo. The least threshold once, so that the slider needs no new request.

import { request } from '../../app/net/client.js'

/** Weaker finds are not asked for. */
const least = 0.05

/** @param {boolean} isTiled */
const question = (isTiled) => (isTiled ? { threshold: least, tile: true } : { threshold: least })

/** @param {string} modelID @param {Blob} photo @param {boolean} isTiled @param {AbortSignal} signal */
export function predictPhoto(modelID, photo, isTiled, signal) {
  return request('POST', `/models/${modelID}/predict`, {
    query: question(isTiled),
    body: photo,
    headers: { 'Content-Type': photo.type || 'application/octet-stream' },
    signal,
    tries: 3,
  })
}

/** @param {string} modelID @param {string} blobID @param {boolean} isTiled @param {AbortSignal} signal */
export function predictBlob(modelID, blobID, isTiled, signal) {
  return request('POST', `/models/${modelID}/predict`, {
    query: question(isTiled), json: { blobID }, signal, tries: 3,
  })
}
