// @ts-check
// The studio's icons: 20 x 20, drawn with one stroke width.

import { h } from '../app/dom/h.js'

/** @type {Record<string, string>} */
const paths = {
  home: 'M3 9.5 10 3.5l7 6M5 8.2V16.5h3.6v-4.2h2.8v4.2H15V8.2',
  storage: 'M3.5 5.5c0-1.1 2.9-2 6.5-2s6.5.9 6.5 2-2.9 2-6.5 2-6.5-.9-6.5-2ZM3.5 5.5v9c0 1.1 2.9 2 6.5 2s6.5-.9 6.5-2v-9M3.5 10c0 1.1 2.9 2 6.5 2s6.5-.9 6.5-2',
  dataset: 'M3.5 3.5h5.5V9H3.5zM11 3.5h5.5V9H11zM3.5 11H9v5.5H3.5zM11 11h5.5v5.5H11z',
  label: 'M3.5 10.4V3.5h6.9l6.1 6.1-6.9 6.9zM6.8 6.8h.01',
  model: 'M10 3l6 3.4v7.2L10 17l-6-3.4V6.4zM4 6.4l6 3.4 6-3.4M10 9.8V17',
  try: 'M2.5 10S5.2 4.8 10 4.8 17.5 10 17.5 10 14.8 15.2 10 15.2 2.5 10 2.5 10ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  eye: 'M2.5 10S5.2 4.8 10 4.8 17.5 10 17.5 10 14.8 15.2 10 15.2 2.5 10 2.5 10ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  eyeOff: 'M3.5 3.5l13 13M8 5.1A7 7 0 0 1 10 4.8c4.8 0 7.5 5.2 7.5 5.2a13 13 0 0 1-2.3 2.9M5.5 6.6A13 13 0 0 0 2.5 10S5.2 15.2 10 15.2a7 7 0 0 0 3.2-.8',
  jobs: 'M3.5 5h2M3.5 10h2M3.5 15h2M8.5 5h8M8.5 10h8M8.5 15h8',
  key: 'M12.5 10.5a3.8 3.8 0 1 0-3.3-3.3L3.5 13v3.5H7V14.5h2v-2h1.5zM13.5 6.5h.01',
  clean: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.2v4.3M10 6.5h.01',
  plus: 'M10 4v12M4 10h12', minus: 'M4 10h12', check: 'M4 10.5l4 4 8-9', close: 'M5 5l10 10M15 5 5 15',
  up: 'M5 12l5-5 5 5', down: 'M5 8l5 5 5-5', left: 'M12 5l-5 5 5 5', right: 'M8 5l5 5-5 5',
  upload: 'M10 13V3.5M6 7.5l4-4 4 4M3.5 13v3.5h13V13', download: 'M10 3.5V13M6 9l4 4 4-4M3.5 13v3.5h13V13',
  copy: 'M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5z', refresh: 'M16 10a6 6 0 1 1-1.8-4.3L16.5 8M16.5 3.5V8H12',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.8 3.8',
  play: 'M6 3.8v12.4L16 10z', pause: 'M6.5 4v12M13.5 4v12',
  undo: 'M7.5 4.5 3.5 8.5l4 4M3.5 8.5H12a4.3 4.3 0 0 1 0 8.6H8.5',
  redo: 'M12.5 4.5l4 4-4 4M16.5 8.5H8a4.3 4.3 0 0 0 0 8.6h3.5',
  box: 'M4 4h12v12H4zM2.5 4h3M4 2.5v3M14.5 16h3M16 14.5v3', move: 'M4.5 3.5 15.5 9l-5 1.6-2 5z',
  hand: 'M6.5 10V5.3a1.2 1.2 0 0 1 2.4 0V9M8.9 9V4.3a1.2 1.2 0 0 1 2.4 0V9M11.3 9V5.3a1.2 1.2 0 0 1 2.4 0v5.9c0 3.2-1.5 5.3-4.2 5.3-2.3 0-3.3-1.1-4.3-3L3.7 11a1.2 1.2 0 0 1 2-1.2l.8 1.2',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9', unlock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 5.8-1',
  template: 'M4 4h3M9 4h2M13 4h3v3M16 9v2M16 13v3h-3M11 16H9M7 16H4v-3M4 11V9M4 7V4M10 8v4M8 10h4',
  sparkle: 'M9 3.5l1.5 4.5L15 9.5 10.5 11 9 15.5 7.5 11 3 9.5 7.5 8zM15.5 13l.7 1.8 1.8.7-1.8.7-.7 1.8-.7-1.8-1.8-.7 1.8-.7z',
  warn: 'M10 3.5l7.5 13h-15zM10 8.5v3.8M10 14.3h.01', moon: 'M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8Z',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3',
  help: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7.8 8a2.2 2.2 0 1 1 3.3 2c-.8.4-1.1.8-1.1 1.5M10 13.8h.01',
  camera: 'M3 6.5h3l1.3-2h5.4l1.3 2h3v9.5H3zM10 13.7a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  image: 'M3.5 4h13v12h-13zM3.5 13.5l4-4 3.5 3.5 2-2 3.5 3M12.5 7.3h.01',
  folder: 'M3 5h5l1.5 2H17v9H3z', link: 'M8.5 11.5l3-3M7 9 5 11a2.8 2.8 0 0 0 4 4l2-2M13 11l2-2a2.8 2.8 0 0 0-4-4L9 7',
  people: 'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.5 16c0-2.5 2.2-4.3 5-4.3s5 1.8 5 4.3M13 9.3a2.3 2.3 0 1 0-.8-4.5M14 11.9c2.1.3 3.5 1.9 3.5 4.1',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.2l2.8 1.8',
  chart: 'M3.5 3.5v13h13M7 13.5v-3M10.5 13.5V6.5M14 13.5V9',
  pencil: 'M4 16l.7-3.5 8.6-8.6 2.8 2.8-8.6 8.6zM11.8 5.4l2.8 2.8',
  fit: 'M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4', file: 'M5 3h6.5L15 6.5V17H5zM11.5 3v3.5H15',
  similar: 'M3.5 3.5h6v6h-6zM12.5 6.5h4M10.5 10.5h6v6h-6zM3.5 13.5h4',
  skip: 'M4.5 4.5 10 10l-5.5 5.5M11 4.5l5.5 5.5-5.5 5.5',
  stop: 'M5.5 5.5h9v9h-9z',
  layers: 'M10 3.5l7 3.5-7 3.5L3 7zM3 10.5l7 3.5 7-3.5M3 13.8l7 3.5 7-3.5',
}

