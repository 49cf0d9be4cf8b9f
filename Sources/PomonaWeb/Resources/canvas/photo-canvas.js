// @ts-check
// A photo with boxes that can be looked at and, where a tool is given, worked on. Handlers only take notes; drawing
// happens
// once a frame, and only the layer that has changed: photo, boxes, the box in hand.

import { boxAt } from '../model/geometry.js'
import * as modes from '../model/modes.js'
import { fitting, kept, panned, toPhoto, zoomed } from '../model/viewport.js'
import { Layers } from './layers.js'
import { paintBoxes, paintCross, paintHand, paintPhoto } from './paint-layers.js'
import { listenToPointers } from './pointers.js'
import { PhotoSource } from './photo-source.js'

/**
 * Events: `box-add` and `box-reshape` `{id?, box}`, `box-select` `{id}`, `photo-tap` `{point}`, `box-hover` `{id}`,
 * `photo-shown`, `photo-failed` `{error}`.
 *
 * @typedef {import('./paint.js').Mark} Mark
 */
export class PhotoCanvas extends HTMLElement {
  /** @type {{blobID?: string, file?: Blob, width: number, height: number, name?: string, sketch?: string} | null} */
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
  #lifetime = new AbortController()
  /** @type {Layers | null} */
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
    this.#suggestions = marks.map((mark) => ({ ...mark, look: 'suggested' }))
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
    this.#layers = new Layers(this, (layer, context) => this.#paint(layer, context))
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
    this.#layers?.stop()
    this.#layers = null
    this.#source?.close()
    this.#source = null
  }

  #open() {
    if (this.#photo) {
      this.#source = new PhotoSource(this.#photo, (isSharp) => {
        this.#mark('photo')
        if (isSharp) this.dispatchEvent(new CustomEvent('photo-shown'))
      }, (error) => this.dispatchEvent(new CustomEvent('photo-failed', { detail: { error } })))
    }
    this.fit()
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this
    if (!this.#layers || width === 0 || height === 0) return
    this.#stage = { width, height }
    this.#layers.resize(this.#stage)
    if (this.#isFitted) this.fit()
    else if (this.#photo) this.#setView(kept(this.#view, this.#photo, this.#stage))
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

  /** @param {...import('./layers.js').Layer} layers to be drawn anew */
  #mark(...layers) {
    this.#layers?.mark(...layers)
  }

  /** @param {import('./layers.js').Layer} layer @param {CanvasRenderingContext2D} context */
  #paint(layer, context) {
    if (!this.#photo) return
    const [photo, view, stage, mode] = [this.#photo, this.#view, this.#stage, this.#mode]
    if (layer === 'photo') paintPhoto(context, { level: this.#source?.level(view.scale), photo, view, stage })
    else if (layer === 'boxes' && !this.#isHidden) {
      paintBoxes(context, {
        marks: this.#marks, suggestions: this.#suggestions, view, selectedID: this.#selectedID,
        hoveredID: this.#hovered,
        inHandID: 'id' in mode ? mode.id : undefined,
      })
    } else if (layer === 'hand') {
      paintHand(context, {
        mode, marks: this.#isHidden ? [] : this.#marks, view, selectedID: this.#selectedID, color: this.color,
        isEditable: this.#tool !== 'look',
      })
      const isDrawing = this.#tool === 'draw' || this.#tool === 'template'
      if (isDrawing && this.#pointer && (mode.kind === 'idle' || mode.kind === 'draw')) paintCross(context, this.#pointer, stage)
    }
  }
}

customElements.define('photo-canvas', PhotoCanvas)
