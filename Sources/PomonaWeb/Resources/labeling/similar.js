// @ts-check
// After one drawn box: the others in the same photo, as suggestions.

import { post } from '../app/net/client.js'
import { counted } from '../model/format.js'
import { notify, notifyProblem } from '../elements/toast.js'

/** @param {import('./labeling-page.js').LabelingPage} page */
export async function findSimilar(page) {
  const { editor, task } = page
  const selected = editor?.selected
  if (!editor || !selected?.box || page.isFinding) return
  page.isFinding = true
  page.update()
  try {
    const { suggestions } = await post(`/projects/${page.params.projectID}/tasks/${task.id}:find-similar`, {
      categoryID: selected.categoryID, box: selected.box,
    })
    editor.addSuggestions(suggestions)
    sayHidden(page, suggestions)
  } catch (error) {
    notifyProblem(error)
  }
  page.isFinding = false
  page.update()
}

/** @param {import('./labeling-page.js').LabelingPage} page @param {{confidence: number}[]} found */
function sayHidden(page, found) {
  const hidden = found.filter(({ confidence }) => confidence < page.least).map(({ confidence }) => confidence)
  if (found.length === 0) notify('Nothing similar was found in this photo.')
  if (hidden.length === 0) return
  notify(`${counted(hidden.length, 'place')} found ${hidden.length === 1 ? 'is' : 'are'} hidden by the slider.`, {
    // The slider has steps of 5 per cent.
    action: { label: 'Show', run: () => page.setLeast(Math.floor(Math.min(...hidden) * 20) / 20) },
  })
}
