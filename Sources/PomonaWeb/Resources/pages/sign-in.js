// @ts-check
// For a browser that is not signed in: how to get in.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { post } from '../app/net/client.js'
import { go, query } from '../app/navigation.js'
import { session } from '../app/session.js'
import { mark } from '../elements/icon.js'
import { textField } from '../elements/field.js'
import { refusal } from '../elements/problem.js'

/** The token of a pasted link, or the pasted text itself. @param {string} text */
function tokenOf(text) {
  const found = /[?&]token=([^&\s]+)/.exec(text)
  return found ? decodeURIComponent(found[1]) : text.trim()
}

class SignInPage extends View {
  link = ''
  /** @type {any} */
  error = null
  isBusy = false

  render() {
    return h('div', { class: 'sign-in' }, h('div', { class: 'card stack' },
      h('div', { class: 'brand' }, mark(), h('span', null, 'Pomona')),
      h('h1', null, 'Sign in'),
      query().has('failed') && !this.error && h('p', { class: 'refusal', role: 'alert' },
        'That link has been used already, or is too old. Each link works once.'),
      h('p', null,
        'Open the link that ',
        h('code', null, 'pomona serve'),
        ' printed in its terminal, or paste it here. It prints a new one whenever it starts.'),
      h('form', {
        class: 'stack', onsubmit: (event) => {
          event.preventDefault()
          this.signIn()
        },
      },
        textField({
          label: 'Link', value: this.link, placeholder: 'http://127.0.0.1:8080/sign-in?token=…', autofocus: true,
          oninput: (value) => {
            this.link = value
            this.update()
          },
        }),
        refusal(this.error),
        h('button', { class: 'button primary', type: 'submit', disabled: this.link.trim() === '' || this.isBusy },
          'Sign in'))))
  }

  async signIn() {
    this.isBusy = true
    this.error = null
    this.update()
    try {
      await post('/session', { token: tokenOf(this.link) })
      await session.start()
      go('/', { replace: true })
    } catch (error) {
      this.error = error
    }
    this.isBusy = false
    this.update()
  }
}

customElements.define('page-sign-in', SignInPage)
