// @ts-check
// What the canvas of the labeling page goes by, and how it learns of it.

/**
 * @typedef {import('./modes.js').Tool} Tool
 * @typedef {{id: string, name: string, color: string}} Category
 *
 * @typedef {object} Work what is being done on a photo
 * @property {import('./editor.js').Editor} editor
 * @property {import('./annotations.js').Suggestion[]} suggestions those that are open
 * @property {Category[]} categories
 * @property {string} categoryID of the next box
 * @property {Tool} tool
 * @property {boolean} areBoxesHidden
 */

const unknownColor = '#888888'
const firstColor = '#57c08d'

/** @param {Work} work */
export function stageState({ editor, suggestions, categories, categoryID, tool, areBoxesHidden }) {
  const byID = new Map(categories.map((category) => [category.id, category]))
  const mark = (item, look) => {
    const category = byID.get(item.categoryID)
    return {
      id: item.id, box: item.box, color: category?.color ?? unknownColor, label: category?.name ?? 'unknown',
      confidence: item.confidence, isLocked: item.isLocked, look,
    }
  }
  return {
    marks: editor.annotations.filter(({ box }) => box).map((item) => mark(item, 'decided')),
    suggestions: suggestions.filter(({ box }) => box).map((item) => mark(item, 'suggested')),
    selectedID: editor.selectedID,
    tool,
    template: editor.template,
    areBoxesHidden,
    color: byID.get(categoryID)?.color ?? firstColor,
  }
}

/**
 * Tells a canvas without waiting for the frame that shows it: a press that follows a key goes by what the key chose. A
 * canvas that still shows another photo keeps that one's boxes, because a press there means what is seen.
 *
 * @param {{photo: {blobID?: string} | null} | null} canvas
 * @param {{blobID?: string}} photo
 * @param {ReturnType<typeof stageState>} state
 */
export function tellCanvas(canvas, photo, state) {
  if (canvas?.photo?.blobID === photo.blobID) Object.assign(/** @type {any} */ (canvas), state)
}
