// @ts-check
// A photo with boxes that can be looked at and, where a tool is given, worked on. Handlers only take notes; drawing happens
// once a frame, and only the layer that has changed: photo, boxes, the box in hand.

import { boxAt } from '../model/geometry.js'
import * as modes from '../model/modes.js'
import { fitting, kept, panned, toPhoto, zoomed } from '../model/viewport.js'
import { listenToPointers } from './pointers.js'
import { paintBox, paintHandles } from './paint.js'
import { PhotoSource } from './photo-source.js'

/**
 * Events: `box-add` and `box-reshape` `{id?, box}`, `box-select` `{id}`, `photo-tap` `{point}`, `box-hover` `{id}`,
 * `photo-shown`, `photo-failed` `{error}`.
 *
 * @typedef {import('./paint.js').Mark} Mark
 */
export class PhotoCanvas extends HTMLElement {
  /** @type {{blobID?: string, file?: Blob, width: number, height: number, name?: string} | null} */
  #photo = null
  /** @type {Mark[]} */
  #marks = []
  /** @type {Mark[]} */
  #suggestions = []
  /** @type {string | undefined} */
  #selectedID
  /** @type {modes.Tool} */
  #tool = 'look'
  #isHidden = false
  /** Size of the box that a click of the template tool places. @type {{width: number, height: number} | undefined} */
  template
  /** Colour of a box while it is drawn. */
  color = '#57c08d'

  #view = { scale: 1, x: 0, y: 0 }
  #isFitted = true
  #stage = { width: 1, height: 1 }
  /** @type {modes.Mode} */
  #mode = modes.idle
  #isSpace = false
  /** @type {string | undefined} */
  #hovered
  /** The pointer on the stage. @type {{x: number, y: number} | null} */
  #pointer = null
  /** @type {PhotoSource | null} */
  #source = null
  #stale = { photo: false, boxes: false, hand: false }
  #frame = 0
  #lifetime = new AbortController()
  /** @type {Record<'photo' | 'boxes' | 'hand', HTMLCanvasElement> | null} */
  #layers = null

  get photo() {
    return this.#photo
  }

  set photo(photo) {
    const isSame = photo?.blobID === this.#photo?.blobID && photo?.file === this.#photo?.file
    this.#photo = photo
    if (isSame) return
    this.#source?.close()
    this.#source = null
    this.#mode = modes.idle
    this.#hovered = undefined
    this.#isFitted = true
    if (this.isConnected) this.#open()
  }

  /** Boxes that are decided. @param {Mark[]} marks */
  set marks(marks) {
    this.#marks = marks
    this.#mark('boxes', 'hand')
  }

  /** Boxes that a model proposes. @param {Mark[]} marks */
  set suggestions(marks) {
    this.#suggestions = marks
    this.#mark('boxes')
  }

  /** @param {string | undefined} id */
  set selectedID(id) {
    this.#selectedID = id
    this.#mark('boxes', 'hand')
  }

  get tool() {
    return this.#tool
  }

  /** @param {modes.Tool} tool */
  set tool(tool) {
    this.#tool = tool
    this.#showCursor()
    this.#mark('hand')
  }

  /** @param {boolean} isHidden */
  set areBoxesHidden(isHidden) {
    this.#isHidden = isHidden
    this.#mark('boxes', 'hand')
  }

  /** The box or suggestion under the pointer. */
  get hoveredID() {
    return this.#hovered
  }

  get isBusy() {
    return this.#mode.kind !== 'idle'
  }

  /** Screen pixels for one of the photo. */
  get scale() {
    return this.#view.scale
  }

