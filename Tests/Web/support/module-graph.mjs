import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that is served under `/assets`. */
export const resources = fileURLToPath(new URL('../../../Sources/PomonaWeb/Resources', import.meta.url))

/** @param {string} path below the folder */
export const text = (path) => readFileSync(join(resources, path), 'utf8')

/** @param {string} path @returns {string[]} what a module imports when it is loaded */
export function staticImports(path) {
  return [
    ...text(path).matchAll(/^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm)
  ].map(([, name]) => join(dirname(path), name))
}

/** @param {string} path @returns {string[]} what a module imports when it is needed */
export function lateImports(path) {
  return [...text(path).matchAll(/import\(['"](\.[^'"]+)['"]\)/g)].map(([, name]) => join(dirname(path), name))
}

/** @param {string[]} entries @returns {Set<string>} everything loaded with them */
export function loadedWith(...entries) {
  const seen = new Set()
  const waiting = [...entries]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    waiting.push(...staticImports(path))
  }
  return seen
}

/** @param {string} ending @returns {string[]} */
export function filesEnding(ending) {
  return readdirSync(resources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending)).map((entry) => relative(resources,
      join(entry.parentPath ?? entry.path, entry.name)))
}
