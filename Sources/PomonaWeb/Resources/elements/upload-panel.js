// @ts-check
// How far the uploads are, in a corner, whatever page is shown.

import { h } from '../app/dom/h.js'
import { patch } from '../app/dom/patch.js'
import { Uploader } from '../app/net/upload.js'
import { connection } from '../app/net/connection.js'
import { events } from '../app/net/events.js'
import { bytes, counted, duration } from '../model/format.js'
import { choiceField } from './field.js'
import { openDialog } from './dialog.js'
import { icon } from './icon.js'
import { progressBar } from './parts.js'
import { notifyProblem } from './toast.js'

class UploadPanel extends HTMLElement {
  /** @type {{uploader: Uploader, isOpen: boolean}[]} */
  #runs = []

  /** @param {Uploader} uploader */
  add(uploader) {
    this.#runs.push({ uploader, isOpen: false })
    uploader.addEventListener('change', () => this.show())
    connection.listen(() => this.show())
    this.show()
  }

  /** An upload has ended: its card goes by itself, unless something went wrong. @param {Uploader} uploader */
  settle(uploader) {
    setTimeout(() => {
      const { refused, problems } = uploader.list.summary
      if (refused.length > 0 || problems.length > 0) return
      this.#runs = this.#runs.filter((run) => run.uploader !== uploader || run.isOpen)
      this.show()
    }, 10_000)
    this.#follow(uploader)
  }

  /** Problems are found for a while after the upload: its card comes back with them. @param {Uploader} uploader */
  #follow(uploader) {
    let timer = 0
    const look = async () => {
      timer = 0
      const hasNews = await uploader.findProblems().catch(() => false)
      if (!hasNews) return
      if (!this.#runs.some((run) => run.uploader === uploader)) this.#runs.push({ uploader, isOpen: false })
      this.show()
    }
    events.listen((event) => {
      if (event.type === 'changed' && event.kind === 'container' && event.id === uploader.container.id) {
        timer ||= window.setTimeout(look, 1000)
      }
    })
    look()
  }

  show() {
    patch(this, this.#runs.map((run, index) => this.#card(run, index)))
  }

  /** @param {{uploader: Uploader, isOpen: boolean}} run @param {number} index */
  #card(run, index) {
    const { uploader } = run
    const summary = uploader.list.summary
    const trouble = [...summary.refused, ...summary.problems].sort((a, b) => a.name.localeCompare(b.name))
    const left = uploader.secondsLeft
    const words = summary.isFinished
      ? [
        `${counted(summary.done, 'file')} uploaded`, summary.skipped > 0 && `${summary.skipped} left out`,
        trouble.length > 0 && `${trouble.length} with problems`,
      ]
      : [`${summary.done} of ${summary.files - summary.skipped}`, `${bytes(summary.sent)} of ${bytes(summary.bytes)}`,
        !connection.isOnline ? 'waiting for the studio' : left !== undefined && `${duration(left)} left`]
    return h('section', { class: 'upload-card', key: index, 'aria-label': `Upload into ${uploader.container.name}` },
      h('div', { class: 'row' },
        h('span', { class: 'strong grow clip' },
          summary.isFinished ? `Uploaded into ${uploader.container.name}` : `Uploading into ${uploader.container.name}`),
        h('button', {
          class: 'icon-button', type: 'button', 'aria-expanded': String(run.isOpen), 'aria-label': 'Files',
          onclick: () => {
            run.isOpen = !run.isOpen
            this.show()
          },
        }, icon(run.isOpen ? 'down' : 'up')),
        h('button', {
          class: 'icon-button',
          type: 'button',
          'aria-label': summary.isFinished ? 'Dismiss' : 'Stop the upload',
          onclick: () => {
            if (!summary.isFinished) uploader.stop()
            else this.#runs = this.#runs.filter((other) => other !== run)
            this.show()
          },
        }, icon(summary.isFinished ? 'close' : 'stop'))),
      !summary.isFinished && progressBar(summary.fraction, 'Upload'),
      h('p', { class: 'muted small', role: 'status' }, words.filter(Boolean).join(' · ')),
      trouble.length > 0 && h('ul', { class: 'upload-trouble' },
        trouble.slice(0, 200).map((upload) => h('li', { key: upload.id },
          h('span', { class: 'strong' }, upload.name),
          h('span', { class: 'bad-words' }, ` ${withoutName(upload.reason ?? upload.problem ?? '', upload.name)}`)))),
      run.isOpen && h('ul', { class: 'upload-files' },
        uploader.list.all.filter(({ state }) => state !== 'waiting').slice(-100).reverse()
          .map((upload) => h('li', { key: upload.id }, h('span', { class: 'clip grow' }, upload.name),
            h('span', { class: 'muted small nowrap' },
              {
                sending: `${Math.round((100 * upload.sent) / Math.max(1, upload.bytes))}%`,
                done: bytes(upload.bytes),
                skipped: 'left out',
                refused: 'refused',
              }[upload.state])))))
  }
}

/** A reason that begins with the name, which stands before it already. @param {string} reason @param {string} name */
function withoutName(reason, name) {
  const start = [`Photo ${name} `, `${name} `].find((words) => reason.startsWith(words))
  return start ? reason.slice(start.length) : reason
}

customElements.define('upload-panel', UploadPanel)

/** @type {UploadPanel | null} */
let panel = null

/** @param {Set<string>} taken @param {number} count @returns {Promise<'replace' | 'rename' | 'skip' | undefined>} */
function askAboutDuplicates(taken, count) {
  let choice = 'skip'
  const examples = [...taken].slice(0, 5).join(', ')
  return openDialog({
    title: taken.size === 1 ? 'One file is there already' : `${taken.size} files are there already`,
    body: (dialog) => h('div', { class: 'stack' },
      h('p', null,
        `Of ${counted(count, 'file')}, the container has ${taken.size} of the same name: ${examples}${taken.size > 5 ? ' …' : ''}`),
      choiceField({
        legend: 'What to do with all of them', name: 'duplicates', value: choice, choices: [
          { value: 'skip', label: 'Leave them out', note: 'What is there stays as it is.' },
          { value: 'replace', label: 'Replace', note: 'The new files take the place of the old ones; labels stay.' },
          { value: 'rename', label: 'Keep both', note: 'The new ones get a number after their name.' },
        ],
        onchange: (value) => {
          choice = value
          dialog.update()
        },
      })),
    actions: () => h('button', { class: 'button primary', type: 'submit' }, 'Upload'),
    submit: (dialog) => dialog.close(choice),
  })
}

/**
 * Uploads files into a container, asking once what to do with names that exist.
 *
 * @param {{id: string, name: string}} container
 * @param {{file?: File, name: string, reason?: string}[]} files those with a reason cannot be read, and are listed so
 */
export async function upload(container, files) {
  if (files.length === 0) return
  const uploader = new Uploader(container)
  uploader.add(files)
  /** @type {'fail' | 'replace' | 'rename'} */
  let ifExists = 'fail'
  try {
    const taken = await uploader.existing()
    if (taken.size > 0) {
      const choice = await askAboutDuplicates(taken, files.length)
      if (!choice) return
      if (choice === 'skip') uploader.list.skip(taken)
      else ifExists = choice
    }
  } catch (error) {
    notifyProblem(error)
    return
  }
  if (!panel) document.body.append((panel = /** @type {UploadPanel} */ (document.createElement('upload-panel'))))
  panel.add(uploader)
  await uploader.run(ifExists)
  panel.settle(uploader)
}
