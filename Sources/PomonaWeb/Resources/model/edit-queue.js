// @ts-check
// Edits on their way to the server, in order, none lost and none twice. No I/O: what has to be sent is asked for, what
// came back is told.

/**
 * @typedef {'save' | 'submit' | 'skip'} Action
 *
 * @typedef {object} Edit
 * @property {string} edit the id under which the server remembers it
 * @property {string} projectID
 * @property {string} taskID
 * @property {Action} action
 * @property {number} baseRevision the revision the person saw
 * @property {any[]} annotations
 * @property {string[]} [dismissed] ids of all suggestions that are dismissed
 * @property {number} [seconds] spent on the photo
 * @property {boolean} [isSent] it may have reached the server, so it must be sent again as it is
 * @property {any} [conflict] the task as the server has it: waits for a decision
 * @property {{code: string, message: string}} [refusal] the server will never take it: waits for a decision
 */

/**
 * What a row of edits of one photo comes to: the last list with the last decision, however they followed each other.
 *
 * @param {Edit[]} edits
 * @returns {Edit[]}
 */
function united(edits) {
  const drawn = edits.findLast((edit) => edit.action !== 'skip')
  const decided = edits.findLast((edit) => edit.action !== 'save')
  if (!drawn || !decided) return edits.slice(-1)
  // A skip sends no list: a save before it brings what was drawn.
  return decided.action === 'skip'
    ? [{ ...drawn, action: 'save' }, decided]
    : [{ ...drawn, action: 'submit', seconds: decided.seconds }]
}

export class EditQueue {
  /** @type {Edit[]} */
  #edits
  /** The last revision that the server answered for our own edits, by task. @type {Map<string, number>} */
  #revisions = new Map()

  /** @param {Edit[]} [edits] those kept from an earlier visit */
  constructor(edits = []) {
    this.#edits = edits.map((edit) => ({ ...edit }))
  }

  /** @returns {readonly Edit[]} */
  get edits() {
    return this.#edits
  }

  get isEmpty() {
    return this.#edits.length === 0
  }

  /** Edits that wait for a person's decision. */
  get stuck() {
    return this.#edits.filter((edit) => edit.conflict || edit.refusal)
  }

  /**
   * Adds an edit. A save that has not been sent yet is replaced by a later save or submit of the same photo: the whole
   * list goes along each time, so nothing is lost. A skip carries no list, so it goes behind the save.
   *
   * @param {Edit} edit
   * @returns {{added: Edit, dropped: Edit[]}}
   */
  add(edit) {
    const dropped = edit.action === 'skip' ? [] : this.#edits.filter((other) => other.taskID === edit.taskID
      && other.action === 'save' && !other.isSent && !other.conflict && !other.refusal)
    if (dropped.length > 0) {
      this.#edits = this.#edits.filter((other) => !dropped.includes(other))
      // What was first seen decides whether somebody else came in between.
      edit = { ...edit, baseRevision: Math.min(edit.baseRevision, ...dropped.map((other) => other.baseRevision)) }
    }
    const blocked = this.#edits.find((other) => other.taskID === edit.taskID && (other.conflict || other.refusal))
    if (blocked) edit = { ...edit, conflict: blocked.conflict, refusal: blocked.refusal }
    this.#edits.push(edit)
    return { added: edit, dropped }
  }

  /**
   * The edit to be sent next, with the revision that our own earlier edits have brought about; `undefined` where all is
   * sent or waits for a decision.
   *
   * @returns {Edit | undefined}
   */
  next() {
    const edit = this.#edits.find((candidate) => !candidate.conflict && !candidate.refusal)
    if (!edit) return undefined
    edit.baseRevision = Math.max(edit.baseRevision, this.#revisions.get(edit.taskID) ?? 0)
    edit.isSent = true
    return edit
  }

  /** @param {string} id @param {number} revision the server has it, as this revision */
  done(id, revision) {
    const edit = this.#edits.find((candidate) => candidate.edit === id)
    if (!edit) return
    this.#edits = this.#edits.filter((candidate) => candidate !== edit)
    this.#revisions.set(edit.taskID, Math.max(revision, this.#revisions.get(edit.taskID) ?? 0))
  }

  /**
   * Somebody else changed the photo meanwhile.
   *
   * @param {string} id
   * @param {any} task as the server has it
   */
  conflicts(id, task) {
    this.#hold(id, { conflict: task })
  }

  /** @param {string} id @param {{code: string, message: string}} refusal the server will not take it */
  refuse(id, refusal) {
    this.#hold(id, { refusal })
  }

  /** @param {string} id @param {Partial<Edit>} reason */
  #hold(id, reason) {
    const edit = this.#edits.find((candidate) => candidate.edit === id)
    if (!edit) return
    // Later edits of the photo were made on the same ground.
    for (const other of this.#edits) if (other.taskID === edit.taskID) Object.assign(other, reason, { isSent: false })
  }

  /**
   * Ends a conflict or a refusal: `mine` sends the person's own list over the other one (which stays in the history),
   * `theirs` drops it.
   *
   * @param {string} taskID
   * @param {'mine' | 'theirs'} choice
   * @param {() => string} newID
   * @param {Set<string>} [categoryIDs] those there are: annotations of others would be refused for ever
   * @returns {{kept: Edit[], dropped: Edit[]}}
   */
  settle(taskID, choice, newID, categoryIDs) {
    const held = this.#edits.filter((edit) => edit.taskID === taskID && (edit.conflict || edit.refusal))
    this.#edits = this.#edits.filter((edit) => !held.includes(edit))
    const last = held.at(-1)
    if (choice === 'theirs' || !last) return { kept: [], dropped: held }
    const kept = united(held).map(({ conflict, refusal, ...rest }) => ({
      ...rest, edit: newID(), isSent: false, baseRevision: conflict?.revision ?? rest.baseRevision,
      annotations: categoryIDs ? rest.annotations.filter(({ categoryID }) => categoryIDs.has(categoryID))
        : rest.annotations,
    }))
    if (last.conflict) this.#revisions.set(taskID, last.conflict.revision)
    this.#edits.push(...kept)
    return { kept, dropped: held }
  }

  /** Drops all edits of a photo that is not there any more. @param {string} taskID @returns {Edit[]} */
  dropAll(taskID) {
    const dropped = this.#edits.filter((edit) => edit.taskID === taskID)
    this.#edits = this.#edits.filter((edit) => edit.taskID !== taskID)
    return dropped
  }

  /**
   * What this browser knows of a photo and the server does not yet.
   *
   * @param {string} taskID
   * @returns {Edit | undefined}
   */
  latest(taskID) {
    return this.#edits.findLast((edit) => edit.taskID === taskID)
  }

  /** @param {string} taskID @returns {number} */
  revisionOf(taskID) {
    return this.#revisions.get(taskID) ?? 0
  }
}
