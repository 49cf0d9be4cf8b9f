// @ts-check
// Who works on a project, and invitations by link.

import { h } from '../../app/dom/h.js'
import { all, change, post, remove } from '../../app/net/client.js'
import { session } from '../../app/session.js'
import { ago, moment } from '../../model/format.js'
import { confirmDialog, openDialog } from '../../elements/dialog.js'
import { choiceField, select } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { copyLine } from '../../elements/parts.js'
import { notifyProblem } from '../../elements/toast.js'

const roles = [
  { value: 'labeler', label: 'Labeler', note: 'Labels photos; sees no figures.' },
  { value: 'reviewer', label: 'Reviewer', note: 'Also approves, rejects and exports.' },
  { value: 'owner', label: 'Owner', note: 'Everything, people and categories included.' },
]

export class People {
  /** @type {any[]} */
  #items = []

  /** @param {any} view the details' element */
  constructor(view) {
    this.owner = view
  }

  get #path() {
    return `/projects/${this.owner.project.id}`
  }

  async load() {
    this.#items = await all(`${this.#path}/people`, {}, this.owner.signal)
  }

  view() {
    return [
      h('ul', { class: 'list' },
        this.#items.map((item) => item.personID ? this.#person(item) : this.#invitation(item))),
      h('div', { class: 'row gap-above' },
        h('button', { class: 'button', type: 'button', onclick: () => this.invite() }, icon('people'), 'Invite')),
    ]
  }

  /** @param {any} person */
  #person(person) {
    const isSelf = person.personID === session.person?.id
    return h('li', { class: 'list-row', key: person.personID }, icon('people'),
      h('div', { class: 'grow' },
        h('div', { class: 'strong' }, person.name, isSelf && h('span', { class: 'faint' }, ' (you)')),
        person.lastSeenAt && h('div', { class: 'faint small' }, `seen ${ago(person.lastSeenAt)}`)),
      isSelf ? h('span', { class: 'muted' }, 'Owner') : [
        select({
          label: `Role of ${person.name}`,
          isCompact: true,
          value: person.role,
          choices: roles,
          onchange: (role) => this.#act(change(`${this.#path}/people/${person.personID}`, { role })),
        }),
        h('button',
          {
            class: 'icon-button',
            type: 'button',
            'aria-label': `Remove ${person.name}`,
            onclick: () => this.remove(person),
          },
          icon('close')),
      ])
  }

  /** @param {any} invitation */
  #invitation(invitation) {
    return h('li', { class: 'list-row', key: invitation.invitationID }, icon('link'),
      h('div', { class: 'grow' },
        h('div', null, `Open invitation as ${invitation.role}`),
        h('div', { class: 'faint small' }, `until ${moment(invitation.expiresAt)}`)),
      h('button',
        {
          class: 'button small',
          type: 'button',
          onclick: () => this.#act(remove(`${this.#path}/invitations/${invitation.invitationID}`)),
        },
        'Take back'))
  }

  /** @param {Promise<any>} action */
  async #act(action) {
    try {
      await action
      await this.load()
    } catch (error) {
      notifyProblem(error)
    }
    this.owner.update()
  }

  /** @param {any} person */
  async remove(person) {
    const isDone = await confirmDialog({
      title: `Remove ${person.name}?`,
      action: 'Remove',
      danger: true,
      text: 'Their labels stay. They can come back by a new invitation only.',
      run: () => remove(`${this.#path}/people/${person.personID}`),
    })
    if (isDone) await this.#act(Promise.resolve())
  }

  async invite() {
    let role = 'labeler'
    /** @type {any} */
    let invitation = null
    await openDialog({
      title: 'Invite somebody', cancel: 'Done',
      body: (dialog) => invitation
        ? h('div', { class: 'stack' },
          h('p', null, 'Send this link. It works once, and lets in whoever opens it first.'),
          copyLine({ label: 'Link', value: invitation.link }),
          h('p', { class: 'muted' }, `It holds until ${moment(invitation.expiresAt)}.`)) : choiceField({
            legend: 'As', name: 'role', value: role, choices: roles, onchange: (value) => {
              role = value
              dialog.update()
            },
          }),
      actions: (dialog) => !invitation && h('button',
        { class: 'button primary', type: 'submit', disabled: dialog.isBusy },
        'Make a link'),
      submit: (dialog) => {
        if (invitation) return dialog.close()
        dialog.attempt(async () => {
          invitation = await post(`${this.#path}/invitations`, { role })
        })
      },
    })
    await this.#act(Promise.resolve())
  }
}
