// @ts-check
// The frame around every page: navigation, resource group, what runs, the banner of a lost connection, and the page
// itself.

import { h } from './dom/h.js'
import { patch } from './dom/patch.js'
import { onNavigation, go } from './navigation.js'
import { pages } from './routes.js'
import { session } from './session.js'
import { theme, switchTheme } from './preferences.js'
import { connection } from './net/connection.js'
import { events } from './net/events.js'
import { all, onSignedOut } from './net/client.js'
import { matchRoute } from '../model/routes.js'
import { isActive } from '../model/status.js'
import { icon, mark } from '../elements/icon.js'
import { problem } from '../elements/problem.js'
import { chooseGroup } from '../elements/group-dialog.js'

const work = [
  ['/', 'home', 'Home'], ['/storage', 'storage', 'Storage'], ['/datasets', 'dataset', 'Datasets'],
  ['/projects', 'label', 'Labeling projects'], ['/models', 'model', 'Custom models'], ['/try', 'try', 'Try it out'],
]
const house = [
  ['/jobs', 'jobs', 'Jobs'], ['/keys', 'key', 'Keys and endpoint'], ['/clean-up', 'clean', 'Clean up'],
  ['/about', 'info', 'About'],
]

/** @param {string} path */
function pageAt(path) {
  const match = matchRoute(pages, path)
  const page = match && pages.find(({ pattern }) => pattern === match.pattern)
  return page && match ? { page, params: match.params } : null
}

class Shell extends HTMLElement {
  /** @type {import('./routes.js').Page | undefined} */
  #page
  /** @type {HTMLElement | null} */
  #element = null
  #opening = 0
  /** @type {Map<string, any>} */
  #jobs = new Map()
  /** @type {any} */
  #failure = null
  #isReady = false

  connectedCallback() {
    onSignedOut(() => {
      if (location.pathname !== '/sign-in') go('/sign-in')
    })
    onNavigation(() => this.open())
    session.listen(() => this.#groupChanged())
    connection.listen((isOnline) => {
      if (isOnline && this.#failure) this.start()
      this.show()
    })
    events.listen((event) => {
      if (event.kind !== 'job') return
      if (event.type === 'changed' && isActive(event.value)) this.#jobs.set(event.value.id, event.value)
      else this.#jobs.delete(event.id ?? '')
      this.show()
    })
    this.start()
  }

  async start() {
    this.#failure = null
    // The page's code comes while the session is asked for; where it does not come, opening the page says so.
    pageAt(location.pathname)?.page.code().catch(() => {})
    if (location.pathname !== '/sign-in') {
      try {
        await session.start()
      } catch (error) {
        if (/** @type {any} */ (error).code !== 'notSignedIn') this.#failure = error
      }
    }
    this.#isReady = true
    this.open()
    if (session.person) this.#loadJobs()
  }

  async #loadJobs() {
    try {
      for (const job of await all('/jobs', { state: 'active' })) this.#jobs.set(job.id, job)
      this.show()
    } catch {
      // The events bring them.
    }
  }

  #shownGroup = session.groupID

  #groupChanged() {
    const isOther = this.#shownGroup !== session.groupID
    this.#shownGroup = session.groupID
    if (isOther && this.#isReady) this.open(true)
    else this.show()
  }

  /** Shows the page of the present address; `anew` where the group has changed. */
  async open(anew = false) {
    if (!this.#isReady) return
    const found = pageAt(location.pathname)
    const opening = ++this.#opening
    if (!found) {
      this.#page = undefined
      this.#element = null
      document.title = 'Not found · Pomona'
      this.show()
      return
    }
    const { page, params } = found
    if (page.name !== 'page-sign-in' && !session.person && !this.#failure) await this.start()
    if (page.pattern === '/' && session.person && !session.isOwner) {
      // Home tells of datasets, models and jobs, which are the owner's.
      go('/projects', { replace: true })
      return
    }
    try {
      await page.code()
    } catch (error) {
      if (opening === this.#opening) {
        this.#failure = Object.assign(new Error('The page could not be fetched.'), {
          hint: 'Is the studio still running?',
        })
        this.show()
      }
      return
    }
    if (opening !== this.#opening) return
    const isSame = !anew && this.#element?.localName === page.name
    this.#page = page
    document.title = `${page.title} · Pomona`
    if (isSame && this.#element && 'paramsChanged' in this.#element) {
      const element = /** @type {any} */ (this.#element)
      element.params = params
      element.paramsChanged()
      this.show()
      return
    }
    const element = /** @type {any} */ (document.createElement(page.name))
    element.params = params
    this.#element = element
    this.show()
    scrollTo(0, 0)
    if (opening > 1) this.querySelector('main')?.focus({ preventScroll: true })
  }

  show() {
    patch(this, [
      h('a', { class: 'skip-link', href: '#content', onclick: (event) => {
        event.preventDefault()
        this.querySelector('main')?.focus()
      } }, 'Skip to the page'),
      !this.#page?.isBare && this.#side(),
      h('div', { class: ['frame', this.#page?.isBare && 'bare'], key: 'frame' },
        !connection.isOnline && h('div', { class: 'offline', role: 'status' }, icon('warn'),
          'The studio does not answer. This page goes on by itself when it is back.'),
        h('main', { id: 'content', tabindex: '-1', ref: (main) => (this.main = main) })),
    ])
    const shown = this.#failure ? this.#problem() : this.#element ?? this.#notFound()
    if (this.main.firstChild !== shown) this.main.replaceChildren(shown)
  }

  #problem() {
    const host = document.createElement('div')
    patch(host, h('div', { class: 'page' }, problem(this.#failure, () => this.start())))
    return host
  }

  #notFound() {
    const host = document.createElement('div')
    if (this.#isReady) {
      patch(host, h('div', { class: 'page' }, h('h1', null, 'There is no such page'),
        h('p', null, h('a', { href: '/' }, 'Go home'))))
    }
    return host
  }

  #side() {
    const lit = this.#page?.section ?? this.#page?.pattern
    const running = [...this.#jobs.values()].length
    const link = ([path, name, words]) => h('a', {
      class: 'nav-link', href: path, title: words, 'aria-current': lit === path ? 'page' : null,
    }, icon(name), h('span', null, words),
      path === '/jobs' && running > 0 && h('span', { class: 'nav-count', title: `${running} running` }, running))
    const isDark = theme() === 'dark'
    return h('nav', { class: 'side', key: 'side', 'aria-label': 'Studio' },
      h('a', { class: 'brand', href: '/', 'aria-label': 'Pomona, home' }, mark(), h('span', null, 'Pomona')),
      h('button', {
        class: 'group-switch', type: 'button', 'aria-haspopup': 'dialog', onclick: () => chooseGroup(),
        title: `Resource group: ${session.group?.name ?? 'none'}`,
      }, icon('layers'), h('span', { class: 'group-words' }, h('span', null, 'Resource group'),
        h('span', { class: 'clip' }, session.group?.name ?? 'none')), icon('down')),
      session.person && !session.isOwner
        ? work.filter(([path]) => path === '/projects').map(link)
        : [work.map(link), h('div', { class: 'nav-gap' }), house.map(link)],
      h('div', { class: 'side-foot' },
        h('span', { class: 'clip small' }, session.person?.name ?? ''),
        h('button', {
          class: 'icon-button', type: 'button', 'aria-label': isDark ? 'Light colours' : 'Dark colours',
          title: isDark ? 'Light colours' : 'Dark colours', onclick: () => {
            switchTheme()
            this.show()
          },
        }, icon(isDark ? 'sun' : 'moon'))))
  }
}

customElements.define('pomona-shell', Shell)
