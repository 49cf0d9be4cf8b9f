import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bindings, categoryOf, commandOf, keyLabel, keyTable, pressed, reservedKeys
} from '../../Sources/PomonaWeb/Resources/model/keymap.js'
import { commands } from './support/command-names.mjs'

const key = (key, more = {}) => ({ key, ...more })

test('no key means two things in the same situation', () => {
  const seen = new Map()
  for (const binding of bindings) {
    for (const word of binding.keys) {
      const place = `${word} ${binding.when ?? 'always'}`
      assert.ok(!seen.has(place), `${word} is both ${seen.get(place)} and ${binding.command}`)
      seen.set(place, binding.command)
    }
  }
})

test('every command of the map is one the page knows, and the other way round', () => {
  assert.deepEqual(new Set(bindings.map(({ command }) => command)), commands)
})

test('presses are named with their modifiers, ⌘ counting as Ctrl', () => {
  assert.equal(pressed(key('z', { metaKey: true })), 'Ctrl+Z')
  assert.equal(pressed(key('Z', { ctrlKey: true, shiftKey: true })), 'Ctrl+Shift+Z')
  assert.equal(pressed(key('?', { shiftKey: true })), '?')
  assert.equal(pressed(key(' ')), 'Space')
  assert.equal(pressed(key('ArrowLeft', { shiftKey: true })), 'Shift+ArrowLeft')
})

test('arrows go to other photos, and nudge while a box is selected', () => {
  assert.equal(commandOf(key('ArrowLeft'), {}), 'previous')
  assert.equal(commandOf(key('ArrowLeft'), { isSelected: true }), 'nudgeLeft')
  assert.equal(commandOf(key('ArrowUp'), {}), undefined)
})

test('accepting needs something to accept', () => {
  assert.equal(commandOf(key('a'), {}), undefined)
  assert.equal(commandOf(key('a'), { isSuggested: true }), 'acceptAll')
})

test('a held key repeats nudging but not submitting', () => {
  assert.equal(commandOf(key('ArrowRight', { repeat: true }), { isSelected: true }), 'nudgeRight')
  assert.equal(commandOf(key('Enter', { repeat: true }), {}), undefined)
})

test('hotkeys choose categories, whatever the case, and never with a modifier', () => {
  const categories = [{ name: 'apple', hotkey: '1' }, { name: 'kiwi', hotkey: 'k' }, { name: 'pear' }]
  assert.equal(categoryOf(key('1'), categories)?.name, 'apple')
  assert.equal(categoryOf(key('K', { shiftKey: false }), categories)?.name, 'kiwi')
  assert.equal(categoryOf(key('1', { ctrlKey: true }), categories), undefined)
  assert.equal(categoryOf(key('x'), categories), undefined)
})

test('digits stay free for categories', () => {
  const reserved = reservedKeys()
  for (const digit of '123456789') assert.ok(!reserved.has(digit))
})

test('the table has every binding once, directions together', () => {
  const rows = keyTable().flatMap(({ rows }) => rows)
  assert.equal(rows.flatMap(({ keys }) => keys).length, bindings.flatMap(({ keys }) => keys).length)
  assert.deepEqual(rows.find(({ words }) => words === 'Nudge by 1 pixel')?.keys, [
    'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'
  ])
})

test('keys are written as they are printed', () => {
  assert.equal(keyLabel('Shift+ArrowLeft'), 'Shift ←')
  assert.equal(keyLabel('+'), '+')
})
