"""The labeling page with photos of 50 megapixels and 200 boxes: drawing, moving and panning by real mouse events."""

import contextlib
import uuid

from pictures import jpeg
from traces import POINTER, traced

WIDTH, HEIGHT = 8660, 5773
BOXES = 200
PHOTOS = 6
HANDLER, NEXT = 4, 100
MARGIN = 16


def boxes(categories):
    """Twenty columns of ten boxes, so that there is room between them to begin new ones."""
    for index in range(BOXES):
        column, row = index % 20, index // 20
        left, top = 60 + column * 430, 60 + row * 570
        yield {"id": str(uuid.uuid4()), "categoryID": categories[index % len(categories)],
               "box": {"xMin": left, "yMin": top, "xMax": left + 260, "yMax": top + 330}}


def seed(place):
    """A running project with its photos, each with its boxes; the one of an earlier run where there is one."""
    container, group = place.container("labeling bench", "large")
    projects = place.items(f"/groups/{group}/projects")
    if projects:
        return projects[0]["id"]
    for number in range(PHOTOS):
        place.upload(container["id"], f"large-{number}.jpg", jpeg(WIDTH, HEIGHT, number))
    dataset = place.call("POST", f"/groups/{group}/datasets", {
        "name": "large", "kind": "imageObjectDetection", "containerID": container["id"], "allowsReadWrite": True})
    project = place.call("POST", f"/datasets/{dataset['id']}/projects", {"name": "large"})["id"]
    for name in ("apple", "banana", "orange"):
        place.call("POST", f"/projects/{project}/categories", {"name": name})
    place.call("POST", f"/projects/{project}:start")
    return project


def fill(place, project):
    """Gives every photo its boxes again and puts it back into the queue."""
    categories = [item["id"] for item in place.call("GET", f"/projects/{project}")["categories"]]
    for task in place.items(f"/projects/{project}/tasks?limit=500"):
        if task["state"] == "submitted":
            place.call("POST", f"/projects/{project}/tasks:review", {
                "edit": str(uuid.uuid4()), "verdict": "reject", "words": "", "taskIDs": [task["id"]]})
            task = place.call("GET", f"/projects/{project}/tasks/{task['id']}")
        place.call("PUT", f"/projects/{project}/tasks/{task['id']}/annotations", {
            "edit": str(uuid.uuid4()), "baseRevision": task["revision"], "annotations": list(boxes(categories))})


class Stage:
    """Where pixels of the photo are on the page while it is shown whole."""

    def __init__(self, page):
        self.page = page
        self.box = page.locator("photo-canvas").bounding_box()
        self.scale = min((self.box["width"] - 2 * MARGIN) / WIDTH, (self.box["height"] - 2 * MARGIN) / HEIGHT)

    def at(self, x, y):
        left = self.box["x"] + (self.box["width"] - WIDTH * self.scale) / 2
        top = self.box["y"] + (self.box["height"] - HEIGHT * self.scale) / 2
        return left + x * self.scale, top + y * self.scale

    def drag(self, start, end, steps=40, button="left"):
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down(button=button)
        for step in range(1, steps + 1):
            mouse.move(start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)
        mouse.up(button=button)


def shown(page):
    """Waits until the photo and its boxes are drawn and nothing is left to do."""
    page.locator("photo-canvas").wait_for()
    page.wait_for_function("""() => {
      const canvas = document.querySelector('photo-canvas canvas')
      return canvas && canvas.width > 1
        && canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3] > 0
    }""")
    page.wait_for_timeout(1_500)


