"""The grid of a container with 100,000 photos, scrolled from its top to its end."""

import seeding
from traces import traced

COUNT = 100_000
ELEMENTS = 400
NOTCH, FLICK = 100, 1_000
"""Pixels of a wheel's step: somebody who looks at the photos, and somebody who wants to get on."""
STEPS = 120
STOPS = 12


def seed(place):
    container, _ = place.container("grid bench", "many")
    seeding.fill(place, container["id"], COUNT)
    return container["id"]


def open_grid(place, container, query=""):
    page = place.page()
    page.goto(f"{place.house.url}/storage/{container}{query}")
    page.locator("photo-grid .cell img").first.wait_for()
    page.wait_for_timeout(1_500)
    return page


COUNT_ELEMENTS = """() => {
  window.mostElements = 0
  const count = () => {
    window.mostElements = Math.max(window.mostElements, document.querySelectorAll('*').length)
    requestAnimationFrame(count)
  }
  count()
}"""


def scroll(page):
    """From the top to the end: looking, then in a hurry, then with the bar at the side, pausing now and then."""
    page.mouse.move(640, 500)
    names = set()
    for _ in range(STEPS):
        page.mouse.wheel(0, NOTCH)
        page.wait_for_timeout(30)
        names |= set(page.evaluate(DRAWN))
    # Somebody who looks must see photos, or the figures would be those of empty places.
    seen = STEPS * NOTCH / page.evaluate(ROW_HEIGHT) * page.evaluate(COLUMNS)
    assert len(names) > 0.8 * seen, f"{len(names)} photos drawn of {seen:.0f}"
    for _ in range(STEPS):
        page.mouse.wheel(0, FLICK)
        page.wait_for_timeout(16)
    height = page.evaluate("document.documentElement.scrollHeight")
    start = page.evaluate("scrollY")
    for step in range(1, STEPS + 1):
        page.evaluate("(top) => scrollTo(0, top)", start + (height - start) * step / STEPS)
        page.wait_for_timeout(400 if step % (STEPS // STOPS) == 0 else 40)
    page.locator(f"photo-grid [data-index='{COUNT - 1}'] img").wait_for()
    page.wait_for_timeout(500)


DRAWN = """() => [...document.querySelectorAll('photo-grid .cell')]
  .filter((cell) => cell.querySelector('img')?.naturalWidth > 0).map((cell) => cell.dataset.index)"""
COLUMNS = """() => new Set([...document.querySelectorAll('photo-grid .cell')]
  .map((cell) => Math.round(cell.getBoundingClientRect().left))).size"""
ROW_HEIGHT = """() => {
  const tops = [...new Set([...document.querySelectorAll('photo-grid .cell')]
    .map((cell) => Math.round(cell.getBoundingClientRect().top)))].sort((a, b) => a - b)
  return tops[1] - tops[0]
}"""


def measure(place, figures, runs, explains):
    container = seed(place)
    for _ in range(runs):
        page = open_grid(place, container)
        page.evaluate(COUNT_ELEMENTS)
        found = []
        with traced(place.browser, page, found):
            scroll(page)
        [trace] = found
        trace.add_tasks(figures, "grid")
        figures.add("grid: most elements in the page", page.evaluate("window.mostElements"), ELEMENTS, "elements")
        if explains:
            trace.explain()
        page.context.close()
