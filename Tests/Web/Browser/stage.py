"""What the labeling page's rows do on its stage, and what they wait for."""

import contextlib

from studio import expect
from walk import wait

import photos


def tasks(studio, query=""):
    return studio.items(f"/projects/{studio.project}/tasks?limit=500{query}")


def current(studio, page=None):
    """The photo that is shown, as the server has it."""
    url = (page or studio.page).url
    return studio.call("GET", f"/projects/{studio.project}/tasks/{url.split('/')[-1].split('?')[0]}")


def on_screen(studio, x, y, page=None):
    """Where a pixel of the photo is: the page fits the photo into its stage with a margin of 16 pixels."""
    stage = (page or studio.page).locator("photo-canvas").bounding_box()
    scale = min((stage["width"] - 32) / photos.WIDTH, (stage["height"] - 32) / photos.HEIGHT)
    left = stage["x"] + (stage["width"] - photos.WIDTH * scale) / 2
    top = stage["y"] + (stage["height"] - photos.HEIGHT * scale) / 2
    return left + x * scale, top + y * scale


def draw(studio, box):
    mouse = studio.page.mouse
    mouse.move(*on_screen(studio, box[0], box[1]))
    mouse.down()
    mouse.move(*on_screen(studio, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2), steps=4)
    mouse.move(*on_screen(studio, box[2], box[3]), steps=4)
    mouse.up()


@contextlib.contextmanager
def late_frames(page, milliseconds=1_000):
    """A machine so busy that what the page shows comes long after what a hand does."""
    page.evaluate("""(milliseconds) => {
      const ask = window.requestAnimationFrame
      window.requestAnimationFrame = (work) => setTimeout(() => ask(work), milliseconds)
      window.inTime = () => { window.requestAnimationFrame = ask }
    }""", milliseconds)
    try:
        yield
    finally:
        page.evaluate("window.inTime()")


def saved(studio):
    expect(studio.page.get_by_role("status").filter(has_text="Saved").first).to_be_visible()


def annotations(studio, count):
    def there():
        found = current(studio)["annotations"]
        return found if len(found) == count else None

    return wait(there, f"{count} annotations on the server")


def near(box, wanted, tolerance=3):
    sides = [box[name] for name in ("xMin", "yMin", "xMax", "yMax")]
    return all(abs(a - b) <= tolerance for a, b in zip(sides, wanted))


def rectangles(studio):
    number = int(current(studio)["photo"]["name"].split("-")[1].split(".")[0])
    return [rectangle[1:] for rectangle in photos.placed(number)]
