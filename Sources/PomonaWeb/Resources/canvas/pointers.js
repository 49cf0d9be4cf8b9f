// @ts-check
// Mouse, touch and pen: one pointer works the tool, two fingers move and zoom, the palm beside a pen does nothing.

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {object} Receiver
 * @property {(point: Point, button: number) => void} press
 * @property {(point: Point) => void} drag
 * @property {(point: Point) => void} hover
 * @property {(point: Point) => void} release
 * @property {() => void} cancel what a press began
 * @property {() => void} leave
 * @property {(center: Point, factor: number, dx: number, dy: number) => void} pinch
 * @property {(point: Point, factor: number) => void} zoom
 * @property {(dx: number, dy: number) => void} pan
 */

const palmMilliseconds = 600

/**
 * @param {HTMLElement} element
 * @param {Receiver} receiver
 * @param {AbortSignal} signal
 */
export function listenToPointers(element, receiver, signal) {
  /** @type {Map<number, Point>} */
  const held = new Map()
  let isPressed = false
  let lastPen = -Infinity
  let bounds = element.getBoundingClientRect()

  /** @param {MouseEvent} event @returns {Point} */
  const place = (event) => ({ x: event.clientX - bounds.left, y: event.clientY - bounds.top })

  /** @param {PointerEvent} event */
  const isPalm = (event) => event.pointerType === 'touch' && event.timeStamp - lastPen < palmMilliseconds

  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'pen') lastPen = event.timeStamp
    if (isPalm(event)) return
    bounds = element.getBoundingClientRect()
    element.setPointerCapture(event.pointerId)
    held.set(event.pointerId, place(event))
    if (held.size === 1) {
      isPressed = true
      receiver.press(place(event), event.button)
    } else if (isPressed) {
      isPressed = false
      receiver.cancel()
    }
    if (event.button === 1) event.preventDefault()
  }, { signal })

  element.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'pen') lastPen = event.timeStamp
    const before = held.get(event.pointerId)
    const now = place(event)
    if (!before) {
      if (event.pointerType !== 'touch') receiver.hover(now)
      return
    }
    if (held.size >= 2) pinch(event.pointerId, before, now)
    else if (isPressed) receiver.drag(now)
    held.set(event.pointerId, now)
  }, { signal })

  /** @param {number} id @param {Point} before @param {Point} now */
  function pinch(id, before, now) {
    const other = [...held].find(([key]) => key !== id)?.[1]
    if (!other) return
    const distance = (a, b) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
    const center = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    const [dx, dy] = [(now.x - before.x) / 2, (now.y - before.y) / 2]
    receiver.pinch(center, distance(now, other) / distance(before, other), dx, dy)
  }

  /** @param {PointerEvent} event */
  const end = (event) => {
    if (!held.delete(event.pointerId) || !isPressed) return
    isPressed = false
    if (event.type === 'pointercancel') receiver.cancel()
    else receiver.release(place(event))
  }
  element.addEventListener('pointerup', end, { signal })
  element.addEventListener('pointercancel', end, { signal })
  element.addEventListener('pointerleave', () => receiver.leave(), { signal })
  element.addEventListener('pointerenter', () => {
    bounds = element.getBoundingClientRect()
  }, { signal })
  addEventListener('resize', () => {
    bounds = element.getBoundingClientRect()
  }, { signal })

  element.addEventListener('wheel', (event) => {
    event.preventDefault()
    bounds = element.getBoundingClientRect()
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1
    if (event.shiftKey) receiver.pan(-(event.deltaY + event.deltaX) * unit, 0)
    else if (event.deltaX !== 0 && !event.ctrlKey) receiver.pan(-event.deltaX * unit, -event.deltaY * unit)
    else receiver.zoom(place(event),
      Math.exp(-Math.max(-240, Math.min(240, event.deltaY * unit)) * (event.ctrlKey ? 0.01 : 0.0022)))
  }, { signal, passive: false })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
}
