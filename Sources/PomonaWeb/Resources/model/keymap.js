// @ts-check
// The labeling page's keys, as data: what is pressed is looked up here, and the table behind "?" is made from here.

/**
 * @typedef {object} Binding
 * @property {string} command
 * @property {string[]} keys such as `R`, `Shift+ArrowLeft`, `Ctrl+Z` (Ctrl stands for ⌘ too)
 * @property {string} words
 * @property {string} group heading in the table
 * @property {'always' | 'selected' | 'suggested'} [when] `selected`: a box is selected; `suggested`: there are
 *   suggestions
 * @property {boolean} [isRepeated] holding the key repeats it
 */

/** @type {Binding[]} */
export const bindings = [
  { command: 'submit', keys: ['Enter'], words: 'Submit and go on; in review: approve', group: 'Photo' },
  { command: 'skip', keys: ['S'], words: 'Skip this photo', group: 'Photo' },
  { command: 'previous', keys: ['ArrowLeft', 'PageUp'], words: 'Previous photo', group: 'Photo' },
  { command: 'next', keys: ['ArrowRight', 'PageDown'], words: 'Next photo', group: 'Photo' },
  { command: 'help', keys: ['?'], words: 'This table', group: 'Photo' },

  { command: 'draw', keys: ['R'], words: 'Draw boxes', group: 'Tools' },
  { command: 'select', keys: ['M', 'V'], words: 'Select, move, resize', group: 'Tools' },
  { command: 'template', keys: ['T'], words: 'Template box: the size of the last one, by a click', group: 'Tools' },
  { command: 'cancel', keys: ['Escape'], words: 'Cancel what is being drawn; else select nothing', group: 'Tools' },

  {
    command: 'nudgeLeft', keys: ['ArrowLeft'], words: 'Nudge by 1 pixel', group: 'Selected box', when: 'selected',
    isRepeated: true,
  },
  {
    command: 'nudgeRight', keys: ['ArrowRight'], words: 'Nudge by 1 pixel', group: 'Selected box', when: 'selected',
    isRepeated: true,
  },
  {
    command: 'nudgeUp', keys: ['ArrowUp'], words: 'Nudge by 1 pixel', group: 'Selected box', when: 'selected',
    isRepeated: true,
  },
  {
    command: 'nudgeDown', keys: ['ArrowDown'], words: 'Nudge by 1 pixel', group: 'Selected box', when: 'selected',
    isRepeated: true,
  },
  {
    command: 'pushLeft', keys: ['Shift+ArrowLeft'], words: 'Nudge by 10 pixels', group: 'Selected box',
    when: 'selected', isRepeated: true,
  },
  {
    command: 'pushRight', keys: ['Shift+ArrowRight'], words: 'Nudge by 10 pixels', group: 'Selected box',
    when: 'selected', isRepeated: true,
  },
  {
    command: 'pushUp', keys: ['Shift+ArrowUp'], words: 'Nudge by 10 pixels', group: 'Selected box', when: 'selected',
    isRepeated: true,
  },
  {
    command: 'pushDown', keys: ['Shift+ArrowDown'], words: 'Nudge by 10 pixels', group: 'Selected box',
    when: 'selected', isRepeated: true,
  },
  { command: 'duplicate', keys: ['Ctrl+D'], words: 'Duplicate', group: 'Selected box', when: 'selected' },
  { command: 'delete', keys: ['Delete', 'Backspace'], words: 'Delete', group: 'Selected box', when: 'selected' },
  { command: 'lock', keys: ['L'], words: 'Lock or unlock', group: 'Selected box', when: 'selected' },
  { command: 'similar', keys: ['F'], words: 'Find similar in this photo', group: 'Selected box', when: 'selected' },
  { command: 'selectNext', keys: ['Tab'], words: 'Next box; behind the last one, out of the photo', group: 'Boxes' },
  { command: 'selectPrevious', keys: ['Shift+Tab'], words: 'Previous box', group: 'Boxes' },

  { command: 'acceptAll', keys: ['A'], words: 'Accept all suggestions shown', group: 'Suggestions', when: 'suggested' },
  {
    command: 'accept', keys: ['E'], words: 'Accept the suggestion under the pointer, or the next one, and select it',
    group: 'Suggestions', when: 'suggested',
  },
  {
    command: 'dismiss', keys: ['X'], words: 'Dismiss the suggestion under the pointer, or the next one',
    group: 'Suggestions', when: 'suggested',
  },

  { command: 'undo', keys: ['Ctrl+Z'], words: 'Undo', group: 'Edit', isRepeated: true },
  { command: 'redo', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'], words: 'Redo', group: 'Edit', isRepeated: true },
  {
    command: 'deleteAll', keys: ['Ctrl+Delete', 'Ctrl+Backspace'], words: 'Delete all boxes that are not locked',
    group: 'Edit',
  },
  { command: 'hide', keys: ['H'], words: 'Hide or show the boxes', group: 'View' },
  { command: 'zoomIn', keys: ['+', '='], words: 'Zoom in (also the wheel)', group: 'View', isRepeated: true },
  { command: 'zoomOut', keys: ['-'], words: 'Zoom out', group: 'View', isRepeated: true },
  {
    command: 'fit',
    keys: ['0'],
    words: 'Show the whole photo (move it by dragging with Space or the middle button)',
    group: 'View',
  },
]

/**
 * What was pressed, in the words of the table.
 *
 * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, shiftKey?: boolean, altKey?: boolean}} event
 */
export function pressed({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  // Signs such as ? and + already carry their Shift.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key) && key !== ' '
  return [
    (ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && !isSign && 'Shift', name,
  ].filter(Boolean).join('+')
}

/**
 * The command of a key press. A binding with a condition goes before one without: arrows nudge while a box is selected.
 *
 * @param {Parameters<typeof pressed>[0] & {repeat?: boolean}} event
 * @param {{isSelected?: boolean, isSuggested?: boolean}} situation
 * @param {Binding[]} [table]
 * @returns {string | undefined}
 */
export function commandOf(event, { isSelected = false, isSuggested = false }, table = bindings) {
  const word = pressed(event)
  const fitting = table.filter((binding) => binding.keys.includes(word)
    && (binding.when !== 'selected' || isSelected) && (binding.when !== 'suggested' || isSuggested))
  const binding = fitting.find((candidate) => candidate.when) ?? fitting[0]
  if (!binding || (event.repeat && !binding.isRepeated)) return undefined
  return binding.command
}

/**
 * The category whose hotkey was pressed.
 *
 * @template {{hotkey?: string}} Category
 * @param {Parameters<typeof pressed>[0] & {repeat?: boolean}} event
 * @param {Category[]} categories
 * @returns {Category | undefined}
 */
export function categoryOf(event, categories) {
  if (event.repeat) return undefined
  const word = pressed(event)
  return categories.find((category) => category.hotkey && category.hotkey.toUpperCase() === word)
}

/** Keys of the table that a category's hotkey must not take. @returns {Set<string>} */
export function reservedKeys() {
  return new Set(bindings.flatMap((binding) => binding.keys))
}

/**
 * The table for a person: nudging is one line, whatever the direction.
 *
 * @returns {{group: string, rows: {keys: string[], words: string}[]}[]}
 */
export function keyTable() {
  /** @type {Map<string, {keys: string[], words: string}[]>} */
  const groups = new Map()
  for (const { group, keys, words } of bindings) {
    const rows = groups.get(group) ?? []
    groups.set(group, rows)
    const same = rows.find((row) => row.words === words)
    if (same) same.keys.push(...keys)
    else rows.push({ keys: [...keys], words })
  }
  return [...groups].map(([group, rows]) => ({ group, rows }))
}

/** @param {string} key as in the table @returns {string} as printed on a key */
export function keyLabel(key) {
  const signs = /** @type {Record<string, string>} */ ({
    ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del', Backspace: '⌫',
    PageUp: 'Page ↑', PageDown: 'Page ↓',
  })
  return key === '+' ? '+' : key.split('+').map((part) => signs[part] ?? part).join(' ')
}