/**
 * One icon; decoration unless `label` names it.
 *
 * @param {string} name
 * @param {{label?: string, class?: string}} [options]
 */
export function icon(name, { label, class: extra } = {}) {
  return h('svg', {
    class: ['icon', extra], viewBox: '0 0 20 20', 'aria-hidden': label ? null : 'true', role: label ? 'img' : null,
    'aria-label': label ?? null, focusable: 'false',
  }, h('path', { d: paths[name] ?? paths.info }))
}

/** The studio's mark: an apple within the corners of a found object. */
export function mark() {
  return h('svg', { class: 'mark', viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    h('path', { class: 'mark-corner', d: 'M4 10V4h6M22 4h6v6M28 22v6h-6M10 28H4v-6' }),
    h('path', {
      class: 'mark-apple',
      d: 'M16 13.2c-1.5-1.2-3-1.5-4.5-.9-2 .8-3 3-2.7 5.5.4 3.6 2.7 6.2 4.7 6.2.9 0 1.6-.5 2.5-.5s1.6.5 2.5.5c2 0 4.3-2.6 4.7-6.2.3-2.5-.7-4.7-2.7-5.5-1.5-.6-3-.3-4.5.9Z',
    }),
    h('path', { class: 'mark-leaf', d: 'M16.3 11.5c-.2-2.6 1.3-4.5 4-4.8.2 2.7-1.3 4.6-4 4.8Z' }))
}