  connectedCallback() {
    this.#lifetime = new AbortController()
    const { signal } = this.#lifetime
    const layer = () => this.appendChild(document.createElement('canvas'))
    this.replaceChildren()
    this.#layers = { photo: layer(), boxes: layer(), hand: layer() }
    const observer = new ResizeObserver(() => this.#measure())
    observer.observe(this)
    signal.addEventListener('abort', () => observer.disconnect())
    listenToPointers(this, this.#receiver(), signal)
    addEventListener('keydown', (event) => this.#space(event, true), { signal })
    addEventListener('keyup', (event) => this.#space(event, false), { signal })
    this.#measure()
    this.#open()
  }

  disconnectedCallback() {
    this.#lifetime.abort()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#source?.close()
    this.#source = null
  }

  #open() {
    if (this.#photo) {
      this.#source = new PhotoSource(this.#photo, () => {
        this.#mark('photo')
        this.dispatchEvent(new CustomEvent('photo-shown'))
      }, (error) => this.dispatchEvent(new CustomEvent('photo-failed', { detail: { error } })))
    }
    this.fit()
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this
    if (!this.#layers || width === 0 || height === 0) return
    const ratio = Math.min(2, devicePixelRatio || 1)
    this.#stage = { width, height }
    for (const canvas of Object.values(this.#layers)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    if (this.#isFitted) this.fit()
    else if (this.#photo) this.#view = kept(this.#view, this.#photo, this.#stage)
    this.#mark('photo', 'boxes', 'hand')
  }

  /** Shows the whole photo. */
  fit() {
    if (!this.#photo) return this.#mark('photo', 'boxes', 'hand')
    this.#isFitted = true
    this.#setView(fitting(this.#photo, this.#stage))
  }

  /** @param {number} factor */
  zoomBy(factor) {
    this.#zoom(this.#pointer ?? { x: this.#stage.width / 2, y: this.#stage.height / 2 }, factor)
  }

  /** Undoes what the pointer has begun. @returns {boolean} whether it had */
  cancelGesture() {
    const isBusy = this.isBusy
    this.#mode = modes.idle
    this.#mark('boxes', 'hand')
    return isBusy
  }

  /** @param {{x: number, y: number}} point @param {number} factor */
  #zoom(point, factor) {
    if (!this.#photo) return
    this.#isFitted = false
    this.#setView(zoomed(this.#view, factor, point, this.#photo, this.#stage))
  }

  /** @param {import('../model/viewport.js').Viewport} view */
  #setView(view) {
    this.#view = view
    this.#mark('photo', 'boxes', 'hand')
  }

  /** @returns {modes.Scene} */
  #scene() {
    return {
      items: this.#isHidden ? [] : this.#marks, selectedID: this.#isHidden ? undefined : this.#selectedID,
      photo: this.#photo ?? { width: 1, height: 1 }, tool: this.#tool, scale: this.#view.scale, template: this.template,
    }
  }

  /** @param {string} name @param {any} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  /** @param {{mode: modes.Mode, effects: modes.Effect[]}} step */
  #take({ mode, effects }) {
    const wasIdle = this.#mode.kind === 'idle'
    this.#mode = mode
    for (const effect of effects) {
      if (effect.kind === 'pan' && this.#photo) {
        this.#isFitted = false
        this.#setView(panned(this.#view, effect.dx, effect.dy, this.#photo, this.#stage))
      } else if (effect.kind === 'add') this.#tell('box-add', { box: effect.box })
      else if (effect.kind === 'reshape') this.#tell('box-reshape', { id: effect.id, box: effect.box })
      else if (effect.kind === 'select') this.#tell('box-select', { id: effect.id })
      else if (effect.kind === 'tap') this.#tell('photo-tap', { point: effect.point })
    }
    // The box in hand leaves the layer of boxes when it is taken and comes back when it is put down.
    if (wasIdle !== (mode.kind === 'idle')) this.#mark('boxes')
    this.#mark('hand')
    this.#showCursor()
  }

  /** @returns {import('./pointers.js').Receiver} */
  #receiver() {
    const at = (stage) => ({ point: toPhoto(this.#view, stage), stage })
    return {
      press: (stage, button) => {
        this.#pointer = stage
        if (this.#photo) this.#take(modes.down(this.#scene(), { ...at(stage), button, isSpace: this.#isSpace }))
      },
      drag: (stage) => {
        this.#pointer = stage
        this.#take(modes.move(this.#mode, this.#scene(), at(stage)))
      },
      hover: (stage) => {
        this.#pointer = stage
        this.#hover()
        this.#mark('hand')
      },
      release: (stage) => this.#take(modes.up(this.#mode, this.#scene(), at(stage))),
      cancel: () => this.cancelGesture(),
      leave: () => {
        this.#pointer = null
        this.#hover()
        this.#mark('hand')
      },
      pinch: (center, factor, dx, dy) => {
        if (this.#photo) this.#view = panned(this.#view, dx, dy, this.#photo, this.#stage)
        this.#zoom(center, factor)
      },
      zoom: (point, factor) => this.#zoom(point, factor),
      pan: (dx, dy) => this.#take({ mode: this.#mode, effects: [{ kind: 'pan', dx, dy }] }),
    }
  }

  #hover() {
    const point = this.#pointer && toPhoto(this.#view, this.#pointer)
    const found = point && !this.#isHidden
      ? boxAt(this.#suggestions, point) ?? boxAt(this.#marks, point) : undefined
    if (found?.id !== this.#hovered) {
      this.#hovered = found?.id
      this.#mark('boxes')
      this.#tell('box-hover', { id: this.#hovered })
    }
    this.#showCursor()
  }

  #showCursor() {
    const point = this.#pointer ? toPhoto(this.#view, this.#pointer) : { x: -1, y: -1 }
    const cursor = modes.cursorAt(this.#mode, this.#scene(), point, this.#isSpace)
    if (this.style.cursor !== cursor) this.style.cursor = cursor
  }

  /** @param {KeyboardEvent} event @param {boolean} isDown */
  #space(event, isDown) {
    if (event.key !== ' ' || this.#isSpace === isDown) return
    this.#isSpace = isDown
    this.#showCursor()
  }

  /** @param {...('photo' | 'boxes' | 'hand')} layers to be drawn anew */
  #mark(...layers) {
    for (const layer of layers) this.#stale[layer] = true
    if (this.#frame || !this.isConnected) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#paint()
    })
  }

  #paint() {
    const layers = this.#layers
    if (!layers) return
    const stale = this.#stale
    this.#stale = { photo: false, boxes: false, hand: false }
    if (stale.photo) this.#paintPhoto(this.#context(layers.photo))
    if (stale.boxes) this.#paintBoxes(this.#context(layers.boxes))
    if (stale.hand) this.#paintHand(this.#context(layers.hand))
  }

  /** @param {HTMLCanvasElement} canvas */
  #context(canvas) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
    const ratio = canvas.width / this.#stage.width
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, this.#stage.width, this.#stage.height)
    return context
  }

  /** @param {CanvasRenderingContext2D} context */
  #paintPhoto(context) {
    const level = this.#source?.level(this.#view.scale)
    if (!level || !this.#photo) return
    const { scale, x, y } = this.#view
    // Only what is in sight is asked for: with a 50 megapixel photo the rest would cost the most.
    const left = Math.max(0, -x / scale)
    const top = Math.max(0, -y / scale)
    const right = Math.min(this.#photo.width, (this.#stage.width - x) / scale)
    const bottom = Math.min(this.#photo.height, (this.#stage.height - y) / scale)
    if (right <= left || bottom <= top) return
    context.imageSmoothingEnabled = scale < 4
    context.drawImage(level.bitmap, left * level.scale, top * level.scale, (right - left) * level.scale, (bottom - top) * level.scale,
      x + left * scale, y + top * scale, (right - left) * scale, (bottom - top) * scale)
  }

  /** @param {CanvasRenderingContext2D} context */
  #paintBoxes(context) {
    if (this.#isHidden || !this.#photo) return
    const inHand = 'id' in this.#mode ? this.#mode.id : undefined
    for (const mark of this.#suggestions) {
      paintBox(context, { ...mark, look: 'suggested' }, this.#view, { isHovered: mark.id === this.#hovered })
    }
    let selected
    for (const mark of this.#marks) {
      if (mark.id === inHand) continue
      if (mark.id === this.#selectedID) selected = mark
      else paintBox(context, mark, this.#view, { isHovered: mark.id === this.#hovered })
    }
    if (selected) paintBox(context, selected, this.#view, { isSelected: true })
  }

  /** @param {CanvasRenderingContext2D} context */
  #paintHand(context) {
    const mode = this.#mode
    if (mode.kind === 'draw') {
      paintBox(context, { id: '', box: mode.box, color: this.color, label: '' }, this.#view, { isSelected: true, isBare: true })
    } else if (mode.kind === 'move' || mode.kind === 'resize') {
      const mark = this.#marks.find(({ id }) => id === mode.id)
      if (mark) {
        paintBox(context, { ...mark, box: mode.box }, this.#view, { isSelected: true })
        paintHandles(context, { ...mark, box: mode.box }, this.#view)
      }
    } else if (!this.#isHidden && this.#tool !== 'look') {
      const mark = this.#marks.find(({ id }) => id === this.#selectedID)
      if (mark) paintHandles(context, mark, this.#view)
    }
    const isDrawing = this.#tool === 'draw' || this.#tool === 'template'
    if (isDrawing && this.#pointer && (mode.kind === 'idle' || mode.kind === 'draw')) this.#paintCross(context, this.#pointer)
  }

  /** @param {CanvasRenderingContext2D} context @param {{x: number, y: number}} point */
  #paintCross(context, point) {
    const [x, y] = [Math.round(point.x) + 0.5, Math.round(point.y) + 0.5]
    for (const [color, dash] of /** @type {[string, number[]][]} */ ([['rgb(0 0 0 / 55%)', []], ['rgb(255 255 255 / 90%)', [4, 4]]])) {
      context.strokeStyle = color
      context.lineWidth = 1
      context.setLineDash(dash)
      context.beginPath()
      context.moveTo(x, 0)
      context.lineTo(x, this.#stage.height)
      context.moveTo(0, y)
      context.lineTo(this.#stage.width, y)
      context.stroke()
    }
    context.setLineDash([])
  }
}

customElements.define('photo-canvas', PhotoCanvas)
