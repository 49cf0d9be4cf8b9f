// @ts-check
// Label data: one photo after the other, by pointer and by keys, with a machine's suggestions.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { get } from '../app/net/client.js'
import { go, query, settle } from '../app/navigation.js'
import { preference, setPreference } from '../app/preferences.js'
import '../canvas/photo-canvas.js'
import { isDecided, isQueued } from '../model/status.js'
import { loading } from '../elements/parts.js'
import { notify, notifyProblem } from '../elements/toast.js'
import { sender } from './edit-sender.js'
import { HeldPhotos } from './held-photos.js'
import { showHelp } from './help-dialog.js'
import { pressKey } from './keys.js'
import { ReviewSupply, approve, reviewList } from './review.js'
import { sidePanel } from './side-panel.js'
import { findSimilar } from './similar.js'
import { bottomBar, doneView, heldUpWords, stageView, tellStage, toolStrip, topBar } from './stage.js'
import { decide } from './stuck-edits.js'
import { TaskSupply } from './task-supply.js'

/** Milliseconds between looks into the queue while nothing is shown. */
const patience = 2000
/** So many requests a browser still sends while a page goes; the other leases end by themselves. */
const mostGivenBack = 50

export class LabelingPage extends View {
  /** @type {Record<string, string>} */
  params = {}
  /** @type {any} */
  project = null
  /** @type {TaskSupply | ReviewSupply | null} */
  supply = null
  held = new HeldPhotos(this)
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
  #refillTimer = 0
  #isTelling = false

  get waitsForFrame() {
    return true
  }

