// @ts-check
// What a model found in one photo, as a picture, as a list and as JSON.

import { h } from '../../app/dom/h.js'
import { imageURL } from '../../elements/thumbnail.js'
import { colorsOf } from '../../model/colors.js'
import { counted, percent } from '../../model/format.js'
import '../../canvas/photo-canvas.js'
import { slider } from '../../elements/field.js'
import { icon } from '../../elements/icon.js'
import { tabBar, tabPanel } from '../../elements/page-head.js'
import { codeBlock, dot, loading } from '../../elements/parts.js'
import { problem } from '../../elements/problem.js'
import { notifyProblem } from '../../elements/toast.js'
import { barRows } from '../../charts/bars.js'
import { downloadDrawn } from './drawn-photo.js'

/** @param {any} page @param {any} photo */
export function resultView(page, photo) {
  const { answer } = photo
  const colors = colorsOf(page.model?.labels ?? [])
  const color = (tag) => colors.get(tag) ?? '#57c08d'
  const objects = (answer?.objects ?? []).filter(({ confidence }) => confidence >= page.threshold)
  const marks = objects.map(
    (object, index) => ({
      id: String(index), box: object.box, color: color(object.tag), label: object.tag, confidence: object.confidence,
    })
  )
  const isDetection = page.model?.kind === 'detector'
  return h('div', { class: 'viewer try' },
    h('div', { class: 'viewer-main' },
      photo.state === 'waiting' ? h('div', { class: 'stage-note' }, loading()) : photo.state === 'failed'
        ? h('div', { class: 'stage-note' }, problem(photo.error, () => page.again(photo)))
        : h('photo-canvas', {
          class: 'stage',
          key: photo.id,
          '.photo': { blobID: photo.blobID, file: photo.file, width: answer.width, height: answer.height },
          '.marks': marks,
          '.selectedID': page.hovered >= 0 ? String(page.hovered) : undefined, role: 'img',
          'aria-label': `${photo.name}: ${counted(objects.length, 'object')}${objects.length > 0 ? `: ${objects.map(({ tag }) => tag).join(', ')}` : ''}`,
          'onbox-select': (event) => {
            page.hovered = event.detail.id === undefined ? -1 : Number(event.detail.id)
            page.update()
          },
          'onphoto-failed': (event) => notifyProblem(event.detail.error),
        }),
      page.photos.length > 1 && h('div', { class: 'strip', role: 'group', 'aria-label': 'Photos' },
        page.photos.slice(0, 200).map((item) => h('button', {
          class: 'strip-photo', type: 'button', key: item.id, title: item.name, 'aria-label': item.name,
          'aria-pressed': String(item.id === page.shownID),
          onclick: () => {
            page.shownID = item.id
            page.hovered = -1
            page.update()
          },
        }, h('img', {
          loading: 'lazy', alt: '', src: item.url ?? imageURL(item.blobID, 256),
        }), item.state === 'failed' && h('span', { class: 'strip-bad' }, icon('warn', { label: 'failed' })))))),
    h('aside', { class: 'viewer-side stack' },
      h('h2', { class: 'clip' }, photo.name),
      tabBar({
        label: 'Result',
        id: 'result',
        value: page.tab,
        tabs: [{ value: 'photo', words: 'Result' }, { value: 'json', words: 'JSON' }],
        onchange: (tab) => {
          page.tab = tab
          page.update()
        },
      }),
      tabPanel('result',
        page.tab,
        !answer ? h('p', { class: 'muted' }, photo.state === 'waiting' ? 'Looking …' : '') : page.tab === 'json'
          ? codeBlock(JSON.stringify(answer.analysis, null, 2), 'the JSON')
          : h('div', { class: 'stack' },
            isDetection && slider({
              label: 'Threshold', value: page.threshold, oninput: (value) => {
                page.threshold = value
                page.update()
              },
            }),
            isDetection
              ? objectList(page, objects, color, answer)
              : barRows(
                (answer.tags ?? []).slice(0, 10).map(
                  ({ name, confidence }) => ({ label: name, value: confidence, color: color(name) })
                ),
                'Tags',
                (value) => percent(value, 1),
                1),
            h('p', { class: 'faint small' },
              `${answer.width} × ${answer.height} px · ${answer.milliseconds.total.toFixed(0)} ms, ${answer.milliseconds.predictor.toFixed(0)} of them in the model`),
            isDetection && h('button',
              {
                class: 'button',
                type: 'button',
                onclick: () => downloadDrawn(photo, answer, marks).catch(notifyProblem),
              },
              icon('download'),
              'Download with boxes')))))
}

/** @param {any} page @param {any[]} objects @param {(tag: string) => string} color @param {any} answer */
function objectList(page, objects, color, answer) {
  if (objects.length === 0) {
    const weaker = answer.objects.length
    return h('p', { class: 'muted' },
      weaker > 0 ? `Nothing at this threshold; ${counted(weaker, 'weaker find')}.` : 'Nothing was found.')
  }
  return h('ul', { class: 'box-list', 'aria-label': 'Objects' },
    objects.map((object, index) => h('li', { key: index }, h('button', {
      class: 'box-row', type: 'button', 'aria-pressed': String(page.hovered === index),
      onpointerenter: () => {
        page.hovered = index
        page.update()
      },
      onpointerleave: () => {
        page.hovered = -1
        page.update()
      },
      onfocus: () => {
        page.hovered = index
        page.update()
      },
    }, dot(color(object.tag)), h('span', { class: 'grow clip' }, object.tag), h('span', { class: 'number' },
      percent(object.confidence))))))
}
