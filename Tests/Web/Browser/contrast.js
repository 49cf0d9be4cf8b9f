// Finds letters whose contrast with what is behind them is below that of WCAG 2.2: 4.5 to 1, and 3 to 1 for large ones. What
// stands on a photo or in a control that is switched off is left out.
() => {
  const found = []
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })

  /** Any colour that a style can have, as the browser itself paints it. */
  const parse = (text) => {
    if (!text || text === 'none') return null
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = '#000'
    context.fillStyle = text
    context.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data
    return { r, g, b, a: a / 255 }
  }

  const over = (top, below, a = top.a) => ({
    r: top.r * a + below.r * (1 - a), g: top.g * a + below.g * (1 - a), b: top.b * a + below.b * (1 - a), a: 1,
  })

  const luminance = ({ r, g, b }) => {
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }

  /** What is painted at a place of an element, from the page's ground up; `null` where that is a picture. */
  const behind = (element) => {
    const layers = []
    for (let place = element; place; place = place.parentElement) {
      const style = getComputedStyle(place)
      if (style.backgroundImage !== 'none') return null
      const color = parse(style.backgroundColor)
      if (color && color.a > 0) layers.push(color)
      if (color?.a === 1) break
      // What stands in the browser's top layer has the page behind it, not its parents.
      if (place.matches('dialog')) break
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 })
  }

  const opacity = (element) => {
    let value = 1
    for (let place = element; place; place = place.parentElement) value *= Number(getComputedStyle(place).opacity)
    return value
  }

  const seen = new Set()
  const judge = (element, style, paint, text) => {
    const color = parse(paint)
    const below = behind(element)
    if (!color || !below) return
    const shown = over(color, below, color.a * opacity(element))
    const [darker, lighter] = [luminance(shown), luminance(below)].sort((a, b) => a - b)
    const contrast = (lighter + 0.05) / (darker + 0.05)
    const size = parseFloat(style.fontSize)
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5
    const key = `${element.localName}.${element.getAttribute('class') ?? ''}`
    if (contrast >= needed || seen.has(key)) return
    seen.add(key)
    found.push(`contrast ${contrast.toFixed(2)} of ${needed}: ${key} "${text.trim().slice(0, 30)}"`)
  }

  const isLeftOut = (element) => element.closest('.hidden-words, noscript, :disabled, [aria-disabled=true]')
    || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })

  let letters = 0
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || isLeftOut(element)) continue
    letters += 1
    const style = getComputedStyle(element)
    judge(element, style, element.closest('svg') ? style.fill : style.color, walker.currentNode.data)
  }
  for (const element of document.querySelectorAll('input, textarea, select')) {
    if (isLeftOut(element) || ['checkbox', 'radio', 'range', 'file', 'color'].includes(element.type)) continue
    letters += 1
    judge(element, getComputedStyle(element), getComputedStyle(element).color, element.value || 'its value')
    if (element.placeholder && !element.value) {
      const style = getComputedStyle(element, '::placeholder')
      judge(element, style, style.color, element.placeholder)
    }
  }
  if (letters === 0) found.push('no letter was found')
  return found
}
