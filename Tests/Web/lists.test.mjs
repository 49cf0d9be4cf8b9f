import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tagCounts } from '../../Sources/PomonaWeb/Resources/model/annotations.js'
import {
  hasApprovable, isFiltered, isTaskFiltered, labelsChosen, leftOutSwitched, photoFilter, photoQuery, reviewFilter,
  stateSwitched, tagSwitched, taskFilter, taskQuery
} from '../../Sources/PomonaWeb/Resources/model/filters.js'
import {
  cellPlace, gridLayout, pagesOf, stepFrom, visibleRange
} from '../../Sources/PomonaWeb/Resources/model/grid-layout.js'
import { matchRoute, queryText } from '../../Sources/PomonaWeb/Resources/model/routes.js'
import { extended, nothingSelected, toggled } from '../../Sources/PomonaWeb/Resources/model/selection.js'

const routes = [
  { pattern: '/', name: 'home' }, { pattern: '/models/new', name: 'train' }, { pattern: '/models/:id', name: 'model' },
  { pattern: '/datasets/:id/photos/:photo', name: 'photo' }
]

test('paths lead to pages, the first that fits', () => {
  assert.equal(matchRoute(routes, '/')?.name, 'home')
  assert.equal(matchRoute(routes, '/models/new')?.name, 'train')
  assert.deepEqual(matchRoute(routes, '/models/m%207/')?.params, { id: 'm 7' })
  assert.deepEqual(matchRoute(routes, '/datasets/d1/photos/p2')?.params, { id: 'd1', photo: 'p2' })
  assert.equal(matchRoute(routes, '/datasets/d1'), undefined)
  assert.equal(matchRoute(routes, '/models/%E0%A4%A'), undefined)
})

test('filters survive the way through the address', () => {
  const filter = { tags: ['apple', 'a&b'], labels: 'with', search: 'img 7' }
  assert.deepEqual(photoFilter(new URLSearchParams(queryText(photoQuery(filter)))), filter)
  const tasks = {
    states: ['submitted', 'approved'], categoryID: 'c1', labelerID: '', disagreement: 0.35, search: 'x',
    isLeftOut: false, sort: '-updatedAt'
  }
  assert.deepEqual(taskFilter(new URLSearchParams(queryText(taskQuery(tasks)))), tasks)
  const leftOut = leftOutSwitched(tasks)
  assert.deepEqual(taskFilter(new URLSearchParams(queryText(taskQuery(leftOut)))), leftOut)
})

test('photos left out of a project have no state to ask for', () => {
  const all = taskFilter(new URLSearchParams('state=skipped&search=a'))
  const leftOut = leftOutSwitched(all)
  assert.deepEqual([leftOut.states, leftOut.isLeftOut, leftOut.search], [[], true, 'a'])
  assert.deepEqual(reviewFilter(leftOut), { state: [], search: 'a', leftOut: true })
  const submitted = stateSwitched(leftOut, 'submitted')
  assert.deepEqual([submitted.states, submitted.isLeftOut], [['submitted'], false])
  assert.deepEqual(stateSwitched(submitted, 'submitted').states, [])
})

test('a filter under which nothing waits for an approval offers none', () => {
  const under = (words) => hasApprovable(taskFilter(new URLSearchParams(words)))
  assert.deepEqual(['', 'state=submitted', 'state=needsReview&state=preLabeled', 'search=a'].map(under), [
    true, true, true, true
  ])
  assert.deepEqual(['state=preLabeled', 'state=approved&state=rejected', 'leftOut=1'].map(under), [false, false, false])
})

test('an order hides no photo, everything else in a filter does', () => {
  const isIt = (words) => isTaskFiltered(taskFilter(new URLSearchParams(words)))
  assert.deepEqual(['', 'sort=-updatedAt'].map(isIt), [false, false])
  for (const words of ['state=submitted', 'categoryID=c1', 'labelerID=p1', 'disagreement=0.2', 'search=a', 'leftOut=1']) {
    assert.equal(isIt(words), true, words)
  }
})

