// @ts-check
// Calling a model over HTTP, and what it was made with.

import { h } from '../../app/dom/h.js'
import { analyzeCurl, analyzePython } from '../../model/calls.js'
import { bytes, duration, moment } from '../../model/format.js'
import { measuredWords } from '../../model/performance.js'
import { codeBlock } from '../../elements/parts.js'

/** @param {any} view the results' element */
export function useView(view) {
  const { vision, model } = view
  if (!vision) return h('p', { class: 'muted' }, 'The endpoint is not known yet.')
  const call = { endpoint: vision.endpoint, key: vision.keys[0].value, model: model.name }
  const segment = (value, words) => h('button', {
    class: 'segment', type: 'button', key: value, 'aria-pressed': String(view.language === value), onclick: () => {
      view.language = value
      view.update()
    },
  }, words)
  return h('section', { class: 'card stack' },
    h('div', { class: 'row apart' },
      h('h2', null, 'Call it over HTTP'),
      h('div', { class: 'segments' }, segment('curl', 'curl'), segment('python', 'Python'))),
    h('p', { class: 'muted' },
      'This is Azure’s Image Analysis interface; its clients work with the endpoint changed. The key shown is key1 of ',
      h('a', { href: '/keys' }, 'Keys and endpoint'),
      '.'),
    codeBlock(view.language === 'curl' ? analyzeCurl(call) : analyzePython(call), `${view.language} call`))
}

/** What the model's file says of its making. What stands in lines of its own already has no words here. */
const provenanceWords = {
  datasetHash: 'Photos, labels', seed: 'Seed', steps: 'Steps', stepsTaken: 'Steps taken', statistics: 'Normalisation',
  programVersion: 'Program', evaluatedOn: '', foundation: '',
}

/** @param {any} model */
export function recipeView(model) {
  const line = (name, value) => value !== undefined && value !== null && value !== '' && [
    h('dt', { key: `${name} name` }, name), h('dd', { key: name }, value),
  ]
  const plain = (value) => typeof value === 'object' ? JSON.stringify(value) : String(value)
  const rows = (object) => Object.entries(object ?? {}).flatMap(([name, value]) => typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, item]) => [`${name}.${inner}`, item]) : [[name, value]])
  return h('div', { class: 'columns even' },
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Training')),
      h('dl', { class: 'facts' },
        line('Datasets',
          model.trainingDatasets.map(({ name, revision }) => `${name} (revision ${revision})`).join(', ')),
        line('Evaluation',
          model.evaluationDataset
            ? `${model.evaluationDataset.name} (revision ${model.evaluationDataset.revision})`
            : measuredWords(
              model.evaluatedOn
            )),
        line('Foundation', model.foundation?.name ?? 'none'), line('Budget', duration(model.budgetSeconds)),
        line('Took', duration(model.trainingSeconds)),
        line('Finished', moment(model.finishedAt)), line('File', bytes(model.bytes)),
        rows(model.provenance).map(([name, value]) => provenanceWords[name] !== '' && line(provenanceWords[name] ?? name,
          h('span', { class: 'mono wrap-anywhere' }, plain(value)))))),
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', null, 'Recipe')),
      h('dl', { class: 'facts' },
        rows(model.recipe).map(([name, value]) => line(name, h('span', { class: 'mono' }, plain(value)))))))
}
