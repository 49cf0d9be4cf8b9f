import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'

// The module listens for a person's hands, and fetches pictures ahead.
globalThis.addEventListener ??= () => {}
const { TaskSupply } = await import('../../Sources/PomonaWeb/Resources/labeling/task-supply.js')

const { fetch } = globalThis
const ends = new AbortController()

afterEach(() => {
  globalThis.fetch = fetch
})
// Ends the renewal of leases, which would keep the run alive.
after(() => ends.abort())

/** A queue of photos: answers like the server, and remembers what it was told of photos in hand. */
function queueOf(open) {
  const asked = []
  globalThis.fetch = async (url, options) => {
    if (!url.endsWith('/tasks:next')) return new Response('', { status: 404 })
    const { count, holding } = JSON.parse(options.body)
    asked.push(holding)
    const tasks = open.filter((task) => !holding.includes(task.id)).slice(0, count)
    return Response.json({
      tasks, remaining: open.length, total: 9, ...(tasks.length < count && { reason: 'allDone' }),
    })
  }
  return asked
}

const task = (id, state = 'unlabeled') => ({ id, state, photo: { blobID: id, width: 8, height: 8 } })

/** Submits the present photo, as the page does it. */
function submit(supply) {
  const { current } = supply.deck
  supply.finished(current.id)
  supply.deck.replace({ ...current, state: 'submitted' })
  supply.deck.finish()
}

test('a photo that is rejected while the page is open comes back; one on its way to the server does not', async () => {
  const open = [task('a'), task('b')]
  const asked = queueOf(open)
  const taken = []
  const supply = new TaskSupply('p', ends.signal, ({ id }) => taken.push(id))
  await supply.fill()
  submit(supply)
  submit(supply)
  await supply.fill()
  assert.deepEqual(new Set(asked.at(-1)), new Set(['a', 'b']), 'the server has not heard of them yet')
  assert.equal(supply.deck.current, undefined)
  assert.equal(supply.reason, 'allDone')
  assert.equal(supply.remaining, 0)
  open.length = 0
  supply.confirmed('a')
  supply.confirmed('b')
  await supply.fill()
  assert.deepEqual(asked.at(-1), [])
  open.push(task('a', 'rejected'))
  await supply.fill()
  assert.equal(supply.deck.current?.state, 'rejected')
  assert.deepEqual(taken, ['a', 'b', 'a'])
})

test('photos that were passed are not brought again, however many', async () => {
  const asked = queueOf(Array.from({ length: 60 }, (_, number) => task(`t${number}`)))
  const supply = new TaskSupply('p', ends.signal)
  await supply.fill()
  const seen = [supply.deck.current?.id]
  while (supply.deck.goOn()) {
    seen.push(supply.deck.current?.id)
    await supply.fill()
  }
  assert.equal(new Set(seen).size, 60)
  assert.equal(seen.length, 60)
  assert.equal(asked.at(-1).length, 60)
})

test('an edit that was given up leaves its photo open', async () => {
  const asked = queueOf([task('a')])
  const supply = new TaskSupply('p', ends.signal)
  await supply.fill()
  submit(supply)
  supply.withdrawn('a')
  await supply.fill()
  assert.deepEqual(asked.at(-1), [])
  assert.equal(supply.deck.current?.id, 'a')
})

/** Submits two of five photos and asks the queue while the answers to both are under way. */
async function counting(left) {
  const open = ['a', 'b', 'c', 'd', 'e'].map((id) => task(id))
  let asked = 0
  let counts = 0
  globalThis.fetch = async (url) => {
    if (!url.endsWith('/tasks:next')) return new Response('', { status: 404 })
    asked += 1
    return Response.json({ tasks: asked === 1 ? open : [], remaining: left[Math.min(asked, left.length) - 1], total: 9 })
  }
  const supply = new TaskSupply('p', ends.signal, () => {}, () => {
    counts += 1
  })
  await supply.fill()
  submit(supply)
  submit(supply)
  assert.equal(supply.remaining, 3)
  return { supply, filled: supply.fill(true), counts: () => counts }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

test('a photo is counted off once where the server counted it off already', async () => {
  // The last count is made when all is answered, and knows of one that somebody else did.
  const { supply, filled, counts } = await counting([5, 3, 2])
  await filled
  assert.equal(supply.remaining, 3)
  supply.confirmed('a')
  assert.equal(supply.remaining, 3)
  supply.confirmed('b')
  await settled()
  assert.deepEqual([supply.remaining, counts()], [2, 1])
})

test('a photo is counted off though the server counted before it had the edit', async () => {
  const { supply, filled, counts } = await counting([5, 5, 3])
  supply.confirmed('a')
  supply.confirmed('b')
  await filled
  assert.equal(supply.remaining, 3)
  await settled()
  assert.deepEqual([supply.remaining, counts()], [3, 1])
})
