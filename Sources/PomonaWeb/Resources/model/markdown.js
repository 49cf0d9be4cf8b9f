// @ts-check
// The part of Markdown that instructions need, as a tree. Nothing in it can become markup: text stays text, and links
// lead
// to http(s) addresses only.

/**
 * @typedef {{kind: 'text', text: string} | {kind: 'strong' | 'emphasis', children: Inline[]} | {kind: 'code', text:
 *   string}
 *   | {kind: 'link', address: string, children: Inline[]}} Inline
 * @typedef {{kind: 'heading', level: number, children: Inline[]} | {kind: 'paragraph', children: Inline[]}
 *   | {kind: 'list', isOrdered: boolean, items: Inline[][]} | {kind: 'code', text: string}} Block
 */

/**
 * @param {string} text
 * @returns {Block[]}
 */
export function blocks(text) {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  /** @type {Block[]} */
  const result = []
  let index = 0
  while (index < lines.length) {
    const line = lines[index]
    if (line.trim() === '') {
      index += 1
    } else if (line.startsWith('```')) {
      const end = lines.findIndex((other, place) => place > index && other.startsWith('```'))
      const stop = end < 0 ? lines.length : end
      result.push({ kind: 'code', text: lines.slice(index + 1, stop).join('\n') })
      index = stop + 1
    } else if (/^#{1,4} /.test(line)) {
      const level = line.indexOf(' ')
      result.push({ kind: 'heading', level, children: inlines(line.slice(level + 1)) })
      index += 1
    } else if (itemOf(line)) {
      const isOrdered = /^\s*\d/.test(line)
      /** @type {Inline[][]} */
      const items = []
      for (; index < lines.length && itemOf(lines[index]); index += 1) items.push(inlines(itemOf(lines[index])?.[1] ?? ''))
      result.push({ kind: 'list', isOrdered, items })
    } else {
      const paragraph = []
      for (; index < lines.length && lines[index].trim() !== '' && !itemOf(lines[index]) && !/^(#{1,4} |```)/.test(lines[index]); index += 1) {
        paragraph.push(lines[index].trim())
      }
      result.push({ kind: 'paragraph', children: inlines(paragraph.join(' ')) })
    }
  }
  return result
}

/** @param {string} line */
function itemOf(line) {
  return /^\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line)
}

const pieces = /`([^`]+)`|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/

/**
 * @param {string} text
 * @param {number} [depth]
 * @returns {Inline[]}
 */
function inlines(text, depth = 0) {
  /** @type {Inline[]} */
  const result = []
  let rest = text
  while (rest !== '') {
    const found = depth > 4 ? null : pieces.exec(rest)
    if (!found) {
      result.push({ kind: 'text', text: rest })
      break
    }
    if (found.index > 0) result.push({ kind: 'text', text: rest.slice(0, found.index) })
    const [whole, code, strong, emphasis, words, target, address] = found
    if (code !== undefined) result.push({ kind: 'code', text: code })
    else if (strong !== undefined) result.push({ kind: 'strong', children: inlines(strong, depth + 1) })
    else if (emphasis !== undefined) result.push({ kind: 'emphasis', children: inlines(emphasis, depth + 1) })
    else if (address !== undefined) result.push({ kind: 'link', address, children: [{ kind: 'text', text: address }] })
    else if (/^https?:\/\//.test(target)) result.push({
      kind: 'link', address: target, children: inlines(words, depth + 1),
    })
    else result.push({ kind: 'text', text: whole })
    rest = rest.slice(found.index + whole.length)
  }
  return result
}
