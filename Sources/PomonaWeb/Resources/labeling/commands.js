// @ts-check
// What each command of the key map does.

/** @typedef {import('./labeling-page.js').LabelingPage} Page */

/** @type {Record<string, (page: Page) => void>} */
export const commands = {
  submit: (page) => page.confirm(),
  skip: (page) => page.skip(),
  previous: (page) => page.step(-1),
  next: (page) => page.step(1),
  help: (page) => page.help(),

  draw: (page) => page.setTool('draw'),
  select: (page) => page.setTool('select'),
  template: (page) => page.setTool('template'),
  cancel: (page) => {
    if (!page.canvas?.cancelGesture() && page.editor) page.editor.selectedID = undefined
  },

  nudgeLeft: (page) => page.editor?.nudge(-1, 0),
  nudgeRight: (page) => page.editor?.nudge(1, 0),
  nudgeUp: (page) => page.editor?.nudge(0, -1),
  nudgeDown: (page) => page.editor?.nudge(0, 1),
  pushLeft: (page) => page.editor?.nudge(-10, 0),
  pushRight: (page) => page.editor?.nudge(10, 0),
  pushUp: (page) => page.editor?.nudge(0, -10),
  pushDown: (page) => page.editor?.nudge(0, 10),
  duplicate: (page) => page.editor?.duplicate(),
  delete: (page) => page.editor?.delete(),
  lock: (page) => page.editor?.switchLock(),
  similar: (page) => page.findSimilar(),
  selectNext: (page) => page.editor?.selectNeighbour(1),
  selectPrevious: (page) => page.editor?.selectNeighbour(-1),

  acceptAll: (page) => page.editor?.accept(page.openSuggestions),
  accept: (page) => {
    const suggestion = page.suggestionAtHand
    if (suggestion) page.editor?.take(suggestion)
  },
  dismiss: (page) => {
    const suggestion = page.suggestionAtHand
    if (suggestion) page.editor?.dismiss(suggestion.id)
  },

  undo: (page) => page.editor?.undo(),
  redo: (page) => page.editor?.redo(),
  deleteAll: (page) => page.editor?.deleteAll(),
  hide: (page) => {
    page.areBoxesHidden = !page.areBoxesHidden
  },
  zoomIn: (page) => page.canvas?.zoomBy(1.25),
  zoomOut: (page) => page.canvas?.zoomBy(0.8),
  fit: (page) => page.canvas?.fit(),
}
