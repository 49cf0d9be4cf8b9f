// @ts-check
// Makes the children of an element equal to their description, touching only what differs: focus, selections, scroll
// positions and running videos survive a live update.

import { flat } from './h.js'

/** @typedef {import('./h.js').VNode} VNode @typedef {import('./h.js').Child} Child */

const SVG = 'http://www.w3.org/2000/svg'

/** What each host shows now. @type {WeakMap<Element, Child[]>} */
const shown = new WeakMap()

/** The current listeners of each element, by event. @type {WeakMap<Element, Record<string, any>>} */
const listeners = new WeakMap()

/**
 * Shows `content` as the children of `host`.
 *
 * @param {Element} host
 * @param {import('./h.js').Content} content
 */
export function patch(host, content) {
  const next = flat(content)
  patchChildren(host, shown.get(host) ?? [], next, host.namespaceURI === SVG)
  shown.set(host, next)
}

/**
 * @param {Element} host
 * @param {Child[]} old
 * @param {Child[]} next
 * @param {boolean} svg
 */
function patchChildren(host, old, next, svg) {
  if (old.length === 0 && next.length === 0) return
  const keyed = new Map()
  const loose = []
  for (const child of old) {
    if ('tag' in child && child.key !== undefined) keyed.set(child.key, child)
    else loose.push(child)
  }
  let looseIndex = 0
  const kept = new Set()
  const matches = next.map((child) => {
    let before
    if ('tag' in child && child.key !== undefined) {
      before = keyed.get(child.key)
      if (before && before.tag !== child.tag) before = undefined
    } else {
      before = likeness(loose, looseIndex, child)
      if (before) looseIndex = loose.indexOf(before) + 1
    }
    if (before) kept.add(before)
    return before
  })
  // What goes, goes first: what stays behind it would be moved otherwise, and an element that is moved leaves the page
  // and comes back as a new one.
  const first = old.find((child) => kept.has(child))
  /** @type {ChildNode | null} */
  let place = /** @type {any} */ (first ? first.element : old.at(-1)?.element?.nextSibling ?? null)
  for (const child of old) if (!kept.has(child)) child.element?.remove()
  next.forEach((child, index) => {
    const before = matches[index]
    if (before) update(before, child, svg)
    else create(child, svg)
    const element = /** @type {ChildNode} */ (child.element)
    if (element === place) place = place.nextSibling
    else host.insertBefore(element, place)
  })
}

/** The next unkeyed child that can become `child`; a few are looked at, so that an optional one may come and go. */
function likeness(loose, from, child) {
  for (let index = from; index < Math.min(loose.length, from + 4); index += 1) {
    if (loose[index].tag === child.tag) return loose[index]
  }
  return undefined
}

/** @param {any} child @param {boolean} svg */
function create(child, svg) {
  if (!('tag' in child)) {
    child.element = document.createTextNode(child.text)
    return
  }
  const inside = svg || child.tag === 'svg'
  const element = inside ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag)
  child.element = element
  // A select's value and a scroll position need the children, custom elements need properties before they connect.
  patchChildren(element, [], child.children, inside && child.tag !== 'foreignObject')
  for (const name in child.props) setProp(element, name, undefined, child.props[name])
  child.props.ref?.(element)
}

/** @param {any} before @param {any} child @param {boolean} svg */
function update(before, child, svg) {
  // The very same description: nothing below it has changed.
  if (before === child) return
  const element = before.element
  child.element = element
  if (!('tag' in child)) {
    if (before.text !== child.text) element.data = child.text
    return
  }
  const inside = svg || child.tag === 'svg'
  patchChildren(element, before.children, child.children, inside && child.tag !== 'foreignObject')
  for (const name in before.props) if (!(name in child.props)) setProp(element, name, before.props[name], undefined)
  for (const name in child.props) setProp(element, name, before.props[name], child.props[name])
}

/**
 * @param {any} element
 * @param {string} name
 * @param {any} old
 * @param {any} value
 */
function setProp(element, name, old, value) {
  if (name === 'key' || name === 'ref') return
  if (name === 'value' || name === 'checked') {
    const wanted = value ?? (name === 'checked' ? false : '')
    if (element[name] !== wanted) element[name] = wanted
    return
  }
  if (old === value) return
  if (name.startsWith('on')) setListener(element, name.slice(2), value)
  else if (name.startsWith('.')) element[name.slice(1)] = value
  else if (name === 'style') setStyle(element, old, value)
  else if (name === 'class') {
    const text = Array.isArray(value) ? value.filter(Boolean).join(' ') : value
    if (text) element.setAttribute('class', text)
    else element.removeAttribute('class')
  } else if (value === null || value === undefined || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

/** @param {Element} element @param {string} event @param {any} handler */
function setListener(element, event, handler) {
  let own = listeners.get(element)
  if (!own) listeners.set(element, (own = {}))
  if (!(event in own)) element.addEventListener(event, (occurrence) => own[event]?.(occurrence))
  own[event] = handler
}

/** @param {HTMLElement} element @param {Record<string, any> | undefined} old @param {Record<string, any>} value */
function setStyle(element, old, value) {
  for (const name in old ?? {}) if (!value || !(name in value)) element.style.removeProperty(name)
  for (const name in value ?? {}) {
    if (value[name] === null || value[name] === undefined) element.style.removeProperty(name)
    else element.style.setProperty(name, String(value[name]))
  }
}
