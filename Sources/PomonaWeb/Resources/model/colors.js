// @ts-check
// Colours of tags: told apart on photos, in light and in dark, and by most who see colours differently.

export const tagColors = [
  '#e8503a', '#f2a900', '#2f8de4', '#8a5cf0', '#12a66a', '#e0559f', '#00a5b5', '#8fae1b', '#f07c2c', '#5c6f8f',
  '#b5483a', '#b98500', '#1d63ad', '#6237c4', '#0b7549', '#a8326f', '#007785', '#61790b', '#b5541a', '#3d4b63',
]

/**
 * The colour of the tag at `index` in its list.
 *
 * @param {number} index
 */
export function tagColor(index) {
  return tagColors[((index % tagColors.length) + tagColors.length) % tagColors.length]
}

/**
 * Colours for a list of tag names, by name.
 *
 * @param {string[]} names
 * @returns {Map<string, string>}
 */
export function colorsOf(names) {
  return new Map(names.map((name, index) => [name, tagColor(index)]))
}

/**
 * The colour, of dark and light ink, that reads better on `background`.
 *
 * @param {string} background `#rrggbb`
 */
export function inkOn(background) {
  const [red, green, blue] = [1, 3, 5].map((place) => {
    const value = Number.parseInt(background.slice(place, place + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return luminance > 0.19 ? '#101412' : '#ffffff'
}
