import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { request } from '../../Sources/PomonaWeb/Resources/app/net/client.js'
import { sender } from '../../Sources/PomonaWeb/Resources/labeling/edit-sender.js'

const { fetch, console: terminal } = globalThis

afterEach(() => {
  globalThis.fetch = fetch
  globalThis.console = terminal
})

/** Answers requests one after the other with these; what was sent is kept. */
function answers(...list) {
  const sent = []
  globalThis.fetch = async (url, options) => {
    sent.push({ url, body: options.body && JSON.parse(options.body) })
    const answer = list.shift()
    assert.ok(answer, `nothing answers ${url}`)
    return answer
  }
  return sent
}

const broken = { ok: true, status: 200, text: () => Promise.reject(new TypeError('terminated')) }
const json = (value, status = 200) => new Response(JSON.stringify(value), { status })

const edit = (taskID) => ({
  projectID: 'p', taskID, action: 'save', baseRevision: 1, annotations: [], dismissed: ['s'],
})

/** Waits for an event of the sender. */
const heard = (name) => new Promise((resolve) => {
  sender.addEventListener(name, ({ detail }) => resolve(detail), { once: true })
})

test('an answer that breaks off counts as none', async () => {
  answers(broken)
  await assert.rejects(request('POST', '/x', { json: {} }), ({ status, code }) => status === 0 && code === 'notReached')
  answers(broken, json({ is: 'there' }))
  assert.deepEqual(await request('GET', '/x'), { is: 'there' })
})

test('an edit whose answer broke off is sent again as it was', async () => {
  globalThis.console = { ...terminal, error: () => {} }
  const sent = answers(broken, json({ revision: 2 }))
  const saved = heard('saved')
  await sender.add(edit('a'))
  assert.equal((await saved).revision, 2)
  assert.equal(sent.length, 2)
  assert.deepEqual(sent[0], sent[1])
  assert.deepEqual(sent[0].body.dismissed, ['s'])
  assert.equal(sender.waiting, 0)
})

test('the edits of a photo that is gone are dropped and told, and hold up no others', async () => {
  globalThis.console = { ...terminal, error: () => {} }
  const sent = answers(json({ error: { code: 'notFound', message: 'There is no photo.' } }, 404), json({ revision: 5 }))
  const [lost, saved] = [heard('lost'), heard('saved')]
  await sender.add(edit('gone'))
  await sender.add(edit('b'))
  assert.equal((await lost).message, 'There is no photo.')
  assert.equal((await saved).taskID, 'b')
  assert.equal(sent.length, 2)
  assert.equal(sender.waiting, 0)
})
