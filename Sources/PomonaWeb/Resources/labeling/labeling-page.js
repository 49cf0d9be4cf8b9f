// @ts-check
// Label data: one photo after the other, by pointer and by keys, with a machine's suggestions.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { get, post } from '../app/net/client.js'
import { randomID } from '../app/net/upload.js'
import { go, query, settle } from '../app/navigation.js'
import { preference, setPreference } from '../app/preferences.js'
import '../canvas/photo-canvas.js'
import { Editor } from '../model/editor.js'
import { loading } from '../elements/parts.js'
import { notify, notifyProblem } from '../elements/toast.js'
import { askAboutConflict } from './conflict-dialog.js'
import { sender } from './edit-sender.js'
import { showHelp } from './help-dialog.js'
import { pressKey } from './keys.js'
import { ReviewSupply, reviewList, reviewTask } from './review.js'
import { sidePanel } from './side-panel.js'
import { TaskSupply } from './task-supply.js'
import { bottomBar, doneView, stageView, toolStrip, topBar } from './stage.js'

export class LabelingPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  project = null
  /** @type {TaskSupply | ReviewSupply | null} */
  supply = null
  /** Editors of the photos seen on this visit, so that the way back stays. @type {Map<string, Editor>} */
  #editors = new Map()
  /** @type {import('../canvas/photo-canvas.js').PhotoCanvas | null} */
  canvas = null
  /** @type {'draw' | 'select' | 'template'} */
  tool = 'draw'
  categoryID = ''
  areBoxesHidden = false
  /** Weaker suggestions are hidden. */
  least = Number(preference('least') ?? 0)
  submitsAtOnce = preference('submitsAtOnce') === 'yes'
  isReview = query().has('review')
  isFinding = false
  /** Rows of the list of boxes by box: with hundreds of them only the changed ones are described anew. */
  rows = new WeakMap()
  #shownAt = performance.now()
  #asked = new Set()

  get waitsForFrame() {
    return true
  }

  connected() {
    const Supply = this.isReview ? ReviewSupply : TaskSupply
    this.supply = new Supply(this.params.projectID, this.signal)
    addEventListener('keydown', (event) => pressKey(this, event), { signal: this.signal })
    sender.addEventListener('change', () => this.#sendingChanged(), { signal: this.signal })
    sender.addEventListener('saved',
      (event) => this.#saved(/** @type {CustomEvent} */ (event).detail),
      { signal: this.signal })
    sender.addEventListener('stuck',
      (event) => this.#stuck(/** @type {CustomEvent} */ (event).detail.edit),
      { signal: this.signal })
    addEventListener('pagehide', () => this.#giveBack(), { signal: this.signal })
    this.follow('project', (event) => {
      if (event.id === this.params.projectID && event.value) this.#takeProject({ ...event.value, role: this.project?.role })
    })
    this.follow('task', (event) => this.#taskChanged(event.value))
    const { signal } = this
    signal.addEventListener('abort', () => this.#giveBack(), { once: true })
  }

  #giveBack() {
    const { supply } = this
    if (!supply) return
    const held = [...supply.deck.ahead, ...(supply.deck.current ? [supply.deck.current] : [])]
    supply.release(held.filter(({ state }) => state !== 'approved'))
  }

  async load() {
    await sender.start()
    this.#takeProject(await get(`/projects/${this.params.projectID}`, {}, this.signal))
    document.title = `Label data · ${this.project.name} · Pomona`
    const { supply } = this
    if (!supply || supply.deck.current) return
    if (this.params.taskID) {
      try {
        await supply.open(this.params.taskID)
      } catch (error) {
        const failure = /** @type {any} */ (error)
        if (failure.code !== 'held') throw error
        notify(`${failure.body?.lease?.name ?? 'Somebody else'} is working on that photo.`, { tone: 'bad' })
      }
    }
    await supply.fill()
    this.#show()
    for (const edit of sender.queue.stuck) this.#stuck(edit)
  }

  paramsChanged() {
    const { taskID } = this.params
    if (taskID && this.task?.id !== taskID) this.supply?.open(taskID).then(() => this.#show(), notifyProblem)
    this.update()
  }

  /** @param {any} project */
  #takeProject(project) {
    this.project = project
    if (!project.categories.some(({ id }) => id === this.categoryID)) this.categoryID = project.categories[0]?.id ?? ''
  }

  /** @returns {any} */
  get task() {
    return this.supply?.deck.current
  }

  get isClassification() {
    return this.project.kind === 'imageClassification'
  }

  /** @returns {Editor | undefined} */
  get editor() {
    const { task } = this
    if (!task) return undefined
    let editor = this.#editors.get(task.id)
    if (!editor) {
      // What this browser knows and the server does not yet goes first.
      const local = sender.queue.latest(task.id)
      editor = new Editor({
        photo: task.photo, annotations: local ? local.annotations : task.annotations, suggestions: task.suggestions,
        newID: randomID,
        whenChanged: () => this.#save(task.id),
      })
      this.#editors.set(task.id, editor)
    }
    return editor
  }

  get openSuggestions() {
    return this.editor?.openSuggestions(this.least) ?? []
  }

  /** The suggestion under the pointer, or the most confident one. */
  get suggestionAtHand() {
    return this.openSuggestions.find(({ id }) => id === this.canvas?.hoveredID) ?? this.openSuggestions[0]
  }

  /** Shows the present photo. */
  #show() {
    this.#shownAt = performance.now()
    const { task } = this
    if (task) settle(`/label/${this.params.projectID}/${task.id}${location.search}`)
    this.update()
  }

  /** @param {string} taskID */
  #save(taskID) {
    this.#send(taskID, 'save')
    this.update()
  }

  /** @param {string} taskID @param {'save' | 'submit' | 'skip'} action */
  #send(taskID, action) {
    const editor = this.#editors.get(taskID)
    const task = this.supply?.deck.find(taskID)
    if (!editor || !task) return
    sender.add({
      projectID: this.params.projectID,
      taskID,
      action,
      baseRevision: Math.max(task.revision, sender.queue.revisionOf(taskID)),
      annotations: [...editor.annotations],
      ...(action === 'submit' && { seconds: Math.round((performance.now() - this.#shownAt) / 100) / 10 }),
    })
  }

  /**
   * Submits what is seen: boxes that are decided, and suggestions unless `withoutSuggestions`.
   * @param {boolean} [withoutSuggestions]
   */
  submit(withoutSuggestions = false) {
    const { editor, task } = this
    if (!editor || !task || this.canvas?.isBusy) return
    if (!withoutSuggestions) editor.accept(
      this.isClassification
        ? this.openSuggestions.slice(0, editor.annotations.length === 0 ? 1 : 0)
        : this.openSuggestions
    )
    if (this.isClassification && editor.annotations.length === 0) {
      notify('Choose a tag first, or skip the photo.', { tone: 'bad' })
      return
    }
    this.#send(task.id, 'submit')
    this.#advance(task, 'submitted')
  }

  skip() {
    const { task } = this
    if (!task || !this.editor || this.isReview) return
    this.#send(task.id, 'skip')
    this.#advance(task, 'skipped')
  }

  /** @param {any} task @param {string} state */
  #advance(task, state) {
    const supply = /** @type {NonNullable<typeof this.supply>} */ (this.supply)
    const isFirstTime = task.state === 'unlabeled' || task.state === 'preLabeled' || task.state === 'rejected'
    if (isFirstTime) supply.finished(task.id)
    supply.deck.replace({ ...task, state, review: undefined })
    if (this.isReview) {
      this.update()
      return
    }
    supply.deck.finish()
    this.areBoxesHidden = false
    this.#show()
    this.#refill()
  }

  #refill() {
    const wasEmpty = !this.task
    this.supply?.fill().then(() => wasEmpty ? this.#show() : this.update(), notifyProblem)
  }

  #sendingChanged() {
    // Asked while the last edits were on their way, the queue answered that photos are still held.
    if (sender.waiting === 0 && this.project && !this.task && !this.isReview) this.#refill()
    this.update()
  }

  /** @param {1 | -1} direction */
  step(direction) {
    const deck = this.supply?.deck
    if (!deck) return
    if (direction < 0 ? deck.goBack() : deck.goOn()) this.#show()
    if (direction > 0) this.supply?.fill().then(() => this.update(), () => {})
  }

  /** @param {'approve' | 'reject'} verdict @param {string} [words] */
  async review(verdict, words) {
    const { task } = this
    if (!task) return
    try {
      const refused = await reviewTask(task, verdict, words)
      if (refused) {
        notify(refused, { tone: 'bad' })
        return
      }
    } catch (error) {
      notifyProblem(error)
      return
    }
    this.supply?.deck.replace({ ...task, state: verdict === 'approve' ? 'approved' : 'rejected' })
    if (this.supply?.deck.canGoOn) this.step(1)
    else go(reviewList(this.params.projectID))
  }

  async findSimilar() {
    const { editor, task } = this
    const selected = editor?.selected
    if (!editor || !selected?.box || this.isFinding) return
    this.isFinding = true
    this.update()
    try {
      const { suggestions } = await post(`/projects/${this.params.projectID}/tasks/${task.id}:find-similar`, {
        categoryID: selected.categoryID, box: selected.box,
      })
      editor.addSuggestions(suggestions)
      if (suggestions.length === 0) notify('Nothing similar was found in this photo.')
    } catch (error) {
      notifyProblem(error)
    }
    this.isFinding = false
    this.update()
  }

  /** @param {'draw' | 'select' | 'template'} tool */
  setTool(tool) {
    this.tool = tool
    this.update()
  }

  /**
   * Chooses a category: for the next boxes, for the selected box, or for the whole photo.
   * @param {string} categoryID
   */
  choose(categoryID) {
    this.categoryID = categoryID
    const { editor } = this
    if (this.isClassification && editor) {
      editor.classify(categoryID)
      if (this.submitsAtOnce && editor.annotations.length > 0) this.submit(true)
    } else if (editor?.selectedID) editor.retag(editor.selectedID, categoryID)
    this.update()
  }

  /** @param {number} least */
  setLeast(least) {
    this.least = least
    setPreference('least', String(least))
    this.update()
  }

  /** @param {boolean} isOn */
  setSubmitsAtOnce(isOn) {
    this.submitsAtOnce = isOn
    setPreference('submitsAtOnce', isOn ? 'yes' : null)
    this.update()
  }

  help() {
    showHelp()
  }

  /** @param {{taskID: string, revision: number, task?: any}} saved */
  #saved({ taskID, revision, task }) {
    const known = this.supply?.deck.find(taskID)
    if (known) this.supply?.deck.replace({ ...known, revision, ...(task && { state: task.state }) })
    if (task) this.supply?.confirmed(taskID)
    this.update()
  }

  /** Somebody else, or this person in another place, changed a photo that is held here. @param {any} task */
  #taskChanged(task) {
    const known = task && this.supply?.deck.find(task.id)
    if (!known || sender.queue.latest(task.id)) return
    if (task.revision <= Math.max(known.revision, sender.queue.revisionOf(task.id))) return
    get(`/projects/${this.params.projectID}/tasks/${task.id}`, {}, this.signal).then((fresh) => {
      if (sender.queue.latest(task.id) || fresh.revision <= sender.queue.revisionOf(task.id)) return
      this.takeTask(fresh)
    }, () => {})
  }

  /** Shows a photo as the server has it now. @param {any} task */
  takeTask(task) {
    this.supply?.deck.replace(task)
    this.#editors.get(task.id)?.reset(task.annotations)
    this.update()
  }

  /** @param {import('../model/edit-queue.js').Edit} edit */
  async #stuck(edit) {
    if (edit.projectID !== this.params.projectID || this.#asked.has(edit.taskID)) return
    this.#asked.add(edit.taskID)
    const choice = await askAboutConflict(this.project, sender.queue.latest(edit.taskID) ?? edit)
    this.#asked.delete(edit.taskID)
    if (!choice) return
    await sender.settle(edit.taskID, choice)
    if (choice === 'theirs' && edit.conflict) this.takeTask(edit.conflict)
    this.update()
  }

  render() {
    const { project, task, editor } = this
    if (!project) return h('div', { class: 'labeling' }, loading())
    if (!task || !editor) return h('div', { class: 'labeling' }, topBar(this), doneView(this))
    return h('div', { class: 'labeling' },
      topBar(this),
      h('div', { class: 'labeling-body' },
        !this.isClassification && toolStrip(this),
        stageView(this, editor),
        sidePanel(this, editor)),
      bottomBar(this, editor))
  }
}

customElements.define('page-labeling', LabelingPage)
