// @ts-check
// Labels as a file: into the dataset's container, or downloaded.

import { h } from '../../app/dom/h.js'
import { post } from '../../app/net/client.js'
import { openDialog } from '../../elements/dialog.js'
import { checkField, choiceField, selectField, textField } from '../../elements/field.js'
import { fieldError } from '../../elements/group-dialog.js'

const formats = [
  { value: 'coco', label: 'COCO' }, { value: 'csv', label: 'CSV' }, { value: 'yolo', label: 'YOLO (zip)' },
  { value: 'voc', label: 'Pascal VOC (zip)' },
]

/** @param {string} name */
function wrongFileName(name) {
  const text = name.trim()
  if (text === '') return 'A name is needed.'
  if (/[\\/\u0000-\u001f]/.test(text) || text === '.' || text === '..') return 'A file name without slashes is needed.'
  return undefined
}

/**
 * @param {any} project
 * @returns {Promise<{url?: string, blob?: any} | undefined>}
 */
export function exportLabels(project) {
  const form = {
    destination: 'container', format: 'coco', form: 'pixels', name: 'training-labels', onlyApproved: false,
    replace: false,
  }
  return openDialog({
    title: 'Export labels',
    fields: ['name'],
    body: (dialog) => {
      const set = (value) => {
        Object.assign(form, value)
        if (form.destination === 'container') form.format = 'coco'
        if (!('replace' in value)) form.replace = false
        dialog.error = null
        dialog.update()
      }
      const isTaken = dialog.error?.code === 'blobAlreadyExists'
      return h('div', { class: 'stack loose' },
        choiceField({
          legend: 'Where to', name: 'destination', value: form.destination,
          onchange: (destination) => set({ destination }), choices: [
            {
              value: 'container',
              label: 'Into the dataset',
              note: 'A COCO file in its container, joined to the dataset: ready to train.',
            },
            { value: 'download', label: 'Download', note: 'A file for this machine.' },
          ],
        }),
        form.destination === 'download' && selectField({
          label: 'Format', value: form.format, choices: formats, onchange: (format) => set({ format }),
        }),
        form.format === 'coco' && project.kind === 'imageObjectDetection' && choiceField({
          legend: 'Form of the boxes',
          name: 'form',
          value: form.form,
          isTwo: true,
          onchange: (value) => set({ form: value }),
          choices: [
            { value: 'pixels', label: 'Pixels' },
            { value: 'fractions', label: 'Fractions', note: 'As Image Analysis 4.0 demands it.' },
          ],
        }),
        textField({
          label: 'Name',
          key: 'export-name',
          value: form.name,
          wrong: wrongFileName(form.name) ?? (
            !form.replace && fieldError(dialog.error, 'name')
          ) ?? (isTaken && !form.replace && dialog.error.message),
          oninput: (name) => set({ name }),
          note: form.format === 'coco' && !/\.json$/i.test(form.name) ? 'The ending .json is added.' : undefined,
        }),
        isTaken && checkField({ label: 'Replace the file that is there', checked: form.replace, onchange: (replace) => {
          form.replace = replace
          dialog.update()
        } }),
        checkField({
          label: 'Approved photos only', note: 'Otherwise submitted ones too.', checked: form.onlyApproved,
          onchange: (onlyApproved) => set({ onlyApproved }),
        }))
    },
    actions: (dialog) => h('button',
      { class: 'button primary', type: 'submit', disabled: dialog.isBusy || Boolean(wrongFileName(form.name)) },
      'Export'),
    submit: (dialog) => {
      if (wrongFileName(form.name)) return
      dialog.run(() => post(`/projects/${project.id}/exports`, {
        format: form.format,
        form: form.form,
        states: form.onlyApproved ? ['approved'] : ['submitted', 'approved'],
        name: form.name.trim(),
        destination: form.destination,
        ...(form.replace && { replace: true }),
      }))
    },
  })
}
