import { readFileSync } from 'node:fs'

// The commands' own file reaches for the page's elements, which node does not have: its keys are read from the text.
const text = readFileSync(new URL('../../../Sources/PomonaWeb/Resources/labeling/commands.js', import.meta.url), 'utf8')

/** Names of the commands that the labeling page carries out. */
export const commands = new Set([...text.matchAll(/^ {2}(\w+): \(page\) =>/gm)].map(([, name]) => name))
