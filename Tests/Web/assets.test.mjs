import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { filesEnding, lateImports, loadedWith, resources, staticImports, text } from './support/module-graph.mjs'

const modules = filesEnding('.js')
const index = text('index.html')
const linked = (pattern) => [...index.matchAll(pattern)].map(([, path]) => path)

test('every module that is imported exists, and every module is imported by somebody', () => {
  const imported = new Set(['app/main.js', 'app/theme.js'])
  for (const path of modules) {
    for (const target of [...staticImports(path), ...lateImports(path)]) {
      assert.ok(existsSync(join(resources, target)), `${path} imports ${target}`)
      imported.add(target)
    }
  }
  assert.deepEqual(modules.filter((path) => !imported.has(path)), [])
})

/** What the page starts with, and what nearly every page is made of. */
const first = ['app/main.js', 'app/dom/view.js', 'elements/page-head.js', 'elements/parts.js']

test('the page names in advance all modules that it starts with, so that none waits for another', () => {
  const started = [...loadedWith(...first)].filter((path) => path !== 'app/main.js').sort()
  assert.deepEqual(linked(/rel="modulepreload" href="\/assets\/([^"]+)"/g).sort(), started)
})

test('every style sheet is linked', () => {
  assert.deepEqual(linked(/rel="stylesheet" href="\/assets\/([^"]+)"/g).sort(), filesEnding('.css').sort())
})

test('the first load is at most 200 KB', () => {
  const files = [
    ...loadedWith('app/main.js', 'pages/home.js'), ...filesEnding('.css'), 'index.html', 'app/theme.js', 'favicon.svg'
  ]
  const bytes = files.reduce((sum, path) => sum + statSync(join(resources, path)).size, 0)
  assert.ok(bytes <= 200_000, `${bytes} bytes`)
})

test('nothing is asked of a network, and nothing stands inline that the policy forbids', () => {
  for (const path of [...modules, 'index.html', ...filesEnding('.css')]) {
    const source = text(path)
    assert.doesNotMatch(source, /(?:src|href)="https?:|@import|url\(\s*['"]?https?:|import\(?['"]https?:/, path)
    assert.doesNotMatch(source,
      /\.innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/,
      path)
    assert.doesNotMatch(source, /setAttribute\(['"]style['"]/, path)
  }
  assert.doesNotMatch(index, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
})

test('files stay small', () => {
  for (const path of [...modules, ...filesEnding('.css')]) {
    const lines = text(path).split('\n').length
    assert.ok(lines <= (path.endsWith('.css') ? 800 : 400), `${path} has ${lines} lines`)
  }
})

test('pure modules know no page', () => {
  for (const path of modules.filter((name) => name.startsWith('model/'))) {
    assert.doesNotMatch(text(path),
      /\b(?:document|window|localStorage|navigator|location|fetch|HTMLElement)\b\s*[.(]/,
      path)
    for (const target of staticImports(path)) assert.ok(target.startsWith('model/'), `${path} imports ${target}`)
  }
})

test('every custom element has one definition', () => {
  const names = modules.flatMap(
    (path) => [...text(path).matchAll(/customElements\.define\('([^']+)'/g)].map(([, name]) => name)
  )
  assert.equal(new Set(names).size, names.length)
  const pages = new Set([...text('app/routes.js').matchAll(/name: '([^']+)'/g)].map(([, name]) => name))
  for (const name of pages) assert.ok(names.includes(name), `${name} is not defined`)
})
