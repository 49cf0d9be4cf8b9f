// @ts-check
// When and how often a request is tried again. No I/O.

/** Milliseconds before the first new try, and at most. */
const first = 300
const longest = 8000

/**
 * How long to wait before try number `attempt` + 1 (attempts count from 1): doubling, with up to a quarter of chance so
 * that many pages do not return at the same moment.
 *
 * @param {number} attempt
 * @param {() => number} [random] 0...1
 * @returns {number} milliseconds
 */
export function delayBefore(attempt, random = Math.random) {
  const plain = Math.min(longest, first * 2 ** Math.max(0, attempt - 1))
  return Math.round(plain * (1 - 0.25 * random()))
}

/**
 * Whether trying again may help: the server was not reached, or says itself that it is only busy.
 *
 * @param {{status: number}} error `status` 0 where there was no answer
 */
export function isPassing(error) {
  return error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504
    || error.status === 429
}

/**
 * Waits, or throws as soon as `signal` is aborted.
 *
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
