// @ts-check
// The files of a drop or a choice, folders opened up.

import { isLitter } from '../model/uploads.js'

/**
 * @typedef {{file: File, name: string}} Named `name`: with the folders it lies in
 * @typedef {{name: string, reason: string}} Unreadable a file or folder that the browser could not read
 */

/** @param {FileSystemDirectoryReader} reader @returns {Promise<FileSystemEntry[]>} */
function readSome(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject))
}

/**
 * One entry that cannot be read keeps no other from coming.
 *
 * @param {FileSystemEntry} entry
 * @param {string} folder
 * @param {(Named | Unreadable)[]} into
 */
async function open(entry, folder, into) {
  if (isLitter(entry.name)) return
  try {
    await read(entry, folder, into)
  } catch (error) {
    const words = /** @type {any} */ (error)?.message
    into.push({ name: folder + entry.name, reason: `The browser cannot read it${words ? `: ${words}` : '.'}` })
  }
}

/** @param {FileSystemEntry} entry @param {string} folder @param {(Named | Unreadable)[]} into */
async function read(entry, folder, into) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve,
      reject))
    into.push({ file, name: folder + file.name })
    return
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader()
  // A reader hands out a hundred at a time until it has no more.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
    for (const inner of some) await open(inner, `${folder}${entry.name}/`, into)
  }
}

/**
 * @param {DataTransfer} transfer of a drop
 * @returns {Promise<(Named | Unreadable)[]>}
 */
export async function droppedFiles(transfer) {
  // The list of items is gone after the first wait.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(
    (entry) => entry !== null && entry !== undefined
  )
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, name: file.name }))
  /** @type {(Named | Unreadable)[]} */
  const files = []
  for (const entry of entries) await open(entry, '', files)
  // A single folder's own name says nothing: its photos go to the top.
  if (entries.length === 1 && entries[0].isDirectory) {
    const prefix = `${entries[0].name}/`
    for (const item of files) if (item.name.startsWith(prefix)) item.name = item.name.slice(prefix.length)
  }
  return files
}

/**
 * Lets a person choose files.
 *
 * @param {{accept?: string, isFolder?: boolean, isSingle?: boolean}} [options]
 * @returns {Promise<Named[]>}
 */
export function chooseFiles({ accept, isFolder = false, isSingle = false } = {}) {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = !isSingle
    if (accept) input.accept = accept
    if (isFolder) input.webkitdirectory = true
    input.className = 'hidden-words'
    input.tabIndex = -1
    input.setAttribute('aria-hidden', 'true')
    const finish = () => {
      const files = [...(input.files ?? [])].filter((file) => !isLitter(file.name)).map((file) => {
        const path = file.webkitRelativePath
        return { file, name: path ? path.slice(path.indexOf('/') + 1) : file.name }
      })
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', finish)
    input.addEventListener('cancel', finish)
    document.body.append(input)
    input.click()
  })
}

/**
 * Makes an element take drops of files.
 *
 * @param {HTMLElement} element `dragging` is set on it while files hang over it
 * @param {(files: (Named | Unreadable)[]) => void} take
 * @param {AbortSignal} signal
 */
export function acceptDrops(element, take, signal) {
  let depth = 0
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files')
  const show = () => element.toggleAttribute('dragging', depth > 0)
  element.addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth += 1
    show()
  }, { signal })
  element.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault()
  }, { signal })
  element.addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1)
    show()
  }, { signal })
  element.addEventListener('drop', async (event) => {
    if (!hasFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    depth = 0
    show()
    take(await droppedFiles(event.dataTransfer))
  }, { signal })
}