test('nonsense in the address is no filter', () => {
  assert.equal(isFiltered(photoFilter(new URLSearchParams('labels=maybe'))), false)
  assert.equal(taskFilter(new URLSearchParams('disagreement=7')).disagreement, 0)
})

test('asking for a tag and for photos without labels exclude one another', () => {
  const without = labelsChosen({ tags: ['apple'], labels: 'any', search: '' }, 'without')
  assert.deepEqual(without.tags, [])
  assert.equal(tagSwitched(without, 'apple').labels, 'any')
  assert.deepEqual(tagSwitched(tagSwitched(without, 'apple'), 'apple').tags, [])
})

test('a review of everything shown says what is shown', () => {
  assert.deepEqual(
    reviewFilter({
      states: ['submitted'], categoryID: '', labelerID: 'u2', disagreement: 0, search: '', isLeftOut: false, sort: '-updatedAt'
    }),
    { state: ['submitted'], labelerID: 'u2' })
})

test('a grid of a hundred thousand has few cells in sight', () => {
  const layout = gridLayout({ width: 1000, count: 100_000, wanted: 170, gap: 12, footer: 30 })
  assert.equal(layout.columns, 5)
  const range = visibleRange(layout, { top: 1_000_000, height: 800, count: 100_000 })
  assert.ok(range.end - range.first <= 50)
  const { y } = cellPlace(layout, range.first)
  assert.ok(y <= 1_000_000 && y > 1_000_000 - 400)
})

test('nothing is in sight of an empty grid, and everything of a small one', () => {
  const layout = gridLayout({ width: 500, count: 3, wanted: 170, gap: 12, footer: 30 })
  assert.deepEqual(visibleRange(layout, { top: 0, height: 800, count: 3 }), { first: 0, end: 3 })
  assert.deepEqual(visibleRange(layout, { top: 0, height: 800, count: 0 }), { first: 0, end: 0 })
})

test('a range touches the pages it lies in', () => {
  assert.deepEqual(pagesOf({ first: 90, end: 210 }, 100), [0, 1, 2])
  assert.deepEqual(pagesOf({ first: 100, end: 200 }, 100), [1])
  assert.deepEqual(pagesOf({ first: 5, end: 5 }, 100), [])
})

test('keys lead through a grid and stop at its ends', () => {
  const grid = { columns: 5, count: 23, rows: 3 }
  assert.equal(stepFrom('ArrowDown', 7, grid), 12)
  assert.equal(stepFrom('ArrowDown', 21, grid), 22)
  assert.equal(stepFrom('Home', 21, grid), 0)
  assert.equal(stepFrom('PageDown', 1, grid), 16)
  assert.equal(stepFrom('x', 1, grid), undefined)
})

test('choosing: one, one more, all between, one less', () => {
  const idAt = (index) => index === 3 ? undefined : `p${index}`
  let chosen = toggled(nothingSelected(), 'p1', 1)
  chosen = extended(chosen, 4, idAt)
  assert.deepEqual([...chosen.ids].sort(), ['p1', 'p2', 'p4'])
  chosen = toggled(chosen, 'p2', 2)
  assert.deepEqual([...chosen.ids].sort(), ['p1', 'p4'])
  assert.equal(chosen.anchor, 2)
})

test('labels are counted by tag in the order of the project, those of tags that are gone last', () => {
  const categories = [{ id: 'a', name: 'apple', color: '#111111' }, { id: 'b', name: 'banana', color: '#222222' }]
  const list = ['gone', 'b', 'a', 'b'].map((categoryID) => ({ categoryID }))
  assert.deepEqual(tagCounts(list, categories).map(({ id, count }) => [id, count]), [['a', 1], ['b', 2], ['gone', 1]])
  assert.deepEqual(tagCounts([], categories), [])
})
