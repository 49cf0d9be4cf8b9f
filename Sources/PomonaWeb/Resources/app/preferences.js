// @ts-check
// Small choices that this browser remembers.

const prefix = 'pomona.'

/** @param {string} name @returns {string | null} */
export function preference(name) {
  try {
    return localStorage.getItem(prefix + name)
  } catch {
    return null
  }
}

/** @param {string} name @param {string | null} value */
export function setPreference(name, value) {
  try {
    if (value === null) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, value)
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

const dark = matchMedia('(prefers-color-scheme: dark)')

/** @returns {'light' | 'dark'} */
export function theme() {
  const chosen = preference('theme')
  if (chosen === 'light' || chosen === 'dark') return chosen
  return dark.matches ? 'dark' : 'light'
}

function showTheme() {
  document.documentElement.dataset.theme = theme()
  dispatchEvent(new Event('pomona-theme'))
}

export function startTheme() {
  showTheme()
  dark.addEventListener('change', showTheme)
}

export function switchTheme() {
  setPreference('theme', theme() === 'dark' ? 'light' : 'dark')
  showTheme()
}
