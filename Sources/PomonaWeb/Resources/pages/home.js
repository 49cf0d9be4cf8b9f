// @ts-check
// The first page: what can be done here, what runs, and how far the present undertaking has come.

import { h } from '../app/dom/h.js'
import { View } from '../app/dom/view.js'
import { all, post } from '../app/net/client.js'
import { go } from '../app/navigation.js'
import { session } from '../app/session.js'
import { wrongName } from '../model/names.js'
import { isActive } from '../model/status.js'
import { journey } from '../model/journey.js'
import { openDialog } from '../elements/dialog.js'
import { textField } from '../elements/field.js'
import { fieldError, newGroup } from '../elements/group-dialog.js'
import { icon } from '../elements/icon.js'
import { pageHead } from '../elements/page-head.js'
import { progressBar, progressWords } from '../elements/parts.js'
import { jobPath } from './job-path.js'

class HomePage extends View {
  /** @type {any[]} */
  jobs = []
  /** @type {any[]} */
  projects = []
  /** @type {any[]} */
  models = []
  /** @type {any[]} */
  datasets = []
  isLoaded = false

  connected() {
    this.followList('jobs', 'job', isActive)
    for (const kind of ['projects', 'models', 'datasets']) {
      this.followList(kind, kind.slice(0, -1), (value) => value.groupID === session.groupID)
    }
    session.listen(() => this.update(), this.signal)
  }

  async load() {
    const group = session.groupID
    const list = (kind) => group ? all(`/groups/${group}/${kind}`, {}, this.signal) : []
    const [jobs, projects, models, datasets] = await Promise.all(
      [all('/jobs', { state: 'active' }, this.signal), list('projects'), list('models'), list('datasets')])
    Object.assign(this, { jobs, projects, models, datasets, isLoaded: true })
  }

  render() {
    const tile = (path, name, title, text) => h('a', { class: 'tile', href: path },
      h('span', { class: 'tile-icon' }, icon(name)),
      h('span', { class: 'tile-title' }, title), h('span', { class: 'muted' }, text))
    const running = this.jobs.filter(isActive)
    return h('div', { class: 'page' },
      pageHead({
        title: 'Teach a computer to see',
        text: 'Bring a few dozen photos, label some, let the machine label the rest, and train a model of your own, all on this machine.',
        actions: [
          h('button', { class: 'button', type: 'button', onclick: () => newGroup() },
            icon('plus'),
            'New resource group'),
          h('button', { class: 'button primary', type: 'button', onclick: () => this.startSample() },
            icon('sparkle'),
            'Start with sample photos'),
        ],
      }),
      h('div', { class: 'tiles' },
        tile('/try',
          'try',
          'Detect common objects in images',
          'Try a model on photos of yours, from the camera or from the sample.'),
        tile('/models', 'model', 'Custom models', 'Train a model on your own tags and see how good it is.'),
        tile('/projects', 'label', 'Label', 'Draw boxes or choose tags, with a machine that helps.')),
      h('div', { class: 'columns' },
        session.group && this.isLoaded ? this.#journey() : h('div', null),
        h('section', { class: 'card', 'aria-label': 'Running' },
          h('div', { class: 'card-head' }, h('h2', null, 'Running'),
            h('a', { href: '/jobs', class: 'small' }, 'All jobs')),
          running.length === 0 ? h('p', { class: 'muted' }, 'Nothing at the moment.')
            : h('ul', { class: 'stack' }, running.map((job) => h('li', { key: job.id, class: 'running' },
              h('div', { class: 'row apart' },
                jobPath(job)
                  ? h('a', { class: 'strong', href: jobPath(job) }, job.title)
                  : h('span', { class: 'strong' }, job.title),
                h('span', { class: 'muted small' }, progressWords(job))),
              progressBar(job.state === 'queued' ? 0 : job.fraction, job.title)))))))
  }

  #journey() {
    const group = /** @type {import('../app/session.js').Group} */ (session.group)
    const steps = journey(group, this.datasets, this.projects, this.models)
    const next = steps.findIndex((step) => !step.isDone)
    return h('section', { class: 'card', 'aria-label': 'Your way to a model' },
      h('div', { class: 'card-head' }, h('h2', null, `Your way to a model in “${group.name}”`)),
      h('ol', { class: 'journey' }, steps.map((step, index) => h('li', {
        key: step.title, class: ['journey-step', step.isDone && 'done', index === next && 'next'],
      },
        h('span', { class: 'journey-mark', 'aria-hidden': 'true' }, step.isDone ? icon('check') : index + 1),
        h('div', { class: 'grow' },
          h('a', { class: 'strong', href: step.path }, step.title),
          step.isDone && h('span', { class: 'hidden-words' }, ' (done)'),
          h('p', { class: 'muted small' }, step.state)),
        index === next && h('a', { class: 'button small primary', href: step.path }, step.action)))))
  }

  async startSample() {
    const taken = session.groups.map(({ name }) => name)
    let name = 'fruit-sample'
    for (let number = 2; taken.includes(name); number += 1) name = `fruit-sample-${number}`
    const answer = await openDialog({
      title: 'Start with sample photos',
      fields: ['name'],
      body: (dialog) => h('div', { class: 'stack' },
        h('p', null,
          'Pomona renders 53 photos of apples, bananas and oranges to label and learn from, 31 labeled ones to measure with and '
            + '4 to try out. It takes about a minute and no network.'),
        textField({
          label: 'Name of the new resource group',
          value: name,
          wrong: wrongName(name, taken) ?? fieldError(dialog.error, 'name'),
          oninput: (value) => {
            name = value
            dialog.update()
          },
        })),
      actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy },
        'Make the photos'),
      submit: (dialog) => {
        if (!wrongName(name, taken)) dialog.run(() => post('/sample', { name: name.trim() }))
      },
    })
    if (!answer) return
    session.add(answer.group)
    go('/storage')
  }
}

customElements.define('page-home', HomePage)
