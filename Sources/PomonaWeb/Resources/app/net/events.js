// @ts-check
// The one stream of events from the server. A browser opens few connections to one host, so of several open tabs only
// one reads the stream and tells the others.

import { apiURL, get } from './client.js'
import { connection } from './connection.js'
import { delayBefore, pause } from './retry.js'

/** @typedef {{type: string, kind?: string, id?: string, groupID?: string, value?: any, modelID?: string, point?: any,
 *   line?: any}} StudioEvent */

const kinds = ['changed', 'deleted', 'progress', 'log', 'reset']

/** @type {Set<(event: StudioEvent) => void>} */
const listeners = new Set()
let last = 0
let started = false
/** @type {BroadcastChannel | null} */
let channel = null

/** @param {StudioEvent} event */
function tell(event) {
  for (const listener of [...listeners]) {
    try {
      listener(event)
    } catch (error) {
      console.error(error)
    }
  }
}

/** @param {{type: string, number: number, data: any}} message */
function receive({ type, number, data }) {
  if (type === 'reset') last = number
  else if (number) last = Math.max(last, number)
  tell({ type, ...data })
}

/** Reads the stream until it breaks off. @returns {Promise<void>} */
function read() {
  return new Promise((resolve) => {
    const source = new EventSource(apiURL('/events', { after: last }))
    source.onopen = () => {
      connection.report(true)
      channel?.postMessage({ online: true })
    }
    source.onerror = () => {
      // Closed and opened anew by ourselves: the browser gives up for good on some answers.
      source.close()
      resolve()
    }
    for (const type of kinds) {
      source.addEventListener(type, (occurrence) => {
        const message = { type, number: Number(occurrence.lastEventId), data: JSON.parse(occurrence.data) }
        receive(message)
        channel?.postMessage(message)
      })
    }
  })
}

async function readForEver() {
  for (let attempt = 1; ; attempt += 1) {
    const begun = Date.now()
    await read()
    // The stream does not say why it broke off; a request does: the server is gone, or the session is over.
    await get('/session').catch(() => {})
    channel?.postMessage({ online: connection.isOnline })
    if (Date.now() - begun > 10_000) attempt = 1
    await pause(delayBefore(attempt))
  }
}

export const events = {
  /**
   * Begins after event number `after`.
   *
   * @param {number} after
   */
  start(after) {
    last = Math.max(last, after)
    if (started) return
    started = true
    if (!('locks' in navigator) || !('BroadcastChannel' in window)) {
      readForEver()
      return
    }
    channel = new BroadcastChannel('pomona-events')
    channel.onmessage = ({ data }) => {
      if ('online' in data) connection.report(data.online)
      else receive(data)
    }
    navigator.locks.request('pomona-events', readForEver)
  },

  /**
   * @param {(event: StudioEvent) => void} listener
   * @param {AbortSignal} [signal]
   */
  listen(listener, signal) {
    listeners.add(listener)
    signal?.addEventListener('abort', () => listeners.delete(listener), { once: true })
  },
}
