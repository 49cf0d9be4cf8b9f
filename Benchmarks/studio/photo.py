"""A photo's page, opened by a double click in the grid: small photos among 100,000, and photos of 12 megapixels."""

import grid
from pictures import jpeg

WIDTH, HEIGHT = 4000, 3000
OPENED = 200
EACH = 3
"""Photos opened one after the other, the newest first; each run takes others, so that no picture is ready from before."""

# A photo counts as drawn with its first pixels, which may be those of its thumbnail, and as sharp with those that are wanted.
WATCH = """(sharp) => {
  window.drawn = window.sharp = null
  const { drawImage } = CanvasRenderingContext2D.prototype
  addEventListener('dblclick', () => {
    const start = performance.now()
    CanvasRenderingContext2D.prototype.drawImage = function (...words) {
      drawImage.apply(this, words)
      const isSharp = words[0].width >= sharp
      if (isSharp) CanvasRenderingContext2D.prototype.drawImage = drawImage
      // The frame that holds it has gone to the screen when the next one begins.
      requestAnimationFrame(() => {
        window.drawn ??= performance.now() - start
        if (isSharp) window.sharp = performance.now() - start
      })
    }
  }, { capture: true, once: true })
}"""


def open_photos(place, container, first, sharp):
    """Milliseconds from the double click to the photo, drawn and sharp: for the first of a fresh page, and those after it."""
    page = grid.open_grid(place, container, "?sort=-createdAt")
    times = []
    for index in range(first, first + EACH):
        cell = page.locator(f"photo-grid [data-index='{index}']")
        cell.locator("img").wait_for()
        page.wait_for_timeout(500)
        page.evaluate(WATCH, sharp)
        cell.dblclick()
        page.wait_for_function("() => window.sharp !== null")
        times.append((page.evaluate("window.drawn"), page.evaluate("window.sharp")))
        page.go_back()
    page.context.close()
    return times


def seed_large(place, count):
    container, _ = place.container("photo bench", "large")
    there = {item["name"] for item in place.items(f"/containers/{container['id']}/blobs?limit=500")}
    names = [f"large-{number:03}.jpg" for number in range(len(there), len(there) + count)]
    for number, name in enumerate(names):
        place.upload(container["id"], name, jpeg(WIDTH, HEIGHT, len(there) + number))
    return container["id"]


def measure(place, figures, runs, explains):
    small = grid.seed(place)
    large = seed_large(place, runs * EACH)
    for run in range(runs):
        for name, container, sharp in (("small", small, 1), ("12 megapixels", large, 1_500)):
            times = open_photos(place, container, run * EACH, sharp)
            for which, found in (("first of a fresh page", times[:1]), ("after others", times[1:])):
                figures.add(f"photo: {name}, {which}, drawn", max(drawn for drawn, _ in found), OPENED)
                figures.add(f"photo: {name}, {which}, sharp", max(sharp for _, sharp in found))
