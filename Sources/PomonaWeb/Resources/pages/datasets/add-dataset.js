// @ts-check
// Add new dataset: name, type, container, and leave to read and write it.

import { h } from '../../app/dom/h.js'
import { all, post } from '../../app/net/client.js'
import { session } from '../../app/session.js'
import { counted } from '../../model/format.js'
import { wrongName } from '../../model/names.js'
import { openDialog } from '../../elements/dialog.js'
import { checkField, choiceField, selectField, textField } from '../../elements/field.js'
import { fieldError } from '../../elements/group-dialog.js'
import { notifyProblem } from '../../elements/toast.js'

/**
 * @param {{name: string}[]} datasets those there are
 * @returns {Promise<any>} the new one, where one was made
 */
export async function addDataset(datasets) {
  let containers
  try {
    containers = await all(`/groups/${session.groupID}/containers`)
  } catch (error) {
    notifyProblem(error)
    return undefined
  }
  const taken = datasets.map(({ name }) => name)
  const form = {
    name: '', kind: 'imageObjectDetection', containerID: containers[0]?.id ?? '', isAllowed: true, isTried: false,
  }
  const wrong = () => ({
    name: wrongName(form.name, taken), containerID: form.containerID ? undefined : 'Choose a container.',
    allowsReadWrite: form.isAllowed
      ? undefined
      : 'Without this the dataset cannot read its photos nor write its labels.',
  })
  return openDialog({
    title: 'Add new dataset',
    fields: ['name', 'kind', 'containerID', 'allowsReadWrite'],
    body: (dialog) => {
      const shown = form.isTried ? wrong() : { name: undefined, containerID: undefined, allowsReadWrite: undefined }
      const set = (change) => {
        Object.assign(form, change)
        dialog.update()
      }
      if (containers.length === 0) {
        return h('p', null,
          'There is no container yet. Make one in ',
          h('a', { href: '/storage', onclick: () => dialog.close() }, 'Storage'),
          ' and upload photos first.')
      }
      return h('div', { class: 'stack loose' },
        textField({
          label: 'Name', key: 'dataset-name', value: form.name, autofocus: true,
          wrong: shown.name ?? fieldError(dialog.error, 'name'), oninput: (name) => set({ name }),
        }),
        choiceField({
          legend: 'Type', name: 'kind', value: form.kind, isTwo: true, onchange: (kind) => set({ kind }), choices: [
            { value: 'imageObjectDetection', label: 'Object detection', note: 'Where things are: boxes with tags.' },
            {
              value: 'imageClassification', label: 'Image classification',
              note: 'What a photo shows: one tag for the whole photo.',
            },
          ],
        }),
        selectField({
          label: 'Container',
          value: form.containerID,
          wrong: shown.containerID ?? fieldError(dialog.error, 'containerID'),
          onchange: (containerID) => set({ containerID }),
          choices: containers.map(
            (container) => ({
              value: container.id,
              label: `${container.accountName} / ${container.name} (${counted(container.photoCount, 'photo')})`,
            })
          ),
        }),
        h('div', { class: 'stack tight-stack' },
          checkField({
            label: 'Allow Pomona to read and write to this container',
            note: 'Photos are read; label files are written beside them.',
            checked: form.isAllowed,
            onchange: (isAllowed) => set({ isAllowed }),
          }),
          (shown.allowsReadWrite ?? fieldError(dialog.error, 'allowsReadWrite')) && h('span',
            { class: 'field-wrong', role: 'alert' },
            shown.allowsReadWrite ?? dialog.error.message)))
    },
    actions: (dialog) => containers.length > 0 && h('button',
      { class: 'button primary', type: 'submit', disabled: dialog.isBusy },
      'Create dataset'),
    submit: (dialog) => {
      form.isTried = true
      if (Object.values(wrong()).some(Boolean)) dialog.update()
      else {
        dialog.run(() => post(`/groups/${session.groupID}/datasets`, {
          name: form.name.trim(), kind: form.kind, containerID: form.containerID, allowsReadWrite: form.isAllowed,
        }))
      }
    },
  })
}
