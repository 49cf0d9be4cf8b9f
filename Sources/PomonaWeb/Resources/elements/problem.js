// @ts-check
// What went wrong, in words, with what to do about it.

import { h } from '../app/dom/h.js'
import { icon } from './icon.js'

/**
 * A block for something that could not be shown.
 *
 * @param {any} error
 * @param {() => void} [again]
 */
export function problem(error, again) {
  return h('div', { class: 'problem', role: 'alert' },
    icon('warn'),
    h('div', null,
      h('p', { class: 'problem-words' }, words(error)),
      error?.hint && h('p', { class: 'muted' }, error.hint),
      again && h('button', { class: 'button', type: 'button', onclick: again }, icon('refresh'), 'Try again')))
}

/**
 * One line below a form that the server refused, unless the refusal belongs to one of the fields shown.
 *
 * @param {any} error
 * @param {string[]} [fields] fields that show their own
 */
export function refusal(error, fields = []) {
  if (!error || (error.field && fields.includes(error.field))) return null
  return h('div', { class: 'refusal', role: 'alert' }, icon('warn'),
    h('span', null, words(error), error.hint ? ` ${error.hint}` : ''))
}

/** @param {any} error */
export function words(error) {
  if (error?.name === 'APIError') return error.message
  console.error(error)
  return `This page has met something it does not know: ${error?.message ?? error}`
}
