// @ts-check
// Fields of forms: label, note, what is wrong beside them.

import { h } from '../app/dom/h.js'
import { icon } from './icon.js'

let nextID = 1
/**
 * Ids stay the same while a form is shown, because descriptions are made anew at each change.
 * @type {Map<string, string>}
 */
const ids = new Map()

/** @param {string} label */
function idOf(label) {
  let id = ids.get(label)
  if (!id) ids.set(label, (id = `field-${nextID++}`))
  return id
}

/** @param {string | undefined | false} text @param {string} id */
function wrongLine(text, id) {
  return text && h('span', { class: 'field-wrong', id: `${id}-wrong`, role: 'alert' }, icon('warn'), text)
}

/** @param {string} id @param {any} note @param {any} wrong */
function described(id, note, wrong) {
  return [note && `${id}-note`, wrong && `${id}-wrong`].filter(Boolean).join(' ') || null
}

/**
 * A line of text.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.value
 * @param {(value: string) => void} options.oninput
 * @param {string | false} [options.wrong] what is wrong with it
 * @param {import('../app/dom/h.js').Content} [options.note]
 * @param {string} [options.placeholder]
 * @param {string} [options.type]
 * @param {boolean} [options.autofocus]
 * @param {boolean} [options.isLong] several lines
 * @param {string} [options.key]
 * @param {() => void} [options.onchange]
 */
export function textField(options) {
  const { label, value, oninput, wrong, note, placeholder, type = 'text', autofocus, isLong, key, onchange } = options
  const id = idOf(key ?? label)
  return h('div', { class: 'field', key },
    h('label', { class: 'field-label', for: id }, label),
    h(isLong ? 'textarea' : 'input', {
      class: isLong ? 'textarea' : 'input', id, type: isLong ? null : type, value, placeholder, autofocus,
      autocomplete: 'off', spellcheck: isLong ? null : 'false', 'aria-invalid': wrong ? 'true' : null,
      'aria-describedby': described(id, note, wrong), oninput: (event) => oninput(event.target.value),
      onchange: () => onchange?.(),
    }),
    wrongLine(wrong, id),
    note && h('span', { class: 'field-note', id: `${id}-note` }, note))
}

/**
 * One of several.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.value
 * @param {{value: string, label: string, disabled?: boolean}[]} options.choices
 * @param {(value: string) => void} options.onchange
 * @param {string} [options.empty] words for no choice yet
 * @param {string | false} [options.wrong]
 * @param {import('../app/dom/h.js').Content} [options.note]
 */
export function selectField({ label, value, choices, onchange, empty, wrong, note }) {
  const id = idOf(label)
  return h('div', { class: 'field' },
    h('label', { class: 'field-label', for: id }, label),
    select({ id, value, choices, onchange, empty, wrong, described: described(id, note, wrong) }),
    wrongLine(wrong, id),
    note && h('span', { class: 'field-note', id: `${id}-note` }, note))
}

/** The bare list. @param {any} options */
export function select({ id, label, value, choices, onchange, empty, wrong, described: by, isCompact }) {
  return h('select', {
    class: ['select', isCompact && 'compact'], id, 'aria-label': label, value, 'aria-invalid': wrong ? 'true' : null,
    'aria-describedby': by, onchange: (event) => onchange(event.target.value),
  },
    empty !== undefined && h('option', { value: '' }, empty),
    choices.map((choice) => h('option', { key: choice.value, value: choice.value, disabled: choice.disabled },
      choice.label)))
}

/**
 * Yes or no.
 *
 * @param {{label: import('../app/dom/h.js').Content, note?: import('../app/dom/h.js').Content, checked: boolean,
 *   onchange: (isOn: boolean) => void, disabled?: boolean}} options
 */
export function checkField({ label, note, checked, onchange, disabled }) {
  return h('label', { class: 'check' },
    h('input', { type: 'checkbox', checked, disabled, onchange: (event) => onchange(event.target.checked) }),
    h('span', null, h('span', { class: 'strong' }, label), note && h('span', { class: 'field-note block' }, note)))
}

/**
 * One of a few, each explained.
 *
 * @param {{legend: string, name: string, value: string, isTwo?: boolean, isLegendHidden?: boolean,
 *   choices: {value: string, label: import('../app/dom/h.js').Content, note?: import('../app/dom/h.js').Content,
 *   disabled?: boolean}[], onchange: (value: string) => void}} options
 */
export function choiceField({ legend, name, value, choices, onchange, isTwo, isLegendHidden }) {
  return h('fieldset', { class: 'field' },
    h('legend', { class: isLegendHidden ? 'hidden-words' : 'field-label' }, legend),
    h('div', { class: ['choices', isTwo && 'two'] },
      choices.map((choice) => h('label', { class: 'choice', key: choice.value },
        h('input', {
          type: 'radio', name, value: choice.value, checked: value === choice.value, disabled: choice.disabled,
          onchange: () => onchange(choice.value),
        }),
        h('span', null,
          h('span', { class: 'strong block' }, choice.label),
          choice.note && h('span', { class: 'field-note block' }, choice.note))))))
}

/**
 * A share from 0 to 1 on a slider.
 *
 * @param {{label: string, value: number, oninput: (value: number) => void, onchange?: (value: number) => void,
 *   isLabelHidden?: boolean, minimum?: number, maximum?: number, step?: number, words?: string}} options `onchange`: when
 *   the hand lets go
 */
export function slider(options) {
  const { label, value, oninput, onchange, isLabelHidden, minimum = 0, maximum = 1, step = 0.01, words } = options
  const id = idOf(`slider ${label}`)
  return h('div', { class: 'slider' },
    h('label', { class: isLabelHidden ? 'hidden-words' : 'strong nowrap', for: id }, label),
    h('input', {
      class: 'range', type: 'range', id, min: minimum, max: maximum, step, value: String(value),
      oninput: (event) => oninput(Number(event.target.value)),
      onchange: (event) => onchange?.(Number(event.target.value)),
    }),
    h('output', { for: id }, words ?? `${Math.round(value * 100)}%`))
}
