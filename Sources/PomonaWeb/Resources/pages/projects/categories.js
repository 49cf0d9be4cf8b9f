// @ts-check
// Label categories: add, rename, colour, hotkey, order, merge, delete.

import { h } from '../../app/dom/h.js'
import { change, get, post, remove } from '../../app/net/client.js'
import { tagColor, tagColors } from '../../model/colors.js'
import { counted } from '../../model/format.js'
import { reservedKeys } from '../../model/keymap.js'
import { wrongName } from '../../model/names.js'
import { openDialog } from '../../elements/dialog.js'
import { choiceField, selectField, textField } from '../../elements/field.js'
import { fieldError } from '../../elements/group-dialog.js'
import { icon } from '../../elements/icon.js'
import { dot } from '../../elements/parts.js'
import { notifyProblem } from '../../elements/toast.js'

/** @param {any} view the details' element */
export function categoriesView(view) {
  const { project, isOwner } = view
  return [
    project.categories.length === 0 ? h('p', { class: 'muted' }, 'None yet: what is there to be found in the photos?')
      : h('ul', { class: 'list' },
        project.categories.map((category, index) => h('li',
          { class: 'list-row', key: category.id },
          dot(category.color),
          h('span', { class: 'grow strong clip' }, category.name),
          category.hotkey && h('kbd', { title: 'Hotkey' }, category.hotkey.toUpperCase()),
          h('span', { class: 'faint small nowrap' },
            counted(category.boxCount,
              project.kind === 'imageClassification' ? 'photo' : 'box',
              project.kind === 'imageClassification' ? 'photos' : 'boxes')),
          isOwner && h('span', { class: 'row tight' },
            h('button',
              {
                class: 'icon-button', type: 'button', disabled: index === 0, 'aria-label': `Move ${category.name} up`,
                onclick: (event) => moveUp(view, category.id, event.currentTarget),
              },
              icon('up')),
            h('button',
              {
                class: 'icon-button', type: 'button', 'aria-label': `Change ${category.name}`,
                onclick: () => editCategory(view, category),
              },
              icon('pencil')),
            project.categories.length > 1 && h('button',
              {
                class: 'icon-button', type: 'button', 'aria-label': `Merge ${category.name}`,
                title: 'Merge into another',
                onclick: () => mergeCategory(view, category),
              },
              icon('link')),
            h('button',
              {
                class: 'icon-button', type: 'button', 'aria-label': `Delete ${category.name}`,
                onclick: () => deleteCategory(view, category),
              },
              icon('clean')))))),
    isOwner && h('div', { class: 'row gap-above' },
      h('button',
        {
          class: ['button', project.categories.length === 0 && 'primary'], type: 'button',
          onclick: () => addCategories(view),
        },
        icon('plus'),
        'Add label categories')),
  ]
}

/** @param {any} view @param {string} categoryID @param {HTMLButtonElement} button that was pressed */
function moveUp(view, categoryID, button) {
  return view.inTurn(async () => {
    // A press before this one has moved it already.
    const ids = view.project.categories.map(({ id }) => id)
    const index = ids.indexOf(categoryID)
    if (index < 1) return
    ids.splice(index - 1, 0, ...ids.splice(index, 1))
    try {
      view.project = await post(`/projects/${view.project.id}/categories:order`, { ids })
      view.take(view.project)
      // The page shows the new order in a microtask that was asked for before this one.
      queueMicrotask(() => keepFocus(button))
    } catch (error) {
      notifyProblem(error)
    }
  })
}

/**
 * A row that moves loses the focus, and so does a button that cannot be pressed any more.
 *
 * @param {HTMLButtonElement} button
 */
function keepFocus(button) {
  if (document.activeElement !== document.body && document.activeElement !== button) return
  const next = /** @type {HTMLElement | null} */ (button.disabled ? button.nextElementSibling : button)
  next?.focus()
}

/** Several at once, one a line. @param {any} view */
async function addCategories(view) {
  let text = ''
  let isTried = false
  const taken = view.project.categories.map(({ name }) => name)
  const names = () => text.split('\n').map((line) => line.trim()).filter(Boolean)
  const wrong = () => {
    const list = names()
    if (list.length === 0) return 'At least one name is needed.'
    const twice = list.find((name, index) => list.indexOf(name) !== index)
    if (twice) return `“${twice}” stands there twice.`
    return list.map((name) => wrongName(name, taken)).find(Boolean)
  }
  await openDialog({
    title: 'Add label categories',
    body: (dialog) => textField({
      label: 'Names, one a line',
      isLong: true,
      value: text,
      autofocus: true,
      placeholder: 'apple\nbanana\norange',
      wrong: (isTried && wrong()) || fieldError(dialog.error, 'name'),
      oninput: (value) => {
        text = value
        dialog.update()
      },
    }),
    actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy }, 'Add'),
    submit: (dialog) => {
      isTried = true
      if (wrong()) return dialog.update()
      dialog.run(async () => {
        let project = view.project
        for (const name of names()) {
          const number = project.categories.length
          const used = new Set(project.categories.map(({ hotkey }) => hotkey))
          const hotkey = [...'123456789'].find((key) => !used.has(key))
          project = await post(`/projects/${project.id}/categories`, {
            name, color: tagColor(number), ...(hotkey && { hotkey }),
          })
          view.take(project)
        }
        return project
      })
    },
  })
}

