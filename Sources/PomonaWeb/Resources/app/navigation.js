// @ts-check
// Moving between pages: real paths, the browser's own history, links that are links.

/** @type {Set<() => void>} */
const listeners = new Set()

function tell() {
  for (const listener of [...listeners]) listener()
}

/**
 * Opens a page.
 *
 * @param {string} path with its query
 * @param {{replace?: boolean}} [options] `replace`: without a new step in the history
 */
export function go(path, { replace = false } = {}) {
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  tell()
}

/**
 * Changes the address to say what a page shows, without opening anything.
 *
 * @param {string} path
 */
export function settle(path) {
  history.replaceState(history.state, '', path)
}

/** @param {() => void} listener called whenever another address is shown */
export function onNavigation(listener) {
  listeners.add(listener)
}

/** Starts to listen to the history and to links. */
export function startNavigation() {
  addEventListener('popstate', tell)
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return
    }
    const link = /** @type {Element} */ (event.target).closest?.('a[href]')
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return
    const url = new URL(link.href)
    if (url.origin !== location.origin || url.pathname.startsWith('/api/') || url.pathname.startsWith('/assets/')) return
    event.preventDefault()
    go(url.pathname + url.search)
  })
}

/** The query of the present address. */
export function query() {
  return new URLSearchParams(location.search)
}
