// @ts-check
// Who is signed in, which resource groups there are and which one the person works in.

import { all, get } from './net/client.js'
import { events } from './net/events.js'
import { preference, setPreference } from './preferences.js'

/** @typedef {{id: string, name: string, bytes: number, state: string, isSample: boolean, createdAt: string,
 *   counts: {containers: number, photos: number, datasets: number, models: number, projects: number}}} Group */

/** @type {Set<() => void>} */
const listeners = new Set()

export const session = {
  /** @type {{id: string, name: string, role: string} | null} */
  person: null,
  version: '',
  /** @type {Group[]} */
  groups: [],

  /** The group the person works in; `undefined` where there is none. */
  get group() {
    const wanted = preference('group')
    return session.groups.find((group) => group.id === wanted && group.state === 'ready') ?? session.groups.find(
      (group) => group.state === 'ready'
    )
  },

  get groupID() {
    return session.group?.id
  },

  /** Whether all of the studio is the person's; who was invited has their projects alone. */
  get isOwner() {
    return session.person?.role === 'owner'
  },

  /** @param {string} id */
  choose(id) {
    if (session.groupID === id) return
    setPreference('group', id)
    tell()
  },

  /** @param {Group} group shown at once, before its event arrives */
  add(group) {
    if (!session.groups.some(({ id }) => id === group.id)) session.groups.push(group)
    setPreference('group', group.id)
    tell()
  },

  /** @param {any} value the answer to signing in */
  take(value) {
    session.person = value.person
    session.version = value.version
    if (!preference('group') && value.defaultGroupID) setPreference('group', value.defaultGroupID)
  },

  /** Asks who is signed in. */
  async start() {
    const value = await get('/session')
    session.take(value)
    events.start(value.event)
    session.groups = await all('/groups')
    tell()
  },

  /** @param {() => void} listener @param {AbortSignal} [signal] */
  listen(listener, signal) {
    listeners.add(listener)
    signal?.addEventListener('abort', () => listeners.delete(listener), { once: true })
  },
}

function tell() {
  for (const listener of [...listeners]) listener()
}

events.listen((event) => {
  if (event.kind === 'session' && event.type === 'changed') session.take(event.value)
  else if (event.kind === 'group') {
    const index = session.groups.findIndex((group) => group.id === event.id)
    if (event.type === 'deleted') session.groups = session.groups.filter((group) => group.id !== event.id)
    else if (index >= 0) session.groups[index] = event.value
    else session.groups.push(event.value)
  } else if (event.type === 'reset') {
    all('/groups').then((groups) => {
      session.groups = groups
      tell()
    }, () => {})
    return
  } else return
  tell()
})
