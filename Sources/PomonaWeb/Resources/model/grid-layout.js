// @ts-check
// Which cells of a long grid are in sight, and where they lie. No DOM.

/**
 * @typedef {{columns: number, cellWidth: number, rowHeight: number, gap: number, height: number}} Layout
 */

/**
 * @param {{width: number, count: number, wanted: number, gap: number, footer: number, ratio?: number}} input `wanted`
 *   is the
 * least width of a cell, `footer` the height below its picture, `ratio` height over width of the picture; all in pixels
 * @returns {Layout} `rowHeight` is with its gap
 */
export function gridLayout({ width, count, wanted, gap, footer, ratio = 0.75 }) {
  const columns = Math.max(1, Math.floor((width + gap) / (wanted + gap)))
  const cellWidth = Math.max(1, (width - gap * (columns - 1)) / columns)
  const rowHeight = Math.round(cellWidth * ratio) + footer + gap
  return { columns, cellWidth, rowHeight, gap, height: Math.max(0, Math.ceil(count / columns) * rowHeight - gap) }
}

/**
 * The indices in sight, with a margin above and below.
 *
 * @param {Layout} layout
 * @param {{top: number, height: number, count: number, margin?: number}} view `top` may be negative while the grid
 *   begins
 *   below the upper edge
 * @returns {{first: number, end: number}} `end` is one past the last
 */
export function visibleRange(layout, { top, height, count, margin = 200 }) {
  const firstRow = Math.max(0, Math.floor((top - margin) / layout.rowHeight))
  const endRow = Math.max(firstRow, Math.ceil((top + height + margin) / layout.rowHeight))
  return { first: Math.min(count, firstRow * layout.columns), end: Math.min(count, endRow * layout.columns) }
}

/** @param {Layout} layout @param {number} index @returns {{x: number, y: number}} */
export function cellPlace(layout, index) {
  const row = Math.floor(index / layout.columns)
  return { x: (index % layout.columns) * (layout.cellWidth + layout.gap), y: row * layout.rowHeight }
}

/**
 * The pages of a list that a range touches.
 *
 * @param {{first: number, end: number}} range
 * @param {number} size items of a page
 * @returns {number[]}
 */
export function pagesOf({ first, end }, size) {
  if (end <= first) return []
  const pages = []
  for (let page = Math.floor(first / size); page <= Math.floor((end - 1) / size); page += 1) pages.push(page)
  return pages
}

/**
 * Where a key leads from a cell.
 *
 * @param {string} key of a keyboard event
 * @param {number} index
 * @param {{columns: number, count: number, rows: number}} grid `rows` fit on one screen
 * @returns {number | undefined} `undefined` where the key does not move
 */
export function stepFrom(key, index, { columns, count, rows }) {
  const step = /** @type {Record<string, number>} */ ({
    ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -columns * rows,
    PageDown: columns * rows,
    Home: -count, End: count,
  })[key]
  if (step === undefined || count === 0) return undefined
  return Math.min(count - 1, Math.max(0, index + step))
}
