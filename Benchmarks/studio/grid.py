"""The grid of a container with 100,000 photos, scrolled from its top to its end."""

import seeding
from traces import traced

COUNT = 100_000
ELEMENTS = 400
WHEEL = 1_000
"""Pixels of a wheel's step: a strong flick."""
STEPS = 240


def seed(place):
    container, _ = place.container("grid bench", "many")
    seeding.fill(place, container["id"], COUNT)
    return container["id"]


def open_grid(place, container):
    page = place.page()
    page.goto(f"{place.house.url}/storage/{container}")
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
    """From the top to the end: through the first screens step by step, then by leaps, as with the bar at the side."""
    page.mouse.move(640, 500)
    for _ in range(STEPS // 2):
        page.mouse.wheel(0, WHEEL)
        page.wait_for_timeout(16)
    height = page.evaluate("document.documentElement.scrollHeight")
    for step in range(1, STEPS // 2 + 1):
        page.evaluate("(top) => scrollTo(0, top)", height * step / (STEPS // 2))
        page.mouse.wheel(0, WHEEL)
        page.wait_for_timeout(50)
    for _ in range(10):
        page.mouse.wheel(0, -WHEEL)
        page.wait_for_timeout(16)
    page.mouse.wheel(0, 1_000_000)
    page.locator(f"photo-grid [data-index='{COUNT - 1}'] img").wait_for()
    page.wait_for_timeout(500)


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
