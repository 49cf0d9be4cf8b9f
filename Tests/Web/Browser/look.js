// Finds on the page that is shown: controls without a name, ids that stand twice or nowhere, text whose contrast is below
// that of WCAG 2.2 (4.5 to 1; 3 to 1 for large letters), and a page without exactly one main heading.
() => {
  const found = []

  const isVisible = (element) => {
    const box = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.display !== 'none'
  }

  const nameOf = (element) => {
    const labels = element.labels ? [...element.labels].map((label) => label.textContent).join(' ') : ''
    const words = [element.getAttribute('aria-label'), labels, element.textContent, element.getAttribute('title')]
    return (words.find((text) => text && text.trim()) ?? '').trim()
  }

  for (const element of document.querySelectorAll('button, a[href], input, select, textarea, [role=tab], [role=option]')) {
    if (isVisible(element) && !nameOf(element)) found.push(`no name: ${element.outerHTML.slice(0, 140)}`)
  }

  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) found.push(`twice: id ${id}`)
  for (const attribute of ['aria-describedby', 'aria-controls', 'aria-labelledby']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(' ')) {
        if (id && !document.getElementById(id)) found.push(`nowhere: ${attribute} ${id}`)
      }
    }
  }

  const parse = (text) => {
    const numbers = /\(([^)]+)\)/.exec(text)?.[1].match(/[\d.]+/g)?.map(Number)
    if (!numbers) return null
    const scale = text.startsWith('color(srgb') ? 255 : 1
    const [r, g, b, a = 1] = numbers
    return { r: r * scale, g: g * scale, b: b * scale, a }
  }

  const over = (top, below, a = top.a) => ({
    r: top.r * a + below.r * (1 - a), g: top.g * a + below.g * (1 - a), b: top.b * a + below.b * (1 - a),
  })

  const luminance = ({ r, g, b }) => {
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }

  const behind = (element) => {
    const layers = []
    for (let place = element; place; place = place.parentElement) {
      const color = parse(getComputedStyle(place).backgroundColor)
      if (color && color.a > 0) layers.push(color)
      if (color?.a === 1) break
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), { r: 255, g: 255, b: 255 })
  }

  const opacity = (element) => {
    let value = 1
    for (let place = element; place; place = place.parentElement) value *= Number(getComputedStyle(place).opacity)
    return value
  }

  const seen = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    const element = text.parentElement
    if (!text.data.trim() || !isVisible(element)) continue
    if (element.closest('.hidden-words, noscript, svg, :disabled, [disabled]')) continue
    const style = getComputedStyle(element)
    const color = parse(style.color)
    if (!color) continue
    const below = behind(element)
    const [darker, lighter] = [luminance(over(color, below, color.a * opacity(element))), luminance(below)].sort((a, b) => a - b)
    const contrast = (lighter + 0.05) / (darker + 0.05)
    const size = parseFloat(style.fontSize)
    const needed = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 700) ? 3 : 4.5
    const key = `${element.tagName}.${element.className}`
    if (contrast >= needed || seen.has(key)) continue
    seen.add(key)
    found.push(`contrast ${contrast.toFixed(2)}: ${key} "${text.data.trim().slice(0, 30)}"`)
  }

  const headings = document.querySelectorAll('h1').length
  if (headings !== 1) found.push(`${headings} main headings`)
  return found
}
