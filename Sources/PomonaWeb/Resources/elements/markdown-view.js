// @ts-check
// Instructions shown as text, lists and links.

import { h } from '../app/dom/h.js'
import { blocks } from '../model/markdown.js'

/** @param {import('../model/markdown.js').Inline[]} list */
function inlineView(list) {
  return list.map((item) => {
    switch (item.kind) {
      case 'strong': return h('strong', null, inlineView(item.children))
      case 'emphasis': return h('em', null, inlineView(item.children))
      case 'code': return h('code', null, item.text)
      case 'link': return h('a', { href: item.address, target: '_blank', rel: 'noopener noreferrer' },
        inlineView(item.children))
      default: return item.text
    }
  })
}

/** @param {string} text Markdown */
export function markdownView(text) {
  return blocks(text).map((block) => {
    switch (block.kind) {
      case 'heading': return h('h3', null, inlineView(block.children))
      case 'list': return h(block.isOrdered ? 'ol' : 'ul', null,
        block.items.map((item, index) => h('li', { key: index }, inlineView(item))))
      case 'code': return h('pre', null, h('code', null, block.text))
      default: return h('p', null, inlineView(block.children))
    }
  })
}
