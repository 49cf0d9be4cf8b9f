// @ts-check
// The table of keys, made from the key map.

import { h } from '../app/dom/h.js'
import { keyLabel, keyTable } from '../model/keymap.js'
import { openDialog } from '../elements/dialog.js'

export function showHelp() {
  return openDialog({
    title: 'Keys', size: 'wide', cancel: 'Close',
    body: () => h('div', { class: 'key-table' },
      h('section', null,
        h('h3', null, 'Tags'),
        h('dl', null,
          h('div', { class: 'key-row' },
            h('dt', null, h('kbd', null, '1'), ' … ', h('kbd', null, '9')),
            h('dd', null, 'Tag of the next box, or of the selected one')),
          h('div', { class: 'key-row' },
            h('dt', null, h('kbd', null, '⇧ ⏎')),
            h('dd', null, 'Submit without the suggestions')))),
      keyTable().map(({ group, rows }) => h('section',
        { key: group },
        h('h3', null, group),
        h('dl', null, rows.map(({ keys, words }) => h('div', { class: 'key-row', key: words },
          h('dt', null, keys.map((key, index) => [index > 0 && ' ', h('kbd', null, keyLabel(key))])),
          h('dd', null, words))))))),
  })
}
