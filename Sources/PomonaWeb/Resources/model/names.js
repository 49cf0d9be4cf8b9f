// @ts-check
// What names may look like, said beside the field before anything is sent. Each answers what is wrong, or nothing.

/**
 * Names of groups, datasets, models and projects.
 *
 * @param {string} name
 * @param {string[]} [taken]
 * @returns {string | undefined}
 */
export function wrongName(name, taken = []) {
  const text = name.trim()
  if (text === '') return 'A name is needed.'
  if ([...text].length > 255) return `A name has at most 255 characters; this one has ${[...text].length}.`
  if (!/^[\p{L}\p{N}]/u.test(text)) return 'A name begins with a letter or a digit.'
  const odd = /[^\p{L}\p{M}\p{N} ._-]/u.exec(text)
  if (odd) return `“${odd[0]}” cannot be part of a name: letters, digits, spaces, “.”, “_” and “-” can.`
  if (taken.includes(text)) return `“${text}” exists already.`
  return undefined
}

/**
 * Names of storage accounts, as in Azure.
 *
 * @param {string} name
 * @param {string[]} [taken]
 * @returns {string | undefined}
 */
export function wrongAccountName(name, taken = []) {
  if (name === '') return 'A name is needed.'
  if (!/^[a-z0-9]+$/.test(name)) return 'Only small letters a–z and digits are possible here.'
  if (name.length < 3 || name.length > 24) return 'The name needs 3 to 24 characters.'
  if (taken.includes(name)) return `“${name}” exists already.`
  return undefined
}

/**
 * Names of containers, as in Azure.
 *
 * @param {string} name
 * @param {string[]} [taken]
 * @returns {string | undefined}
 */
export function wrongContainerName(name, taken = []) {
  if (name === '') return 'A name is needed.'
  if (!/^[a-z0-9-]+$/.test(name)) return 'Only small letters a–z, digits and hyphens are possible here.'
  if (name.length < 3 || name.length > 63) return 'The name needs 3 to 63 characters.'
  if (/^-|-$|--/.test(name)) return 'A hyphen stands alone between letters or digits.'
  if (taken.includes(name)) return `“${name}” exists already.`
  return undefined
}

/**
 * A storage account's name made of any text: `My Fruit!` becomes `myfruit`.
 *
 * @param {string} text
 */
export function accountNameFrom(text) {
  const plain = text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 24)
  return plain.length >= 3 ? plain : ''
}
