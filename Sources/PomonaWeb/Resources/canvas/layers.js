// @ts-check
// Canvases on top of one another, each drawn anew only when something on it has changed, at most once a frame.

import { inFrame } from '../app/dom/frame.js'

/** @typedef {'photo' | 'boxes' | 'hand'} Layer @typedef {{width: number, height: number}} Size */

/** @type {Layer[]} from the lowest */
const names = ['photo', 'boxes', 'hand']

export class Layers {
  /** @type {Map<Layer, HTMLCanvasElement>} */
  #canvases
  #stale = new Set()
  /** @type {(() => void) | null} */
  #takeBack = null
  #stage = { width: 1, height: 1 }
  #paint

  /**
   * @param {HTMLElement} host
   * @param {(layer: Layer, context: CanvasRenderingContext2D) => void} paint draws one layer, in pixels of the stage
   */
  constructor(host, paint) {
    this.#paint = paint
    this.#canvases = new Map(names.map((name) => [name, document.createElement('canvas')]))
    host.replaceChildren(...this.#canvases.values())
  }

  /** @param {Size} stage */
  resize(stage) {
    this.#stage = stage
    const ratio = Math.min(2, devicePixelRatio || 1)
    for (const canvas of this.#canvases.values()) {
      canvas.width = Math.round(stage.width * ratio)
      canvas.height = Math.round(stage.height * ratio)
    }
    this.mark(...names)
  }

  /** @param {...Layer} layers to be drawn anew */
  mark(...layers) {
    for (const layer of layers) this.#stale.add(layer)
    this.#takeBack ??= inFrame(() => {
      this.#takeBack = null
      this.#draw()
    })
  }

  stop() {
    this.#takeBack?.()
    this.#takeBack = null
  }

  #draw() {
    for (const [name, canvas] of this.#canvases) {
      if (!this.#stale.delete(name)) continue
      const context = canvas.getContext('2d')
      if (!context) continue
      const ratio = canvas.width / this.#stage.width
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.clearRect(0, 0, this.#stage.width, this.#stage.height)
      this.#paint(name, context)
    }
  }
}
