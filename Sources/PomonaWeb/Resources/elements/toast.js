// @ts-check
// Short messages at the edge of the page that go by themselves.

import { h } from '../app/dom/h.js'
import { patch } from '../app/dom/patch.js'
import { icon } from './icon.js'
import { words } from './problem.js'

/**
 * @typedef {{key: number, text: string, tone: 'plain' | 'good' | 'bad', action?: {label: string, run: () => void}}}
 *   Toast
 */

/** @type {Toast[]} */
let toasts = []
let nextKey = 1
/** @type {HTMLElement | null} */
let host = null

function show() {
  if (!host) {
    host = document.createElement('div')
    host.className = 'toasts'
    host.setAttribute('role', 'status')
    host.setAttribute('aria-live', 'polite')
    host.setAttribute('popover', 'manual')
    document.body.append(host)
  }
  patch(host, toasts.map((toast) => h('div', { key: toast.key, class: ['toast', `toast-${toast.tone}`] },
    toast.tone !== 'plain' && icon(toast.tone === 'good' ? 'check' : 'warn'),
    h('span', { class: 'toast-text' }, toast.text),
    toast.action && h('button', {
      class: 'link-button', type: 'button',
      onclick: () => {
        dismiss(toast.key)
        toast.action?.run()
      },
    }, toast.action.label),
    h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Dismiss', onclick: () => dismiss(toast.key) },
      icon('close')))))
  // A popover shown again comes above a dialog that was opened since.
  host.hidePopover?.()
  if (toasts.length > 0) host.showPopover?.()
}

/** @param {number} key */
function dismiss(key) {
  toasts = toasts.filter((toast) => toast.key !== key)
  show()
}

/**
 * @param {string} text
 * @param {{tone?: Toast['tone'], action?: Toast['action'], seconds?: number}} [options]
 */
export function notify(text, { tone = 'plain', action, seconds } = {}) {
  const key = nextKey++
  toasts = [...toasts.slice(-2), { key, text, tone, action }]
  show()
  setTimeout(() => dismiss(key), 1000 * (seconds ?? (action || tone === 'bad' ? 9 : 4)))
}

/** Says what went wrong. @param {any} error */
export function notifyProblem(error) {
  if (error?.name === 'AbortError') return
  notify([words(error), error?.hint].filter(Boolean).join(' '), { tone: 'bad' })
}
