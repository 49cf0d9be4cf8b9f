// Runs before the first paint, so that a dark page never flashes in light. A classic script: modules run too late.
(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('pomona.theme')
  } catch (error) {
    // Without storage the system's choice holds.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light'
})()
