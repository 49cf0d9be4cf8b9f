// @ts-check
// The top of a page: where it lies, what it is called, what can be done there.

import { h } from '../app/dom/h.js'
import { icon } from './icon.js'

/**
 * @param {object} options
 * @param {import('../app/dom/h.js').Content} options.title
 * @param {import('../app/dom/h.js').Content} [options.text]
 * @param {[string, string][]} [options.crumbs] paths and words of the pages above
 * @param {import('../app/dom/h.js').Content} [options.actions]
 * @param {import('../app/dom/h.js').Content} [options.beside] beside the title, such as a status
 */
export function pageHead({ title, text, crumbs = [], actions, beside }) {
  return h('header', { class: 'page-head', key: 'head' },
    h('div', { class: 'page-title' },
      crumbs.length > 0 && h('nav', { class: 'crumbs', 'aria-label': 'Where you are' },
        crumbs.map(([path, words]) => [h('a', { href: path }, words), icon('right')])),
      h('h1', null, title, beside),
      text && h('p', null, text)),
    actions && h('div', { class: 'row' }, actions))
}

/**
 * Links between the parts of a page, each with an address of its own.
 *
 * @param {{label: string, tabs: {path: string, words: import('../app/dom/h.js').Content, isShown: boolean}[]}} options
 */
export function tabLinks({ label, tabs }) {
  return h('nav', { class: 'tabs', 'aria-label': label, key: 'tabs' }, tabs.map((tab) => h('a', {
    class: 'tab', href: tab.path, key: tab.path, 'aria-current': tab.isShown ? 'page' : null,
  }, tab.words)))
}

/**
 * Tabs within a page; arrows move between them.
 *
 * @param {{label: string, id: string, tabs: {value: string, words: import('../app/dom/h.js').Content, disabled?:
 *   boolean}[],
 *   value: string, onchange: (value: string) => void}} options
 */
export function tabBar({ label, id, tabs, value, onchange }) {
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const possible = tabs.filter((tab) => !tab.disabled)
    const index = possible.findIndex((tab) => tab.value === value)
    const next = possible[(index + step + possible.length) % possible.length]
    onchange(next.value)
    document.getElementById(`${id}-tab-${next.value}`)?.focus()
  }
  return h('div', { class: 'tabs', role: 'tablist', 'aria-label': label, onkeydown: move },
    tabs.map((tab) => h('button', {
      class: 'tab', type: 'button', role: 'tab', key: tab.value, id: `${id}-tab-${tab.value}`, disabled: tab.disabled,
      'aria-selected': String(tab.value === value), 'aria-controls': `${id}-panel`,
      tabindex: tab.value === value ? '0' : '-1',
      onclick: () => onchange(tab.value),
    }, tab.words)))
}

/** The content of the tab that is shown. @param {string} id @param {string} value @param {...any} content */
export function tabPanel(id, value, ...content) {
  return h('div',
    { class: 'tab-panel', role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-tab-${value}`, key: value },
    content)
}
