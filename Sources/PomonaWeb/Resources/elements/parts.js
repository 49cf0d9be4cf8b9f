// @ts-check
// Small parts that many pages are made of.

import { h } from '../app/dom/h.js'
import { duration, percent } from '../model/format.js'
import { status } from '../model/status.js'
import { icon } from './icon.js'
import { notify } from './toast.js'

/** @param {Parameters<typeof status>[0]} kind @param {string} state */
export function statusChip(kind, state) {
  const { words, tone } = status(kind, state)
  return h('span', { class: ['status', `status-${tone}`] }, words)
}

/**
 * How far something is; sweeping where nobody knows.
 *
 * @param {number | undefined} fraction 0...1
 * @param {string} label
 */
export function progressBar(fraction, label) {
  const isKnown = fraction !== undefined && Number.isFinite(fraction)
  return h('div', {
    class: ['progress', !isKnown && 'open'], role: 'progressbar', 'aria-label': label, 'aria-valuemin': '0',
    'aria-valuemax': '100', 'aria-valuenow': isKnown ? Math.round(fraction * 100) : null,
  }, h('span', { style: { transform: isKnown ? `scaleX(${Math.min(1, Math.max(0, fraction))})` : null } }))
}

/**
 * A place where something could be, and what brings it there.
 *
 * @param {{icon: string, title: string, text?: import('../app/dom/h.js').Content,
 *   actions?: import('../app/dom/h.js').Content}} options
 */
export function empty({ icon: name, title, text, actions }) {
  return h('div', { class: 'empty' }, h('span', { class: 'empty-icon' }, icon(name)), h('h2', null, title),
    text && h('p', { class: 'muted' }, text), actions && h('div', { class: 'row' }, actions))
}

/** Shown while a page's first answer is on its way. */
export function loading() {
  return h('div', { class: 'loading', role: 'status' }, h('span', { class: 'hidden-words' }, 'Loading'),
    h('span', { class: 'progress open' }, h('span', null)))
}

/** @param {string} name @param {string} color */
export function tagChip(name, color) {
  return h('span', { class: 'chip', key: name }, dot(color), h('span', { class: 'clip' }, name))
}

/** @param {string} color */
export function dot(color) {
  return h('span', { class: 'dot', style: { background: color } })
}

/**
 * Copies a text to the clipboard and says so.
 *
 * @param {string} text
 * @param {string} what
 */
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text)
    notify(`${what} copied.`, { tone: 'good', seconds: 2.5 })
  } catch {
    notify('This browser does not let the page copy. Select the text and copy it yourself.', { tone: 'bad' })
  }
}

/**
 * A value to be copied; secrets are hidden until asked for.
 *
 * @param {{label: string, value: string, isSecret?: boolean, isShown?: boolean, onshow?: () => void,
 *   actions?: import('../app/dom/h.js').Content}} options
 */
export function copyLine({ label, value, isSecret = false, isShown = false, onshow, actions }) {
  const hidden = isSecret && !isShown
  return h('div', { class: 'copy-line' },
    h('span', { class: 'copy-label' }, label),
    h('code', { class: ['copy-value', hidden && 'covered'] }, hidden ? '•'.repeat(24) : value),
    h('span', { class: 'row tight' },
      isSecret && h('button', {
        class: 'icon-button', type: 'button', 'aria-label': `${hidden ? 'Show' : 'Hide'} ${label}`, onclick: onshow,
      }, icon(hidden ? 'eye' : 'eyeOff')),
      h('button', {
        class: 'icon-button', type: 'button', 'aria-label': `Copy ${label}`, onclick: () => copy(value, label),
      }, icon('copy')),
      actions))
}

/** Lines of code to be copied. @param {string} code @param {string} what */
export function codeBlock(code, what) {
  return h('div', { class: 'code-block' },
    h('button', {
      class: 'icon-button', type: 'button', 'aria-label': `Copy ${what}`, title: 'Copy',
      onclick: () => copy(code, what),
    }, icon('copy')),
    h('pre', { tabindex: '0', 'aria-label': what }, h('code', null, code)))
}

/**
 * One figure with its name.
 *
 * @param {string} label
 * @param {import('../app/dom/h.js').Content} value
 * @param {string} [title]
 */
export function figure(label, value, title) {
  return h('div', { class: 'figure', title }, h('dd', null, value), h('dt', null, label))
}

/**
 * A job or experiment under way, in one line of words.
 * @param {{fraction?: number, detail?: string, secondsLeft?: number}} work
 */
export function progressWords({ fraction, detail, secondsLeft }) {
  return [
    fraction !== undefined && percent(fraction), detail, secondsLeft !== undefined && `${duration(secondsLeft)} left`,
  ]
    .filter(Boolean).join(' · ')
}
