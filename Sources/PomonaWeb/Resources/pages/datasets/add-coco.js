// @ts-check
// Add COCO file: from the container, from a file of this machine, or from a labeling project; checked before it counts.

import { h } from '../../app/dom/h.js'
import { all, get, post, request } from '../../app/net/client.js'
import { bytes } from '../../model/format.js'
import { openDialog } from '../../elements/dialog.js'
import { chooseFiles } from '../../elements/dropped-files.js'
import { choiceField, selectField } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { notifyProblem } from '../../elements/toast.js'
import { reportView } from './report.js'

/**
 * @param {any} dataset
 * @returns {Promise<{file: any, dataset: any} | undefined>}
 */
export async function addCocoFile(dataset) {
  let blobs
  let projects
  try {
    [blobs, projects] = await Promise.all([
      get(`/containers/${dataset.container.id}/blobs`, { kind: 'json', limit: 200 }).then((page) => page.items),
      all(`/groups/${dataset.groupID}/projects`),
    ])
  } catch (error) {
    notifyProblem(error)
    return undefined
  }
  projects = projects.filter((project) => project.kind === dataset.kind)
  /** @type {{type: string, blobID: string, projectID: string, upload: {uploadID: string, name: string, bytes: number} | null}} */
  const form = {
    type: blobs.length > 0 ? 'blob' : 'upload', blobID: blobs[0]?.id ?? '', projectID: projects[0]?.id ?? '', upload: null,
  }
  const path = `/datasets/${dataset.id}/coco-files`
  /** @type {any} */
  let report = null

  const source = () => {
    if (form.type === 'blob') return form.blobID ? { type: 'blob', blobID: form.blobID } : undefined
    if (form.type === 'project') return form.projectID ? { type: 'project', projectID: form.projectID } : undefined
    return form.upload ? { type: 'upload', uploadID: form.upload.uploadID } : undefined
  }
  const set = (dialog, change) => {
    Object.assign(form, change)
    report = null
    dialog.error = null
    dialog.update()
  }
  /** Whether a file is chosen still: a report on it would be taken for one on another that was chosen meanwhile. */
  const isChosen = (asked) => JSON.stringify(asked) === JSON.stringify(source())
  const check = async () => {
    const asked = source()
    try {
      const found = await post(`${path}:check`, { source: asked })
      if (isChosen(asked)) report = found
    } catch (error) {
      if (isChosen(asked)) throw error
    }
  }
  const add = (dialog, repair) => dialog.run(async () => {
    const asked = source()
    try {
      return await post(path, { source: asked, repair })
    } catch (error) {
      if (isChosen(asked)) report = /** @type {any} */ (error).body?.report ?? report
      throw error
    }
  })
  const pick = async (dialog) => {
    const [chosen] = await chooseFiles({ accept: '.json,application/json', isSingle: true })
    if (!chosen) return
    await dialog.attempt(async () => {
      const upload = await request('POST', `/datasets/${dataset.id}/coco-uploads`, {
        body: chosen.file,
        headers: { 'Content-Type': 'application/json', 'X-Pomona-Name': encodeURIComponent(chosen.name) },
      })
      set(dialog, { upload })
      if (form.type === 'upload') await check()
    })
  }

  return openDialog({
    title: 'Add COCO file', size: 'wide',
    body: (dialog) => h('div', { class: 'stack loose' },
      choiceField({
        legend: 'Where the file is', name: 'source', value: form.type, onchange: (type) => set(dialog, { type }),
        choices: [
          {
            value: 'blob', label: `In the container ${dataset.container.name}`,
            note: blobs.length === 0 ? 'It holds no JSON file.' : undefined, disabled: blobs.length === 0,
          },
          { value: 'upload', label: 'On this machine' },
          {
            value: 'project',
            label: 'In a labeling project',
            note: projects.length === 0
              ? 'There is no labeling project of this type.'
              : 'Its submitted and approved labels as they are now.',
            disabled: projects.length === 0,
          },
        ],
      }),
      form.type === 'blob' && selectField({
        label: 'File',
        value: form.blobID,
        choices: blobs.map((blob) => ({ value: blob.id, label: `${blob.name} (${bytes(blob.bytes)})` })),
        onchange: (blobID) => set(dialog, { blobID }),
      }),
      form.type === 'project' && selectField({
        label: 'Labeling project',
        value: form.projectID,
        choices: projects.map((project) => ({ value: project.id, label: project.name })),
        onchange: (projectID) => set(dialog, { projectID }),
      }),
      form.type === 'upload' && h('div', { class: 'row' },
        h('button', { class: 'button', type: 'button', onclick: () => pick(dialog) },
          icon('file'),
          form.upload ? 'Choose another file' : 'Choose a file'),
        form.upload && h('span', null, `${form.upload.name} (${bytes(form.upload.bytes)})`)),
      report && reportView(report)),
    actions: (dialog) => [
      !report && h('button',
        { class: 'button', type: 'button', disabled: !source() || dialog.isBusy, onclick: () => dialog.attempt(check) },
        'Check'),
      report && report.repairs.length > 0 && h('button',
        {
          class: ['button', !report.isAccepted && 'primary'], type: 'button', disabled: dialog.isBusy,
          onclick: () => add(dialog, true),
        },
        icon('check'),
        'Repair and add'),
      h('button',
        {
          class: ['button', (!report || report.isAccepted) && 'primary'], type: 'submit',
          disabled: !source() || dialog.isBusy || (report && !report.isAccepted),
        },
        'Add'),
    ],
    submit: (dialog) => {
      if (source() && (!report || report.isAccepted)) add(dialog, false)
    },
  })
}
