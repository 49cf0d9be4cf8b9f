// @ts-check
// Describes elements. `patch` turns descriptions into real ones; text always becomes text nodes, so that whatever a
// person typed stays text.

/**
 * @typedef {{tag: string, props: Record<string, any>, children: Child[], key: string | number | undefined,
 *   element?: Element}} VNode
 * @typedef {{text: string, element?: Text}} VText
 * @typedef {VNode | VText} Child
 * @typedef {VNode | string | number | null | undefined | false | Node[] | any[]} Content
 */

/**
 * Describes one element.
 *
 * Properties: `onclick` and the like are listeners; `.name` sets a property of the element; `class` may be a string or
 *   a
 * list with falsy entries; `style` is an object, set through the object model because the page's policy forbids style
 * attributes; `ref` is called once with the element; `key` keeps an element's identity among its siblings; everything
 * else is an attribute, left out where it is `null`, `undefined` or `false`.
 *
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...Content} children
 * @returns {VNode}
 */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: flat(children), key: props?.key }
}

/**
 * Flattens lists and drops what is not there.
 *
 * @param {any} content
 * @param {Child[]} [into]
 * @returns {Child[]}
 */
export function flat(content, into = []) {
  for (const item of Array.isArray(content) ? content : [content]) {
    if (item === null || item === undefined || item === false || item === true) continue
    if (Array.isArray(item)) flat(item, into)
    else if (typeof item === 'object') into.push(item)
    else into.push({ text: String(item) })
  }
  return into
}
