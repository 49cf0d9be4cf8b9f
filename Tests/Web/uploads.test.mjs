import assert from 'node:assert/strict'
import { test } from 'node:test'
import { droppedFiles } from '../../Sources/PomonaWeb/Resources/elements/dropped-files.js'
import { delayBefore, isPassing, pause } from '../../Sources/PomonaWeb/Resources/app/net/retry.js'
import { UploadList, isLitter, secondsLeft } from '../../Sources/PomonaWeb/Resources/model/uploads.js'

const files = (...sizes) => sizes.map((bytes, index) => ({ id: `f${index}`, name: `${index}.jpg`, bytes }))

function listOf(...sizes) {
  const list = new UploadList()
  list.add(files(...sizes))
  return list
}

test('files are taken in order, each once', () => {
  const list = listOf(10, 20)
  assert.equal(list.take()?.id, 'f0')
  assert.equal(list.take()?.id, 'f1')
  assert.equal(list.take(), undefined)
})

test('the whole progress is that of the bytes, never going back', () => {
  const list = listOf(100, 300)
  list.take()
  list.progress('f0', 60)
  list.progress('f0', 40)
  assert.equal(list.summary.fraction, 60 / 400)
  list.finish('f0')
  assert.equal(list.summary.fraction, 0.25)
  assert.equal(list.summary.isFinished, false)
})

test('a broken connection puts a file back into the queue', () => {
  const list = listOf(100)
  list.take()
  list.progress('f0', 70)
  list.again('f0')
  assert.equal(list.summary.sent, 0)
  assert.equal(list.take()?.tries, 2)
})

test('a batch with refusals and broken photos ends, and lists them', () => {
  const list = listOf(1, 1, 1)
  for (let upload = list.take(); upload; upload = list.take()) {
    if (upload.id === 'f1') list.refuse('f1', 'too large')
    else list.finish(upload.id, upload.id === 'f2' ? 'no photo' : undefined)
  }
  const { summary } = list
  assert.ok(summary.isFinished)
  assert.equal(summary.done, 2)
  assert.deepEqual(summary.refused.map(({ reason }) => reason), ['too large'])
  assert.deepEqual(summary.problems.map(({ problem }) => problem), ['no photo'])
})

test('what is left out counts for nothing', () => {
  const list = listOf(100, 100)
  list.skip(new Set(['0.jpg']))
  assert.equal(list.take()?.id, 'f1')
  list.finish('f1')
  assert.equal(list.summary.fraction, 1)
  assert.equal(list.summary.skipped, 1)
})

test('stopping leaves what has arrived', () => {
  const list = listOf(1, 1, 1)
  list.take()
  list.finish('f0')
  list.take()
  list.stop()
  assert.ok(list.summary.isFinished)
  assert.equal(list.summary.done, 1)
})

test('files that no person means are not sent', () => {
  for (const name of ['.DS_Store', 'folder/.hidden', 'Thumbs.db']) assert.ok(isLitter(name), name)
  assert.ok(!isLitter('folder/a.jpg'))
})

test('the time left goes by the last seconds', () => {
  assert.equal(secondsLeft([{ at: 0, sent: 0 }, { at: 2000, sent: 100 }], 200), 4)
  assert.equal(secondsLeft([{ at: 0, sent: 0 }, { at: 100, sent: 10 }], 200), undefined)
  assert.equal(secondsLeft([], 200), undefined)
})

test('new tries come later and later, but not later than eight seconds', () => {
  const delays = [1, 2, 3, 4, 5, 6, 20].map((attempt) => delayBefore(attempt, () => 0))
  assert.deepEqual(delays, [300, 600, 1200, 2400, 4800, 8000, 8000])
  assert.ok(delayBefore(6, () => 1) >= 6000)
})

test('only what may pass is tried again', () => {
  for (const status of [0, 429, 502, 503, 504]) assert.ok(isPassing({ status }), String(status))
  for (const status of [400, 401, 404, 409, 413, 422, 500, 507]) assert.ok(!isPassing({ status }), String(status))
})

test('waiting ends at once when nobody waits any more', async () => {
  const controller = new AbortController()
  const waiting = pause(60_000, controller.signal)
  controller.abort()
  await assert.rejects(waiting, { name: 'AbortError' })
})

test('a problem that is found after the upload is news once, and of files of the list only', () => {
  const list = new UploadList()
  list.add([{ id: 'a', name: 'a.jpg', bytes: 10 }])
  list.take()
  list.finish('a', undefined, 'b1')
  assert.equal(list.summary.problems.length, 0)
  assert.equal(list.notice('b2', 'Cut short.'), false)
  assert.equal(list.notice('b1', 'Cut short.'), true)
  assert.equal(list.notice('b1', 'Cut short.'), false)
  assert.deepEqual(list.summary.problems.map(({ name, problem }) => [name, problem]), [['a.jpg', 'Cut short.']])
})

test('one entry of a drop that cannot be read keeps no other from coming', async () => {
  const file = (name) => ({ name, isFile: true, file: (resolve) => resolve({ name }) })
  const broken = (name) => ({ name, isFile: true, file: (_, reject) => reject(new Error('gone')) })
  const folder = (name, ...entries) => {
    const parts = [entries, []]
    return { name, isDirectory: true, createReader: () => ({ readEntries: (resolve) => resolve(parts.shift()) }) }
  }
  const closed = { name: 'closed', isDirectory: true, createReader: () => ({ readEntries: (_, reject) => reject() }) }
  const drop = (...entries) => ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] })
  const found = await droppedFiles(drop(folder('top', file('a.png'), broken('b.png'), closed, file('c.png'))))
  assert.deepEqual(found.map(({ name }) => name), ['a.png', 'b.png', 'closed', 'c.png'])
  assert.deepEqual(found.map(({ file, reason }) => [Boolean(file), Boolean(reason)]),
    [[true, false], [false, true], [false, true], [true, false]])
})
