import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListPages } from '../../Sources/PomonaWeb/Resources/model/list-pages.js'

/** A list of a server that answers when it is told to. */
function server() {
  const asked = []
  const fetch = (offset, limit) => new Promise((resolve, reject) => {
    asked.push({ offset, limit, resolve, reject })
  })
  return { asked, fetch }
}

const items = (from, to, mark = 'p') => Array.from({ length: to - from }, (_, index) => ({ id: `${mark}${from + index}` }))

test('the answer for a former filter never shows, however late it comes', async () => {
  const { asked, fetch } = server()
  const list = new ListPages(fetch)
  const former = list.load(0)
  list.forget()
  const now = list.load(0)
  asked[1].resolve({ items: items(0, 2, 'new'), total: 2 })
  assert.deepEqual(await now, { hasOtherTotal: true })
  asked[0].resolve({ items: items(0, 3, 'old'), total: 3 })
  assert.equal(await former, undefined)
  assert.deepEqual([list.itemAt(0).id, list.total], ['new0', 2])
})

test('that a request of a former filter failed is nobody\'s concern; one of this filter is', async () => {
  const { asked, fetch } = server()
  const list = new ListPages(fetch)
  const former = list.load(0)
  list.forget()
  asked[0].reject(new Error('lost'))
  assert.equal(await former, undefined)
  const now = list.load(0)
  asked[1].reject(new Error('lost'))
  await assert.rejects(now, /lost/)
  assert.equal(list.isNeeded(0), true)
})

test('of two answers for one page the one that was asked for later stays', async () => {
  const { asked, fetch } = server()
  const list = new ListPages(fetch)
  const first = list.load(0)
  assert.equal(list.isNeeded(0), false)
  list.expire()
  assert.equal(list.isNeeded(0), true)
  const second = list.load(0)
  asked[1].resolve({ items: items(0, 1, 'new'), total: 1 })
  await second
  asked[0].resolve({ items: items(0, 2, 'old'), total: 2 })
  assert.equal(await first, undefined)
  assert.deepEqual([list.itemAt(0).id, list.total, list.isNeeded(0)], ['new0', 1, false])
})

test('an expired page is shown until it has come anew', async () => {
  const { asked, fetch } = server()
  const list = new ListPages(fetch)
  const first = list.load(0)
  asked[0].resolve({ items: items(0, 1), total: 1 })
  await first
  list.expire()
  assert.deepEqual([list.itemAt(0).id, list.isNeeded(0)], ['p0', true])
})

test('places whose pages were never looked at are fetched to be chosen, and those at hand are not', async () => {
  const total = 1234
  const calls = []
  const list = new ListPages(async (offset, limit) => {
    calls.push([offset, limit])
    return { items: items(offset, Math.min(total, offset + limit)), total }
  })
  await list.load(0)
  assert.equal(list.knownIDs(90, 110), undefined)
  assert.deepEqual(list.knownIDs(98, 100), ['p98', 'p99'])
  const ids = await list.ids(0, total)
  assert.equal(new Set(ids).size, total)
  assert.deepEqual(calls, [[0, 100], [100, 500], [600, 500], [1100, 134]])
  assert.deepEqual(await list.ids(95, 102), ['p95', 'p96', 'p97', 'p98', 'p99', 'p100', 'p101'])
})

test('a range is given up where the filter changes while it comes', async () => {
  const { asked, fetch } = server()
  const list = new ListPages(fetch)
  const range = list.ids(0, 10)
  list.forget()
  asked[0].resolve({ items: items(0, 10), total: 10 })
  assert.equal(await range, undefined)
})

test('a list that has become shorter ends a range', async () => {
  const list = new ListPages(async (offset) => ({ items: items(offset, 3), total: 3 }))
  assert.deepEqual(await list.ids(0, 9), ['p0', 'p1', 'p2'])
})

test('only so many pages are kept', async () => {
  const list = new ListPages(async (offset, limit) => ({ items: items(offset, offset + limit), total: 100 }),
    { pageSize: 10, mostPages: 2 })
  for (const page of [0, 1, 2]) await list.load(page)
  assert.deepEqual([list.itemAt(5), list.itemAt(15).id, list.items.length], [undefined, 'p15', 20])
})
