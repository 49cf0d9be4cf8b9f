import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pressKey } from '../../Sources/PomonaWeb/Resources/labeling/keys.js'
import { Editor } from '../../Sources/PomonaWeb/Resources/model/editor.js'

globalThis.document ??= { querySelector: () => null }

const box = (xMin) => ({ xMin, yMin: 0, xMax: xMin + 9, yMax: 9 })

/** A page with two boxes that writes down what it is told to do. */
function pageWith() {
  const done = []
  const editor = new Editor({
    photo: { width: 100, height: 100 }, newID: () => 'new',
    annotations: ['a', 'b'].map((id, place) => ({ id, categoryID: 'apple', box: box(20 * place) })),
  })
  const tell = (name) => (...values) => done.push([name, ...values])
  return {
    editor, done, project: { categories: [] }, openSuggestions: [], isClassification: false,
    update() {}, confirm: tell('confirm'), step: tell('step'), skip: tell('skip'),
  }
}

/** Presses a key where the focus is on what these selectors find; says whether the browser's own way was kept. */
function press(page, key, where = [], more = {}) {
  let isKept = true
  const target = { closest: (selector) => (where.includes(selector) ? target : null) }
  pressKey(page, { key, target, preventDefault: () => { isKept = false }, ...more })
  return isKept
}

const photo = ['photo-canvas']
const slider = ['input[type=range]', 'button, a, summary, input']
const button = ['button, a, summary, input']

test('Tab walks through the boxes while the photo has the focus, and out of it behind the last one', () => {
  const page = pageWith()
  assert.equal(press(page, 'Tab', photo), false)
  assert.equal(press(page, 'Tab', photo), false)
  assert.equal(page.editor.selectedID, 'b')
  assert.equal(press(page, 'Tab', photo), true)
  assert.equal(press(page, 'Tab', photo, { shiftKey: true }), false)
  assert.equal(page.editor.selectedID, 'a')
  assert.equal(press(page, 'Tab', photo, { shiftKey: true }), true)
  assert.equal(press(page, 'Tab', button), true)
  page.isClassification = true
  page.editor.selectedID = undefined
  assert.equal(press(page, 'Tab', photo), true)
})

test('arrows move the slider that has the focus, and go to other photos elsewhere', () => {
  const page = pageWith()
  assert.equal(press(page, 'ArrowRight', slider), true)
  assert.equal(press(page, 'PageDown', slider), true)
  assert.deepEqual(page.done, [])
  assert.equal(press(page, 'ArrowRight', photo), false)
  assert.deepEqual(page.done, [['step', 1]])
})

test('Enter is the main button, unless a button has the focus', () => {
  const page = pageWith()
  press(page, 'Enter', photo)
  press(page, 'Enter', photo, { shiftKey: true })
  assert.equal(press(page, 'Enter', button), true)
  assert.deepEqual(page.done, [['confirm'], ['confirm', true]])
})
