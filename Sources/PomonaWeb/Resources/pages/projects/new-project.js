// @ts-check
// A labeling project is made from a dataset by a name alone.

import { h } from '../../app/dom/h.js'
import { post } from '../../app/net/client.js'
import { wrongName } from '../../model/names.js'
import { openDialog } from '../../elements/dialog.js'
import { selectField, textField } from '../../elements/field.js'
import { fieldError } from '../../elements/group-dialog.js'

/**
 * @param {any} dataset to label
 * @param {any[]} [datasets] to choose from instead
 * @returns {Promise<any>} the project, where one was made
 */
export function newProject(dataset, datasets = []) {
  let name = ''
  let isTried = false
  let chosen = dataset ?? datasets[0]
  return openDialog({
    title: 'New labeling project',
    fields: ['name'],
    body: (dialog) => h('div', { class: 'stack loose' },
      textField({
        label: 'Name',
        key: 'project-name',
        value: name,
        autofocus: true,
        wrong: (isTried && wrongName(name)) || fieldError(dialog.error, 'name'),
        oninput: (value) => {
          name = value
          dialog.update()
        },
      }),
      dataset ? h('p', { class: 'muted' }, `It labels the photos of the dataset “${dataset.name}”.`) : selectField({
        label: 'Dataset',
        value: chosen?.id ?? '',
        choices: datasets.map((item) => ({ value: item.id, label: item.name })),
        onchange: (id) => {
          chosen = datasets.find((item) => item.id === id)
          dialog.update()
        },
      })),
    actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy || !chosen },
      'Create project'),
    submit: (dialog) => {
      isTried = true
      if (wrongName(name) || !chosen) dialog.update()
      else dialog.run(() => post(`/datasets/${chosen.id}/projects`, { name: name.trim() }))
    },
  })
}
