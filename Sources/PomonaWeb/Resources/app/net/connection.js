// @ts-check
// Whether the server answers. Requests and the event stream report, the banner and the pages listen.

/** @type {Set<(isOnline: boolean) => void>} */
const listeners = new Set()
let online = true

export const connection = {
  get isOnline() {
    return online
  },

  /**
   * Told by whoever tried to reach the server.
   *
   * @param {boolean} reached
   */
  report(reached) {
    if (reached === online) return
    online = reached
    for (const listener of [...listeners]) listener(online)
  },

  /**
   * @param {(isOnline: boolean) => void} listener called at each change
   * @param {AbortSignal} [signal]
   */
  listen(listener, signal) {
    listeners.add(listener)
    signal?.addEventListener('abort', () => listeners.delete(listener), { once: true })
  },
}
