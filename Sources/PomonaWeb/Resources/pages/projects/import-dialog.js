// @ts-check
// Labels made elsewhere, as labels or as suggestions.

import { h } from '../../app/dom/h.js'
import { request } from '../../app/net/client.js'
import { bytes, counted } from '../../model/format.js'
import { openDialog } from '../../elements/dialog.js'
import { chooseFiles } from '../../elements/dropped-files.js'
import { choiceField, selectField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { notify } from '../../elements/toast.js'

const formats = [
  { value: 'coco', label: 'COCO (JSON)' }, { value: 'yolo', label: 'YOLO (zip)' },
  { value: 'voc', label: 'Pascal VOC (XML or zip)' }, { value: 'cvat', label: 'CVAT (XML or zip)' },
  { value: 'labelStudio', label: 'Label Studio (JSON)' },
]

/** @param {any} result */
function importedWords({ annotations, photos }) {
  return `${counted(annotations, 'label')} of ${counted(photos, 'photo')} imported.`
}

/** @param {any} project */
export function importLabels(project) {
  const form = { format: 'coco', as: 'labels', /** @type {{file: File, name: string} | null} */ file: null }
  /** @type {any} */
  let result = null
  return openDialog({
    title: 'Import labels', cancel: '',
    body: (dialog) => {
      const set = (value) => {
        Object.assign(form, value)
        result = null
        dialog.error = null
        dialog.update()
      }
      return h('div', { class: 'stack loose' },
        selectField({ label: 'Format', value: form.format, choices: formats, onchange: (format) => set({ format }) }),
        h('div', { class: 'row' }, h('button', { class: 'button', type: 'button', onclick: async () => {
          const [file] = await chooseFiles({ isSingle: true, accept: '.json,.xml,.zip,.txt' })
          if (file) set({ file })
        } }, icon('file'), form.file ? 'Choose another file' : 'Choose a file'), form.file && h('span', null,
          `${form.file.name} (${bytes(form.file.file.size)})`)),
        choiceField({
          legend: 'As', name: 'as', value: form.as, isTwo: true, onchange: (value) => set({ as: value }), choices: [
            { value: 'labels', label: 'Labels', note: 'They count as submitted.' },
            { value: 'suggestions', label: 'Suggestions', note: 'A person accepts or mends them.' },
          ],
        }),
        result && h('div', { class: 'notice good' }, icon('check'), h('div', null,
          h('p', { class: 'strong' }, importedWords(result)),
          result.categoriesAdded.length > 0 && h('p', null, `New categories: ${result.categoriesAdded.join(', ')}`))),
        result?.refused.length > 0 && h('details', { class: 'finding', open: true },
          h('summary', null, `${result.refused.length} ${result.refused.length === 1 ? 'was' : 'were'} not taken`),
          h('ul', { class: 'finding-places' },
            result.refused.map((item) => h('li', { key: item.file },
              h('strong', null, item.file),
              ` ${item.message}`)))))
    },
    actions: (dialog) => [
      h('button',
        { class: ['button', result && 'primary'], type: 'button', key: 'close', onclick: () => dialog.close() },
        result ? 'Done' : 'Cancel'),
      !result && h('button',
        { class: 'button primary', type: 'submit', key: 'import', disabled: !form.file || dialog.isBusy },
        'Import'),
    ],
    submit: (dialog) => {
      const { file } = form
      if (!file || result) return
      dialog.attempt(async () => {
        result = await request('POST', `/projects/${project.id}/imports`, {
          query: { format: form.format, as: form.as },
          body: file.file,
          headers: {
            'Content-Type': file.file.type || 'application/octet-stream', 'X-Pomona-Name': encodeURIComponent(file.name),
          },
        })
        if (dialog.isOpen) return
        const refused = result.refused.length
        notify(`${importedWords(result)}${refused > 0 ? ` ${refused} not taken.` : ''}`,
          { tone: refused > 0 ? 'bad' : 'good' })
      })
    },
  })
}
