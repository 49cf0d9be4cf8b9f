// Finds in the page that is shown what a reader with a keyboard or a screen reader would miss: ids that stand twice or
// nowhere, pictures without a word, controls inside of controls or hidden although they take the focus, headings and
// landmarks that do not lead through the page. (Names of controls: names.py; contrast: contrast.js.)
() => {
  const found = []
  const words = (element) => element.outerHTML.slice(0, 140)

  const isVisible = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true })
  }

  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) found.push(`twice: id ${id}`)
  for (const attribute of ['aria-describedby', 'aria-controls', 'aria-labelledby', 'for']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(' ')) {
        if (id && !document.getElementById(id)) found.push(`nowhere: ${attribute} ${id}`)
      }
    }
  }

  for (const image of document.querySelectorAll('img:not([alt])')) found.push(`no alt: ${words(image)}`)

  const controls = 'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=option], [tabindex="0"]'
  for (const inner of document.querySelectorAll('a[href] *, button *, summary *')) {
    if (inner.matches(controls)) found.push(`a control in a control: ${words(inner)}`)
  }
  for (const element of document.querySelectorAll('[aria-hidden=true]')) {
    for (const inner of [element, ...element.querySelectorAll('*')]) {
      if (inner.matches(controls) && inner.tabIndex >= 0 && isVisible(inner)) found.push(`hidden, but focused: ${words(inner)}`)
    }
  }
  for (const element of document.querySelectorAll('[tabindex]')) {
    if (element.tabIndex > 0) found.push(`an order of its own: ${words(element)}`)
  }

  const dialog = document.querySelector('dialog[open]')
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(isVisible)
  const main = headings.filter((heading) => heading.matches('h1'))
  if (main.length !== 1) found.push(`${main.length} main headings`)
  let level = 0
  for (const heading of headings) {
    const own = Number(heading.localName[1])
    if (own > level + 1) found.push(`a heading of level ${own} after one of level ${level}: ${heading.textContent.trim().slice(0, 40)}`)
    level = own
  }

  const landmarks = [...document.querySelectorAll('main')].filter(isVisible)
  if (landmarks.length !== 1) found.push(`${landmarks.length} main landmarks`)
  const regions = [...document.querySelectorAll('nav, aside')].filter((element) => isVisible(element))
  const names = regions.map((element) => `${element.localName} ${element.getAttribute('aria-label') ?? ''}`)
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    found.push(`landmarks that nobody can tell apart: ${name}`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || !isVisible(element)) continue
    if (element.closest('main, nav, aside, dialog, noscript, .skip-link, [role=status], [role=alert], section[aria-label]')) continue
    found.push(`outside of every landmark: ${words(element)}`)
  }

  if (!document.documentElement.lang) found.push('the page names no language')
  if (!/\S/.test(document.title)) found.push('the page has no title')
  if (dialog && !dialog.contains(document.activeElement)) found.push('the focus is outside of the dialog')
  return found
}
