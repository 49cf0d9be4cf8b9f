// @ts-check
// Requests to the studio's API.

import { connection } from './connection.js'
import { delayBefore, isPassing, pause } from './retry.js'

/** What the server refused or what kept the request from it, in words for a person. */
export class APIError extends Error {
  /**
   * @param {number} status 0 where no answer came
   * @param {{code?: string, message?: string, field?: string, hint?: string}} words
   * @param {any} [body] the whole answer
   */
  constructor(status, words, body) {
    super(words.message ?? `The server answered with status ${status}.`)
    this.name = 'APIError'
    this.status = status
    this.code = words.code ?? 'unknown'
    this.field = words.field
    this.hint = words.hint
    this.body = body
  }
}

/**
 * @typedef {object} Options
 * @property {Record<string, any>} [query] lists repeat the key; empty values are left out
 * @property {any} [json]
 * @property {BodyInit} [body]
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {number} [tries] how often at most; by default 5 for reading and 1 for writing
 */

/** Called when a session has ended. @type {() => void} */
let whenSignedOut = () => {}

/** @param {() => void} action */
export function onSignedOut(action) {
  whenSignedOut = action
}

/**
 * @param {string} path below `/api/v1`
 * @param {Record<string, any>} [query]
 */
export function apiURL(path, query) {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') words.append(name, String(item))
    }
  }
  const text = words.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

/**
 * @param {string} method
 * @param {string} path below `/api/v1`
 * @param {Options} [options]
 * @returns {Promise<any>} the answer's JSON, `null` where there is none
 */
export async function request(method, path, options = {}) {
  const tries = options.tries ?? (method === 'GET' ? 5 : 1)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(method, path, options)
    } catch (error) {
      if (!(error instanceof APIError) || !isPassing(error) || attempt >= tries) throw error
      await pause(delayBefore(attempt), options.signal)
    }
  }
}

/** @param {string} method @param {string} path @param {Options} options */
async function once(method, path, options) {
  /** @type {Record<string, string>} */
  const headers = { ...options.headers }
  if (method !== 'GET') headers['X-Pomona'] = '1'
  let body = options.body
  if (options.json !== undefined) {
    body = JSON.stringify(options.json)
    headers['Content-Type'] = 'application/json'
  }
  let response
  let text
  try {
    response = await fetch(apiURL(path, options.query), { method, headers, body, signal: options.signal })
    // A connection can break within the answer too.
    text = await response.text()
  } catch (error) {
    if (options.signal?.aborted) throw error
    connection.report(false)
    throw new APIError(0, {
      code: 'notReached', message: 'The studio does not answer.',
      hint: 'See whether it still runs in its terminal; this page goes on by itself when it is back.',
    })
  }
  connection.report(true)
  return answer(response, text)
}

/** @param {Response} response @param {string} text its body */
function answer(response, text) {
  let value = null
  try {
    value = text === '' ? null : JSON.parse(text)
  } catch {
    if (response.ok) throw new APIError(502, { code: 'notJSON', message: 'The answer of the server is not readable.' })
  }
  if (response.ok) return value
  const error = new APIError(response.status, value?.error ?? {}, value)
  if (response.status === 401 && error.code === 'notSignedIn') whenSignedOut()
  throw error
}

/** @param {string} path @param {Record<string, any>} [query] @param {AbortSignal} [signal] */
export const get = (path, query, signal) => request('GET', path, { query, signal })
/** @param {string} path @param {any} [json] */
export const post = (path, json = {}) => request('POST', path, { json })
/** @param {string} path @param {any} json */
export const change = (path, json) => request('PATCH', path, { json })
/** @param {string} path @param {any} [json] */
export const remove = (path, json) => request('DELETE', path, json === undefined ? {} : { json })

/**
 * The whole of a list that is known to be short (groups, containers, datasets), page by page.
 *
 * @param {string} path
 * @param {Record<string, any>} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any[]>}
 */
export async function all(path, query, signal) {
  const items = []
  for (;;) {
    const page = await get(path, { ...query, offset: items.length, limit: 500 }, signal)
    items.push(...page.items)
    if (page.items.length === 0 || items.length >= page.total) return items
  }
}