def work(page):
    """Hovering, drawing, moving and resizing boxes, then panning over the photo, whole and close up."""
    stage = Stage(page)
    stage.page.mouse.move(*stage.at(0, 0))
    for step in range(60):
        stage.page.mouse.move(*stage.at(WIDTH * step / 60, HEIGHT * step / 60))
    # Drawing begins in the lane between two columns of boxes.
    stage.drag(stage.at(360, 200), stage.at(3_000, 3_000))
    page.keyboard.press("Escape")
    # A drawn box over others moves by its middle when it alone lies there: at the lane between rows.
    stage.drag(stage.at(4_660, 440), stage.at(6_000, 1_500))
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    stage.drag(stage.at(190, 225), stage.at(2_400, 2_500))
    page.keyboard.press("Escape")
    stage.drag(stage.at(640, 120), stage.at(1_500, 900))
    page.keyboard.press("Escape")
    # Closer: the whole photo's own pixels are asked for and panned over.
    center = stage.at(WIDTH / 2, HEIGHT / 2)
    page.mouse.move(*center)
    for _ in range(8):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(60)
    page.wait_for_timeout(2_500)
    for end in [(-300, -150), (250, 120), (-200, 160)]:
        stage.drag(center, (center[0] + end[0], center[1] + end[1]), button="middle")
    for _ in range(8):
        page.mouse.wheel(0, 120)
        page.wait_for_timeout(60)
    page.keyboard.press("0")
    page.wait_for_timeout(300)


def check_work(place, project, page):
    """The mouse must have done what was meant, or the figures would be those of idle hands."""
    page.wait_for_timeout(1_000)
    task = page.url.split("/")[-1].split("?")[0]
    found = place.call("GET", f"/projects/{project}/tasks/{task}")["annotations"]
    corners = {(item["box"]["xMin"], item["box"]["yMin"]) for item in boxes(["any"])}
    elsewhere = sum((item["box"]["xMin"], item["box"]["yMin"]) not in corners for item in found)
    assert len(found) == BOXES + 2 and elsewhere == 4, f"{len(found)} boxes, {elsewhere} of them new or moved"


NEXT_SHOWN = """() => {
  window.nextShown = null
  const heading = document.querySelector('.labeling-name')
  const before = heading.textContent
  const { drawImage } = CanvasRenderingContext2D.prototype
  addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    const start = performance.now()
    CanvasRenderingContext2D.prototype.drawImage = function (...words) {
      drawImage.apply(this, words)
      if (document.querySelector('.labeling-name')?.textContent === before) return
      CanvasRenderingContext2D.prototype.drawImage = drawImage
      // The frame that holds the photo has gone to the screen when the next one begins.
      requestAnimationFrame(() => { window.nextShown = performance.now() - start })
    }
  }, { capture: true, once: true })
}"""


def submits(page, figures, seen):
    """From Enter until the next photo's pixels are on its canvas."""
    times = []
    for _ in range(PHOTOS - 2):
        page.wait_for_timeout(2_500)
        page.evaluate(NEXT_SHOWN)
        with seen():
            page.keyboard.press("Enter")
            page.wait_for_function("() => window.nextShown !== null")
        times.append(page.evaluate("window.nextShown"))
    figures.add("labeling: next photo after Submit, slowest of 4", max(times), NEXT)


def measure(place, figures, runs, explains):
    project = seed(place)
    for _ in range(runs):
        fill(place, project)
        page = place.page()
        page.goto(f"{place.house.url}/label/{project}")
        shown(page)
        before = page.evaluate("document.querySelectorAll('.box-item').length")
        assert before == BOXES, before
        found = []
        with traced(place.browser, page, found):
            work(page)
        check_work(place, project, page)
        [trace] = found
        for kind in POINTER:
            clock, processor = trace.dispatches(kind)
            figures.add(f"labeling: longest {kind} listener of {len(clock)}", max(clock), HANDLER)
            figures.add(f"labeling: longest {kind} listener of {len(clock)}, on the processor", max(processor), HANDLER)
        trace.add_tasks(figures, "labeling")
        if explains:
            trace.explain()
            trace.explain_dispatches()
        # Tracing slows: the time until the next photo is measured without it, unless somebody asks why.
        submits(page, figures, (lambda: traced(place.browser, page, found)) if explains else contextlib.nullcontext)
        for trace in found[1:]:
            trace.explain()
        page.context.close()
