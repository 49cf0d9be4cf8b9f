// @ts-check
// Work for the next frame. What is asked for while a frame is made is still done in it: a page that shows another photo
// and the canvas that draws it need one frame, not two.

/** @type {Set<() => void>} */
const waiting = new Set()
let isAsked = false

/**
 * Runs `work` once, in the frame that is being made or else in the next one.
 *
 * @param {() => void} work
 * @returns {() => void} takes it back
 */
export function inFrame(work) {
  waiting.add(work)
  ask()
  return () => waiting.delete(work)
}

function ask() {
  if (isAsked) return
  isAsked = true
  requestAnimationFrame(() => {
    // A second round for what the first has asked for, and no third: nothing can hold a frame for ever.
    round()
    round()
    isAsked = false
    if (waiting.size > 0) ask()
  })
}

function round() {
  for (const work of [...waiting]) {
    // One that was taken back by another of this round is not done.
    if (!waiting.delete(work)) continue
    try {
      work()
    } catch (error) {
      reportError(error)
    }
  }
}
