// @ts-check
// The doctor's report on labels and photos, in words.

import { h } from '../../app/dom/h.js'
import { count, counted } from '../../model/format.js'
import { icon } from '../../elements/icon.js'

/**
 * @param {any} finding
 * @param {Record<string, string>} headings
 */
function findingView(finding, headings) {
  const mark = { error: 'bad', warning: 'warning', note: 'note' }[finding.severity]
  return h('li', { class: 'finding', key: finding.rule + finding.severity },
    h('details', null,
      h('summary', null,
        h('span', { class: ['check-mark', `check-${mark}`] },
          icon(finding.severity === 'note' ? 'info' : 'warn', { label: finding.severity })),
        h('span', null,
          h('span', { class: 'strong' }, count(finding.count)),
          ` ${headings[finding.rule] ?? finding.rule}`)),
      h('ul', { class: 'finding-places' },
        finding.examples.map((place, index) => h('li', { key: index }, place.message)),
        finding.count > finding.examples.length && h('li', { class: 'faint' },
          `and ${count(finding.count - finding.examples.length)} more`))))
}

/** @param {any} report */
export function reportView(report) {
  const coco = report.coco
  const findings = coco?.pomona.findings ?? []
  const photos = report.photos
  return h('section', { class: 'stack report', 'aria-label': 'Report' },
    h('div', { class: ['notice', report.isAccepted ? 'good' : 'warn'] }, icon(report.isAccepted ? 'check' : 'warn'),
      h('div', null,
        h('p', { class: 'strong' },
          report.isAccepted ? 'These labels can be used.' : 'These labels cannot be used as they are.'),
        coco && h('p', null,
          `${counted(coco.imageCount, 'photo')}, ${counted(coco.annotationCount, 'annotation')}, ${counted(coco.tags.length, 'tag')}`
            + (
              coco.form?.form
                ? `; boxes in ${coco.form.form === 'fractions' ? 'fractions of the photo' : 'pixels'}`
                : ''
            )))),
    findings.length > 0 && h('ul', { class: 'findings' },
      findings.map((finding) => findingView(finding, report.headings ?? {}))),
    photos && photos.missingCount > 0 && h('details', { class: 'finding' },
      h('summary', null,
        h('span', { class: 'check-mark check-warning' }, icon('warn')),
        h('span', null,
          h('span', { class: 'strong' }, count(photos.missingCount)),
          photos.missingCount === 1
            ? ' photo of the labels is not in the container' : ' photos of the labels are not in the container')),
      h('ul', { class: 'finding-places' }, photos.missing.map((name) => h('li', { key: name }, name)))),
    photos && photos.takenFromContainer > 0 && h('p', { class: 'muted' },
      `${counted(photos.takenFromContainer, 'photo')} with an address that cannot be reached were found in the container by name.`),
    (report.duplicates ?? []).length > 0 && h('details', { class: 'finding' },
      h('summary', null,
        h('span', { class: 'check-mark check-warning' }, icon('warn')),
        h('span', null,
          h('span', { class: 'strong' }, count(report.duplicates.length)),
          `${report.duplicates.length === 1 ? ' group' : ' groups'} of photos that look the same`)),
      h('ul', { class: 'finding-places' },
        report.duplicates.map((group, index) => h('li', { key: index }, group.photos.join(', '),
          group.isExact ? ' (the same file)' : ' (nearly the same)',
          group.otherDataset && h('strong', null, ` – also in the dataset ${group.otherDataset}`))))),
    report.notExaminedCount > 0 && h('p', { class: 'muted' },
      `${counted(report.notExaminedCount, 'photo')} ${report.notExaminedCount === 1 ? 'was' : 'were'} not looked at yet for duplicates; `
        + 'the doctor of the dataset finds them later.'),
    coco && !coco.imageAnalysis.isAccepted && coco.isForImageAnalysis && h('p', { class: 'muted' },
      'Azure’s Image Analysis 4.0 would not take this file; Pomona does not mind.'),
    report.repairs.length > 0 && h('div', null,
      h('h3', null, 'What a repair would do'),
      h('ul', { class: 'finding-places' }, report.repairs.map((text) => h('li', { key: text }, text)))))
}