/** @param {any} view @param {any} category */
async function editCategory(view, category) {
  const form = { name: category.name, color: category.color, hotkey: category.hotkey ?? '' }
  const others = view.project.categories.filter(({ id }) => id !== category.id)
  const wrongHotkey = () => {
    const key = form.hotkey.toUpperCase()
    if (key === '') return undefined
    if (!/^[A-Z1-9]$/.test(key)) return 'One letter or a digit from 1 to 9.'
    if (reservedKeys().has(key)) return `${key} means something else on the labeling page.`
    const other = others.find(({ hotkey }) => hotkey?.toUpperCase() === key)
    return other && `${key} is the hotkey of “${other.name}”.`
  }
  const wrong = () => wrongName(form.name, others.map(({ name }) => name))
  const project = await openDialog({
    title: `Change “${category.name}”`,
    fields: ['name', 'hotkey'],
    body: (dialog) => {
      const set = (value) => {
        Object.assign(form, value)
        dialog.update()
      }
      return h('div', { class: 'stack loose' },
        textField({
          label: 'Name', key: 'category-name', value: form.name, autofocus: true,
          wrong: wrong() ?? fieldError(dialog.error, 'name'), oninput: (name) => set({ name }),
        }),
        textField({
          label: 'Hotkey', value: form.hotkey, wrong: wrongHotkey() ?? fieldError(dialog.error, 'hotkey'),
          note: 'One key that chooses this category. Empty for none.',
          oninput: (hotkey) => set({ hotkey: hotkey.trim() }),
        }),
        h('fieldset', { class: 'field' },
          h('legend', { class: 'field-label' }, 'Colour'),
          h('div', { class: 'swatches' },
            tagColors.map((color, index) => h('label', { class: 'swatch', key: color, style: { background: color } },
              h('input', {
                type: 'radio', name: 'color', value: color, checked: form.color === color,
                'aria-label': `Colour ${index + 1}`, onchange: () => set({ color }),
              }))))))
    },
    actions: (dialog) => h('button',
      { class: 'button primary', type: 'submit', disabled: dialog.isBusy || Boolean(wrong() ?? wrongHotkey()) },
      'Save'),
    submit: (dialog) => {
      if (!wrong() && !wrongHotkey()) dialog.run(() => change(`/projects/${view.project.id}/categories/${category.id}`,
        { name: form.name.trim(), color: form.color, hotkey: form.hotkey.toLowerCase() }))
    },
  })
  if (project) view.take(project)
}

/** @param {any} view @param {any} category */
async function mergeCategory(view, category) {
  const others = view.project.categories.filter(({ id }) => id !== category.id)
  let into = others[0].id
  const project = await openDialog({
    title: `Merge “${category.name}” into another`,
    body: (dialog) => selectField({
      label: 'Into',
      value: into,
      choices: others.map(({ id, name }) => ({ value: id, label: name })),
      note: 'Its boxes get the other category; then it is gone.',
      onchange: (value) => {
        into = value
        dialog.update()
      },
    }),
    actions: (dialog) => h('button', { class: 'button primary', type: 'submit', disabled: dialog.isBusy }, 'Merge'),
    submit: (dialog) => dialog.run(() => post(`/projects/${view.project.id}/categories/${category.id}:merge`,
      { into })),
  })
  if (project) view.take(project)
}

/** @param {any} view @param {any} category */
async function deleteCategory(view, category) {
  const others = view.project.categories.filter(({ id }) => id !== category.id)
  const form = { boxes: others.length > 0 ? 'move' : 'delete', into: others[0]?.id ?? '' }
  // Somebody may label while the dialog is open: what is said about boxes is what was shown, and no more.
  const boxCount = () => view.project.categories.find(({ id }) => id === category.id)?.boxCount ?? 0
  let shown = 0
  const project = await openDialog({
    title: `Delete “${category.name}”`,
    body: (dialog) => (shown = boxCount()) === 0 ? h('p', null, 'It has no boxes.') : h('div', { class: 'stack loose' },
      choiceField({
        legend: `What happens to its ${counted(shown, 'box', 'boxes')}`,
        name: 'boxes',
        value: form.boxes,
        choices: [
          { value: 'move', label: 'They get another category', disabled: others.length === 0 },
          { value: 'delete', label: 'They are deleted', note: 'They stay in the history of each photo.' },
        ],
        onchange: (boxes) => {
          form.boxes = boxes
          dialog.update()
        },
      }),
      form.boxes === 'move' && selectField({
        label: 'Which',
        value: form.into,
        choices: others.map(({ id, name }) => ({ value: id, label: name })),
        onchange: (into) => {
          form.into = into
          dialog.update()
        },
      })),
    actions: (dialog) => h('button', { class: 'button danger', type: 'submit', disabled: dialog.isBusy }, 'Delete'),
    submit: (dialog) => dialog.run(async () => {
      const path = `/projects/${view.project.id}`
      try {
        return await remove(`${path}/categories/${category.id}`,
          shown === 0 ? {} : form.boxes === 'move' ? form : { boxes: 'delete' })
      } catch (error) {
        // It has boxes since: the dialog shows the choice with the refusal.
        if (/** @type {any} */ (error).code === 'choiceNeeded') {
          view.project = await get(path)
          view.take(view.project)
        }
        throw error
      }
    }),
  })
  if (project) view.take(project)
}
