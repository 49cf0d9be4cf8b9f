import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ago, bytes, counted, duration, percent, readDuration, shortened } from '../../Sources/PomonaWeb/Resources/model/format.js'
import { blocks } from '../../Sources/PomonaWeb/Resources/model/markdown.js'
import {
  accountNameFrom, wrongAccountName, wrongContainerName, wrongName
} from '../../Sources/PomonaWeb/Resources/model/names.js'
import { analyzeCurl, shellQuoted } from '../../Sources/PomonaWeb/Resources/model/calls.js'
import { stepWrong, wrongBudget } from '../../Sources/PomonaWeb/Resources/model/training-form.js'
import { canBeCancelled } from '../../Sources/PomonaWeb/Resources/model/status.js'
import { inkOn } from '../../Sources/PomonaWeb/Resources/model/colors.js'

test('sizes, counts and shares', () => {
  assert.deepEqual([0, 999, 1000, 123_456, 5_000_000_000].map(bytes), ['0 B', '999 B', '1.0 KB', '123 KB', '5.0 GB'])
  assert.equal(counted(1, 'box', 'boxes'), '1 box')
  assert.equal(counted(2000, 'photo'), '2,000 photos')
  assert.equal(percent(undefined), '–')
  assert.equal(percent(0.9931, 1), '99.3%')
})

test('long names keep both ends', () => {
  assert.equal(shortened('IMG_20200229_164804.jpg', 20), 'IMG_20200…164804.jpg')
  assert.equal(shortened('IMG_20200229_164804.jpg', 23), 'IMG_20200229_164804.jpg')
  // Letters of two units stay whole.
  assert.equal(shortened('🍎🍎🍎🍎🍎🍌🍌', 6), '🍎🍎…🍎🍌🍌')
})

test('lengths of time in two units', () => {
  assert.deepEqual([0, 0.4, 45, 125, 3600, 4800, 200_000].map(duration), [
    '0 s', '< 1 s', '45 s', '2 min 5 s', '1 h', '1 h 20 min', '2 d 7 h'
  ])
})

test('a budget is read in hours or with units, and written back the same', () => {
  assert.equal(readDuration('1'), 3600)
  assert.equal(readDuration('1,5'), 5400)
  assert.equal(readDuration('10m'), 600)
  assert.equal(readDuration('1 h 20 min'), 4800)
  for (const text of [
    '', 'soon', '1 fortnight', '-3', '5 m and more'
  ]) assert.equal(readDuration(text), undefined, text)
  for (const seconds of [1, 45, 600, 4800, 90_000]) assert.equal(readDuration(duration(seconds)), seconds)
})

test('moments as a person says them', () => {
  const now = new Date('2026-03-02T12:00:00')
  assert.equal(ago(new Date('2026-03-02T11:59:40').toISOString(), now), 'just now')
  assert.equal(ago(new Date('2026-03-02T11:50:00').toISOString(), now), '10 min ago')
  assert.equal(ago(new Date('2026-03-02T08:05:00').toISOString(), now), 'today at 08:05')
  assert.equal(ago(new Date('2026-03-01T08:05:00').toISOString(), now), 'yesterday at 08:05')
  assert.equal(ago(new Date('2026-02-01T08:05:00').toISOString(), now), '1 Feb 2026')
})

test('names: what is wrong is said, other alphabets are fine', () => {
  for (const name of ['fruit', 'Früchte 2', '果物', 'a.b_c-d']) assert.equal(wrongName(name), undefined, name)
  for (const name of ['', '   ', '-a', 'a/b', '<b>x</b>', 'x'.repeat(256)]) assert.ok(wrongName(name), name)
  assert.match(wrongName('fruit', ['fruit']) ?? '', /exists/)
})

test('names of accounts and containers follow Azure', () => {
  assert.equal(wrongAccountName('fruitstore1'), undefined)
  for (const name of ['ab', 'Fruit', 'a-b', 'x'.repeat(25)]) assert.ok(wrongAccountName(name), name)
  assert.equal(wrongContainerName('training-images'), undefined)
  for (const name of ['ab', '-abc', 'abc-', 'a--b', 'Abc', 'a_b']) assert.ok(wrongContainerName(name), name)
  assert.equal(accountNameFrom('My Frúit!'), 'myfruit')
  assert.equal(accountNameFrom('果'), '')
})

test('a budget says what is wrong with it', () => {
  assert.equal(wrongBudget('1 h', 35), undefined)
  assert.match(wrongBudget('20 s', 35) ?? '', /at least 35 s/)
  assert.match(wrongBudget('soon', 35) ?? '', /no time/)
  assert.match(wrongBudget('2000', undefined) ?? '', /1,344/)
})

test('the tabs of a training say what is missing', () => {
  const context = {
    names: ['old'],
    estimate: { minimumSeconds: 35, problems: [{ field: 'trainingDatasetIDs', message: 'No photo is labeled.' }] }
  }
  const form = {
    name: 'old', kind: 'detector', trainingDatasetIDs: ['d1'], evaluationDatasetID: 'd1', budget: '1', foundationID: ''
  }
  assert.match(stepWrong('name', form, context) ?? '', /exists/)
  assert.equal(stepWrong('training', form, context), 'No photo is labeled.')
  assert.match(stepWrong('evaluation', form, context) ?? '', /nothing about new photos/)
  assert.equal(stepWrong('budget', form, context), undefined)
})

test('instructions: structure is kept, markup stays text, only web links are links', () => {
  const [heading, paragraph, list] = blocks(
    '# Do\n\nDraw **tight** <b>boxes</b> [here](javascript:x) or [there](https://a.org)\n\n- one\n- two `x`'
  )
  assert.equal(heading.kind, 'heading')
  assert.deepEqual(paragraph.children.map(({ kind }) => kind), ['text', 'strong', 'text', 'text', 'text', 'link'])
  assert.equal(paragraph.children[2].text, ' <b>boxes</b> ')
  assert.equal(paragraph.children[3].text, '[here](javascript:x)')
  assert.equal(list.items.length, 2)
})

test('instructions of any shape come to an end', () => {
  for (const text of [
    '', '\n\n', '```\nopen', '**', '*a', '[x](', '#no heading', '- ', '`'.repeat(50), '*'.repeat(2000)
  ]) assert.ok(Array.isArray(blocks(text)))
})

test('commands can be pasted into a shell, whatever the names', () => {
  assert.equal(shellQuoted("it's"), "'it'\\''s'")
  assert.match(analyzeCurl({ endpoint: 'http://h', key: 'k', model: "a'b&c" }), /model-name=a'\\''b%26c/)
})

test('ink can be read on every ground', () => {
  assert.equal(inkOn('#ffffff'), '#101412')
  assert.equal(inkOn('#101010'), '#ffffff')
})

test('a job that waits or runs can be cancelled, a deletion never', () => {
  for (const state of ['queued', 'running']) {
    assert.ok(canBeCancelled({ state, kind: 'training' }))
    assert.ok(!canBeCancelled({ state, kind: 'deletion' }))
  }
  for (const state of ['stopping', 'succeeded']) assert.ok(!canBeCancelled({ state, kind: 'training' }))
})