  connected() {
    const Supply = this.isReview ? ReviewSupply : TaskSupply
    // What the queue brings is as it is now: an editor from before it was sent back is not.
    this.supply = new Supply(this.params.projectID, this.signal, ({ id }) => this.held.forget(id), () => this.update())
    // After a press by pointer the keys belong to the photo again: Enter would press the same button once more.
    this.addEventListener('click', (event) => {
      const target = /** @type {HTMLElement} */ (event.target)
      if (event.detail > 0 && target.closest('button, input, summary')) this.canvas?.focus({ preventScroll: true })
    }, { signal: this.signal })
    addEventListener('keydown', (event) => pressKey(this, event), { signal: this.signal })
    sender.addEventListener('change', () => this.#sendingChanged(), { signal: this.signal })
    sender.addEventListener('saved', (event) => this.held.saved(/** @type {CustomEvent} */ (event).detail),
      { signal: this.signal })
    sender.addEventListener('stuck', (event) => this.#stuck(/** @type {CustomEvent} */ (event).detail.edit),
      { signal: this.signal })
    sender.addEventListener('lost',
      (event) => this.supply?.withdrawn(/** @type {CustomEvent} */ (event).detail.edit.taskID),
      { signal: this.signal })
    const { signal } = this
    addEventListener('pagehide', () => this.#giveBack(), { signal })
    signal.addEventListener('abort', () => this.#giveBack(), { once: true })
    this.follow('project', (event) => {
      if (event.id !== this.params.projectID || !event.value) return
      this.#takeProject({ ...event.value, role: this.project?.role })
      this.#refillSoon()
    })
    this.follow('task', (event) => {
      if (event.value?.projectID !== this.params.projectID) return
      this.held.changed(event.value)
      this.#refillSoon()
    })
  }

  #giveBack() {
    this.supply?.release(this.supply.deck.held.slice(-mostGivenBack))
  }

  async load() {
    await sender.start()
    this.#takeProject(await get(`/projects/${this.params.projectID}`, {}, this.signal))
    document.title = `Label data · ${this.project.name} · Pomona`
    const { supply } = this
    if (!supply || supply.deck.current) return
    if (this.params.taskID) {
      try {
        await this.#open(this.params.taskID)
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
    if (taskID && this.task?.id !== taskID) this.#open(taskID).then(() => this.#show(), notifyProblem)
    this.update()
  }

  /** @param {string} taskID */
  async #open(taskID) {
    const known = this.supply?.deck.find(taskID)
    const seen = known && Math.max(known.revision, sender.queue.revisionOf(taskID))
    const task = await this.supply?.open(taskID)
    // Somebody changed it since it was shown here: what was drawn before must not go over that.
    if (seen !== undefined && task.revision > seen && !sender.queue.latest(taskID)) this.held.take(task)
  }

  /** @param {any} project */
  #takeProject(project) {
    const known = new Set(project.categories.map(({ id }) => id))
    const isAnyGone = this.project?.categories.some(({ id }) => !known.has(id))
    this.project = project
    if (isAnyGone) this.held.refreshAll()
    if (!project.categories.some(({ id }) => id === this.categoryID)) this.categoryID = project.categories[0]?.id ?? ''
  }

  /** @returns {any} */
  get task() {
    return this.supply?.deck.current
  }

  get isClassification() {
    return this.project.kind === 'imageClassification'
  }

  /** @returns {import('../model/editor.js').Editor | undefined} */
  get editor() {
    return this.task && this.held.editorOf(this.task)
  }

  get openSuggestions() {
    return this.suggestionsFrom(this.least)
  }

  /** @param {number} least confidence @returns {import('../model/annotations.js').Suggestion[]} */
  suggestionsFrom(least) {
    // Of a category that is gone since nothing can be submitted.
    const known = new Set(this.project.categories.map(({ id }) => id))
    return this.editor?.openSuggestions(least).filter(({ categoryID }) => known.has(categoryID)) ?? []
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
  save(taskID) {
    this.#send(taskID, 'save')
    this.update()
  }

  /** @param {string} taskID @param {'save' | 'submit' | 'skip'} action */
  #send(taskID, action) {
    const editor = this.held.find(taskID)
    const task = this.supply?.deck.find(taskID)
    if (!editor || !task) return
    sender.add({
      projectID: this.params.projectID,
      taskID,
      action,
      baseRevision: Math.max(task.revision, sender.queue.revisionOf(taskID)),
      annotations: [...editor.annotations],
      dismissed: editor.dismissed,
      ...(action === 'submit' && { seconds: Math.round((performance.now() - this.#shownAt) / 100) / 10 }),
    })
  }

  /** Whether the present photo cannot be submitted or skipped, because the project does not run. */
  get isHeldUp() {
    return !this.isReview && this.project.state !== 'running' && this.task !== undefined && isQueued(this.task.state)
  }

  /** What Enter means: that of the main button. @param {boolean} [withoutSuggestions] */
  confirm(withoutSuggestions = false) {
    const { task } = this
    if (!this.isReview || !task || !isDecided(task.state)) this.submit(withoutSuggestions)
    else if (task.state === 'approved' && !this.isUnsaved) this.goOn()
    else approve(this)
  }

  /** Whether the server does not have all edits of the present photo yet. */
  get isUnsaved() {
    return this.task !== undefined && sender.queue.latest(this.task.id) !== undefined
  }

  /**
   * Submits what is seen: boxes that are decided, and suggestions unless `withoutSuggestions`.
   * @param {boolean} [withoutSuggestions]
   */
  submit(withoutSuggestions = false) {
    const { editor, task } = this
    if (!editor || !task || this.canvas?.isBusy) return
    if (this.isHeldUp) return this.#sayHeldUp()
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
    if (this.isHeldUp) return this.#sayHeldUp()
    this.#send(task.id, 'skip')
    this.#advance(task, 'skipped')
  }

  #sayHeldUp() {
    notify(`${heldUpWords(this.project)} What is drawn is saved.`, { tone: 'bad' })
  }

  /** @param {any} task @param {string} state */
  #advance(task, state) {
    const supply = /** @type {NonNullable<typeof this.supply>} */ (this.supply)
    if (isQueued(task.state)) supply.finished(task.id)
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

  /** Others may have made room: looks after a while whether the queue has something again. */
  #refillSoon() {
    if (this.#refillTimer || this.task || this.isReview) return
    this.#refillTimer = window.setTimeout(() => {
      this.#refillTimer = 0
      if (!this.task && !this.signal.aborted) this.#refill()
    }, patience)
  }

  #sendingChanged() {
    // Asked while the last edits were on their way, the queue answered that photos are still held.
    const isAllSent = sender.waiting === sender.queue.stuck.length
    if (isAllSent && this.project && !this.task && !this.isReview) this.#refill()
    this.update()
  }

  /** @param {1 | -1} direction */
  step(direction) {
    const deck = this.supply?.deck
    if (!deck) return
    if (direction < 0 ? deck.goBack() : deck.goOn()) this.#show()
    if (direction > 0) this.supply?.fill().then(() => this.update(), () => {})
  }

  /** To the next photo of a review, or back to its list. */
  goOn() {
    if (this.supply?.deck.canGoOn) this.step(1)
    else go(reviewList(this.params.projectID))
  }

  findSimilar() {
    return findSimilar(this)
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
      if (this.submitsAtOnce && !this.isReview && editor.annotations.length > 0) this.submit(true)
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

  /** Asks about the edit that waits longest for it, of whichever project. */
  decideNext() {
    const [edit] = sender.queue.stuck
    if (edit) decide(this, edit)
  }

  /** @param {import('../model/edit-queue.js').Edit} edit */
  #stuck(edit) {
    if (edit.projectID === this.params.projectID) decide(this, edit)
  }

  update() {
    super.update()
    if (this.#isTelling) return
    this.#isTelling = true
    // Pressing T and clicking can be faster than the frame that shows the tool. A microtask comes before the click, and
    // once for all that one event has changed.
    queueMicrotask(() => {
      this.#isTelling = false
      tellStage(this)
    })
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
