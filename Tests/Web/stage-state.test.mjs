import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Editor } from '../../Sources/PomonaWeb/Resources/model/editor.js'
import * as modes from '../../Sources/PomonaWeb/Resources/model/modes.js'
import { stageState, tellCanvas } from '../../Sources/PomonaWeb/Resources/model/stage-state.js'

const photo = { blobID: 'b1', width: 1000, height: 800 }
const box = (xMin, yMin, xMax, yMax) => ({ xMin, yMin, xMax, yMax })
const categories = [{ id: 'c1', name: 'apple', color: '#e0533d' }, { id: 'c2', name: 'banana', color: '#e0c341' }]

function work(more = {}) {
  let next = 1
  const editor = new Editor({ photo, annotations: [], newID: () => `box ${next++}` })
  return { editor, suggestions: [], categories, categoryID: 'c1', tool: 'draw', areBoxesHidden: false, ...more }
}

/** A canvas that shows the photo, as far as a press goes by it. */
const canvas = (shown = photo) => ({ photo: shown, tool: 'draw', marks: [], selectedID: undefined, template: undefined })

/** What a click does on the canvas as it is now. */
function click(on, x, y) {
  const scene = { ...on, items: on.marks, photo, scale: 1 }
  const place = { point: { x, y }, stage: { x, y }, button: 0 }
  const { mode } = modes.down(scene, place)
  return modes.up(mode, scene, place).effects
}

test('a click right behind the key of the template places a box, of the size of the last one', () => {
  const [shown, now] = [canvas(), work()]
  now.editor.add(box(100, 100, 180, 140), 'c1')
  now.editor.selectedID = undefined
  now.tool = 'template'
  assert.deepEqual(click(shown, 500, 400).map(({ kind }) => kind), ['select', 'tap'])
  tellCanvas(shown, photo, stageState(now))
  assert.deepEqual(click(shown, 500, 400), [{ kind: 'add', box: box(460, 380, 540, 420) }])
})

test('a press right behind Escape takes no handle of the box that was selected', () => {
  const [shown, now] = [canvas(), work()]
  now.editor.add(box(100, 100, 300, 300), 'c1')
  tellCanvas(shown, photo, stageState(now))
  const press = { point: { x: 300, y: 300 }, stage: { x: 300, y: 300 }, button: 0 }
  const kind = () => modes.down({ ...shown, items: shown.marks, photo, scale: 1 }, press).mode.kind
  assert.equal(kind(), 'resize')
  now.editor.selectedID = undefined
  tellCanvas(shown, photo, stageState(now))
  assert.equal(kind(), 'draw')
})

test('a canvas that still shows the photo before keeps what it shows of it', () => {
  const [shown, now] = [canvas({ ...photo, blobID: 'b0' }), work({ tool: 'select' })]
  now.editor.add(box(100, 100, 300, 300), 'c1')
  tellCanvas(shown, photo, stageState(now))
  assert.deepEqual([shown.tool, shown.marks], ['draw', []])
  tellCanvas(null, photo, stageState(now))
})

test('boxes wear the name and colour of their category, and what has no box is not drawn', () => {
  const now = work({ categoryID: 'c2', suggestions: [
    { id: 's1', categoryID: 'gone', box: box(0, 0, 10, 10), confidence: 0.5 }, { id: 's2', categoryID: 'c1' },
  ] })
  now.editor.add(box(100, 100, 300, 300), 'c2')
  const { marks, suggestions, color } = stageState(now)
  assert.deepEqual(marks.map(({ label, color: own, look }) => [label, own, look]), [['banana', '#e0c341', 'decided']])
  assert.deepEqual(suggestions.map(({ label, confidence }) => [label, confidence]), [['unknown', 0.5]])
  assert.equal(color, '#e0c341')
})
