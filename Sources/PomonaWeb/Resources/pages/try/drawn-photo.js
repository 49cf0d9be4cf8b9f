// @ts-check
// The photo with its boxes as a file.

import { imageURL } from '../../elements/thumbnail.js'
import { inkOn } from '../../model/colors.js'

/** Long side of the largest picture, in pixels. */
const longest = 8192

/**
 * @param {{name: string, file?: Blob, blobID?: string}} photo
 * @param {{width: number, height: number}} size
 * @param {{box: any, color: string, label: string, confidence: number}[]} marks
 */
export async function downloadDrawn(photo, { width, height }, marks) {
  const source = photo.file ?? await (await fetch(imageURL(photo.blobID ?? ''))).blob()
  const bitmap = await createImageBitmap(source)
  // Browsers draw no picture of any size: a larger one is made smaller.
  const scale = Math.min(1, longest / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw pictures.')
  context.scale(scale, scale)
  context.drawImage(bitmap, 0, 0, width, height)
  const unit = Math.max(1, Math.max(width, height) / 1000)
  context.font = `600 ${Math.round(16 * unit)}px system-ui, sans-serif`
  context.textBaseline = 'middle'
  for (const { box, color, label, confidence } of marks) {
    context.lineWidth = 3 * unit
    context.strokeStyle = color
    context.strokeRect(box.xMin, box.yMin, box.xMax - box.xMin, box.yMax - box.yMin)
    const words = `${label} ${Math.round(confidence * 100)}%`
    const tall = 24 * unit
    const top = box.yMin < tall ? box.yMin : box.yMin - tall
    context.fillStyle = color
    context.fillRect(box.xMin - 1.5 * unit, top, context.measureText(words).width + 12 * unit, tall)
    context.fillStyle = inkOn(color)
    context.fillText(words, box.xMin + 5 * unit, top + tall / 2)
  }
  const url = URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${photo.name.split('/').at(-1)?.replace(/\.[^.]*$/, '') ?? 'photo'}-boxes.jpg`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
