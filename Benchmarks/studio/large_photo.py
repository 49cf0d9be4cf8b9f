"""The labeling page with a photo of 50 megapixels and 200 boxes: drawing, moving, panning and zooming with the mouse."""

import io
import os
import statistics
import subprocess
import uuid

from PIL import Image
from traces import traced

WIDTH, HEIGHT, BOXES = 8_660, 5_773, 200


def photo():
    """A JPEG with soft noise: what a large photo costs to decode."""
    small = Image.effect_noise((WIDTH // 20, HEIGHT // 20), 60).convert("RGB")
    file = io.BytesIO()
    small.resize((WIDTH, HEIGHT)).save(file, "JPEG", quality=85)
    return file.getvalue()


def prepare(studio, program):
    group = studio.call("POST", "/groups", {"name": "large", "storageAccount": "largestore"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    container = studio.call("POST", f"/accounts/{account}/containers", {"name": "large"})["id"]
    content = photo()
    for name in ["large-1.jpg", "large-2.jpg", "large-3.jpg"]:
        studio.call("PUT", f"/containers/{container}/blobs", content, headers={
            "X-Pomona-Name": name, "X-Pomona-Upload": str(uuid.uuid4()), "Content-Type": "image/jpeg"})
    environment = dict(os.environ, POMONA_DATA=studio.house.folder)

    def run(*arguments):
        done = subprocess.run([program, *arguments, "--group", "large"], env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{arguments[:3]}: {done.stderr}")

    run("dataset", "create", "large", "--container", "large")
    run("label", "create", "large", "--dataset", "large", "--category", "leaf", "--start")
    boxes = []
    for number in range(BOXES):
        x, y = 100 + number % 20 * 420, 100 + number // 20 * 560
        boxes += ["--label", f"leaf:{x},{y},300,400"]
    run("label", "submit", "large", "large-1.jpg", *boxes)
    project = studio.items(f"/groups/{group}/projects")[0]["id"]
    tasks = studio.items(f"/projects/{project}/tasks?limit=10")
    return project, next(task["id"] for task in tasks if task["photo"]["name"] == "large-1.jpg")


def work(page):
    """What a person does within some seconds: draws a box, moves it, pans, zooms."""
    stage = page.locator("photo-canvas").bounding_box()
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    mouse = page.mouse
    for offset in (0, 60, 120):
        page.keyboard.press("r")
        mouse.move(x - 200 + offset, y - 100)
        mouse.down()
        mouse.move(x - 120 + offset, y - 20, steps=25)
        mouse.up()
        page.keyboard.press("m")
        mouse.move(x - 160 + offset, y - 60)
        mouse.down()
        mouse.move(x + 60 + offset, y + 80, steps=25)
        mouse.up()
    for _ in range(6):
        mouse.wheel(0, -240)
        page.wait_for_timeout(60)
    mouse.move(x, y)
    mouse.down(button="middle")
    mouse.move(x - 300, y - 160, steps=40)
    mouse.move(x + 200, y + 160, steps=40)
    mouse.up(button="middle")


def measure(studio, rounds, program):
    project, task = prepare(studio, program)
    handlers, longest, places = [], [], []
    for number in range(rounds):
        studio.open(f"/label/{project}/{task}")
        studio.page.locator("photo-canvas").wait_for()
        studio.page.wait_for_timeout(4_000)
        with traced(studio.browser, studio.page) as trace:
            work(studio.page)
        found = trace.handlers("pointer")
        places.append(len(found))
        handlers.append(max(found))
        longest.append(trace.longest_task())
        studio.shot(f"large-photo-{number}")
    print(f"labeling a photo of {WIDTH * HEIGHT / 1e6:.0f} megapixels with {BOXES} boxes: slowest of {min(places)} pointer "
          f"handlers {statistics.median(handlers):.1f} ms (at most 4), longest task of the main thread "
          f"{statistics.median(longest):.0f} ms (at most 50)")
