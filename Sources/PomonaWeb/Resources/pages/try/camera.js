// @ts-check
// A photo from the machine's camera.

import { h } from '../../app/dom/h.js'
import { openDialog } from '../../elements/dialog.js'
import { icon } from '../../elements/icon.js'

/** @returns {Promise<Blob | undefined>} */
export async function takePhoto() {
  /** @type {MediaStream | null} */
  let stream = null
  let words = ''
  /** @type {HTMLVideoElement | null} */
  let video = null
  try {
    if (!navigator.mediaDevices) throw new Error(
      'Browsers give the camera only to pages on this machine or over https.'
    )
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } } })
  } catch (error) {
    words = /** @type {any} */ (error).name === 'NotAllowedError' ? 'The browser was not allowed to use the camera.'
      : /** @type {any} */ (error).name === 'NotFoundError'
      ? 'No camera was found.'
      : /** @type {any} */ (error).message
  }
  const photo = await openDialog({
    title: 'Camera', size: 'wide',
    body: () => stream ? h('video', {
      class: 'camera', autoplay: true, playsinline: true, ref: (element) => {
        video = element
        element.muted = true
        element.srcObject = stream
      },
    }) : h('p', { role: 'alert' }, words),
    actions: (dialog) => stream && h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy },
      icon('camera'),
      'Take photo'),
    submit: (dialog) => stream && dialog.run(async () => {
      if (!video) return undefined
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
      canvas.getContext('2d')?.drawImage(video, 0, 0)
      return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
    }),
  })
  for (const track of stream?.getTracks() ?? []) track.stop()
  return photo instanceof Blob ? photo : undefined
}
