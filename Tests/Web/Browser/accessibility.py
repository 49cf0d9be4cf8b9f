"""Looks at every page, tab and dialog of the studio in light and dark, as somebody with a screen reader, a keyboard or weak
eyes meets them: names of controls, words for pictures, headings, landmarks, contrast, and a silent console.

Usage: accessibility.py PROGRAM ARTEFACTS
"""

import json
import sys
import time
import uuid

from studio import Studio, expect

import photos
from rows import row, run_rows

COUNT = 12
TRAINING_SECONDS = 600


def upload(studio, container, name, content, media_type="image/png"):
    headers = {"X-Pomona-Name": name, "X-Pomona-Upload": str(uuid.uuid4()), "X-Pomona-If-Exists": "fail",
               "Content-Type": media_type}
    return studio.call("PUT", f"/containers/{container}/blobs", content, headers=headers)


def coco():
    """The labels of all photos."""
    images = [{"id": n + 1, "file_name": f"fruit-{n:02}.png", "width": photos.WIDTH, "height": photos.HEIGHT}
              for n in range(COUNT)]
    annotations = []
    for number in range(COUNT):
        for tag, (_, left, top, right, bottom) in enumerate(photos.placed(number), 1):
            annotations.append({"id": len(annotations) + 1, "image_id": number + 1, "category_id": tag, "iscrowd": 0,
                                "bbox": [left, top, right - left, bottom - top], "area": (right - left) * (bottom - top)})
    categories = [{"id": 1, "name": "apple"}, {"id": 2, "name": "banana"}]
    return json.dumps({"images": images, "annotations": annotations, "categories": categories}).encode()


def ask_for(theme, page):
    """Has the system ask for a theme, and waits until the page shows it. A browser without a core to itself can lose the word."""
    other = "dark" if theme == "light" else "light"
    for _ in range(5):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        try:
            return expect(page.locator(f"html[data-theme={theme}]")).to_have_count(1, timeout=20_000)
        except AssertionError:
            page.emulate_media(color_scheme=other, reduced_motion="reduce")
    raise AssertionError(f"the page does not follow the system to {theme}")


def examine(studio, name, page=None):
    """Looks at what is shown in light and dark; the page follows what the system asks for while it is open."""
    page = page or studio.page
    for theme in ("light", "dark"):
        ask_for(theme, page)
        page.wait_for_timeout(250)
        studio.shot(f"{theme}-{name}", page)
        studio.faults += [f"{theme} {name}: {fault}" for fault in studio.look(page)]


def examine_page(studio, name, path, dialogs=()):
    """A page by its path, then the dialogs that buttons of these names open."""
    page = studio.page
    studio.open(path)
    expect(page.locator("h1:visible")).to_have_count(1)
    expect(page.locator("main .loading")).to_have_count(0)
    page.wait_for_timeout(500)
    examine(studio, name)
    for button in dialogs:
        page.get_by_role("button", name=button).first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        examine(studio, f"{name}-{button.lower().replace(' ', '-')}")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def report(studio):
    faults, studio.faults = studio.faults, []
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults)


@row("pages of a studio with nothing in it, of a browser that is not signed in, and of no such page")
def _(studio):
    for name, path in {"home": "/", "storage": "/storage", "datasets": "/datasets", "projects": "/projects",
                       "models": "/models", "try": "/try", "jobs": "/jobs", "keys": "/keys", "clean-up": "/clean-up",
                       "about": "/about"}.items():
        examine_page(studio, f"empty-{name}", path, ["Start with sample photos"] if name == "home" else [])
    examine_page(studio, "not-found", "/no-such-page")
    studio.is_refusal_expected = True
    stranger = studio.open_page()
    stranger.goto(studio.house.url)
    expect(stranger.get_by_label("Link")).to_be_visible()
    examine(studio, "sign-in", stranger)
    stranger.context.close()
    studio.is_refusal_expected = False
    report(studio)


FAULTS = {
    "no name: button": ["button", {}, ""],
    "no name: textbox": ["input", {}, ""],
    "no alt": ["img", {"src": "/assets/favicon.svg"}, ""],
    "2 main headings": ["h1", {}, "Another heading"],
    "a heading of level 5": ["h5", {}, "Far below"],
    "twice: id": ["p", {"id": "content"}, "The same place"],
    "nowhere: aria-describedby": ["p", {"aria-describedby": "nobody"}, "Described by nobody"],
    "hidden, but focused": ["a", {"aria-hidden": "true", "href": "/", "title": "Home"}, "Hidden"],
    "contrast": ["p", {"class": "pale"}, "Pale"],
}


@row("what is looked for is found on a page that has it")
def _(studio):
    studio.page.emulate_media(color_scheme="light")
    studio.open("/about")
    expect(studio.page.get_by_role("heading", level=1)).to_be_visible()
    expect(studio.page.locator("main .loading")).to_have_count(0)
    before = studio.look()
    for fault, (tag, attributes, text) in FAULTS.items():
        studio.page.evaluate("""([tag, attributes, text]) => {
          const element = document.createElement(tag)
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
          element.textContent = text
          if (attributes.class === 'pale') element.style.color = '#9a9a9a'
          document.querySelector('main').append(element)
        }""", [tag, attributes, text])
        found = [line for line in studio.look() if line not in before]
        studio.page.evaluate("document.querySelector('main').lastElementChild.remove()")
        assert any(line.startswith(fault) for line in found), f"{fault} is not found: {found}"


@row("a group with photos, datasets, a labeling project and a model in training is made")
def _(studio):
    group = studio.group = studio.call("POST", "/groups", {"name": "orchard", "storageAccount": "orchardstore"})["id"]
    studio.call("POST", "/groups", {"name": "meadow"})
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    container = studio.call("POST", f"/accounts/{account}/containers", {"name": "training-images"})["id"]
    studio.call("POST", f"/accounts/{account}/containers", {"name": "empty"})
    for number in range(COUNT):
        upload(studio, container, f"fruit-{number:02}.png", photos.png(photos.placed(number)))
    upload(studio, container, "broken.png", b"no photo")
    upload(studio, container, "notes.json", b"{}", "application/json")
    studio.container = container

    def dataset(name, kind):
        return studio.call("POST", f"/groups/{group}/datasets", {
            "name": name, "kind": kind, "containerID": container, "allowsReadWrite": True})["id"]

    studio.detection, studio.classification = dataset("fruit", "imageObjectDetection"), dataset("kinds", "imageClassification")
    path = f"/datasets/{studio.detection}"
    labels = studio.call("POST", f"{path}/coco-uploads", coco(), headers={
        "X-Pomona-Name": "labels.json", "Content-Type": "application/json"})
    studio.call("POST", f"{path}/coco-files", {"source": {"type": "upload", "uploadID": labels["uploadID"]}})
    tagged = studio.items(f"/datasets/{studio.classification}/photos")
    for tag, half in (("ripe", tagged[::2]), ("raw", tagged[1::2])):
        studio.call("POST", f"/datasets/{studio.classification}/photos:tag", {
            "photoIDs": [photo["id"] for photo in half], "tag": tag})
    foundation = next((item["id"] for item in studio.items("/foundations") if item["state"] == "installed"), None)
    studio.model = studio.call("POST", f"/groups/{group}/models", {
        "name": "fruit-detector", "kind": "detector", "trainingDatasetIDs": [studio.detection], "budgetSeconds": 60,
        **({"foundationID": foundation} if foundation else {})})["id"]
    studio.page.evaluate(f"localStorage.setItem('pomona.group', '{group}')")
    examine_page(studio, "model-in-training", f"/models/{studio.model}")
    report(studio)


@row("home, storage, photos and files")
def _(studio):
    examine_page(studio, "home", "/", ["New resource group", "Resource group"])
    examine_page(studio, "storage", "/storage", ["New container", "Connection string"])
    examine_page(studio, "container", f"/storage/{studio.container}", ["Delete the container"])
    studio.page.locator("photo-grid .cell").first.click()
    expect(studio.page.get_by_text("1 chosen")).to_be_visible()
    examine(studio, "container-chosen")
    blobs = {blob["name"]: blob["id"] for blob in studio.items(f"/containers/{studio.container}/blobs?limit=100")}
    for name in ("fruit-00.png", "broken.png", "notes.json"):
        examine_page(studio, f"blob-{name}", f"/storage/{studio.container}/photos/{blobs[name]}")
    empty = next(item["id"] for item in studio.items(f"/groups/{studio.group}/containers") if item["name"] == "empty")
    examine_page(studio, "container-empty", f"/storage/{empty}")
    with studio.page.expect_file_chooser() as chooser:
        studio.page.get_by_role("button", name="Upload files").click()
    chooser.value.set_files([
        {"name": "good.png", "mimeType": "image/png", "buffer": photos.png(photos.placed(2))},
        {"name": "bad.png", "mimeType": "image/png", "buffer": b"no photo"}])
    expect(studio.page.get_by_text("1 with problems")).to_be_visible()
    studio.page.get_by_role("button", name="Files", exact=True).click()
    examine(studio, "uploaded")
    report(studio)


@row("datasets with their photos, files, figures and health")
def _(studio):
    examine_page(studio, "datasets", "/datasets", ["Add new dataset"])
    for name, dataset in (("dataset", studio.detection), ("classes", studio.classification)):
        examine_page(studio, name, f"/datasets/{dataset}")
        for tab in ("files", "statistics", "health"):
            examine_page(studio, f"{name}-{tab}", f"/datasets/{dataset}/{tab}", ["Add COCO file"] if tab == "files" else [])
        photo = studio.items(f"/datasets/{dataset}/photos")[1]["id"]
        examine_page(studio, f"{name}-photo", f"/datasets/{dataset}/photos/{photo}")
    report(studio)


def start_project(studio, dataset, name, categories):
    project = studio.call("POST", f"/datasets/{dataset}/projects", {"name": name})["id"]
    for category in categories:
        studio.call("POST", f"/projects/{project}/categories", {"name": category})
    revision = studio.call("GET", f"/projects/{project}")["revision"]
    studio.call("PATCH", f"/projects/{project}", {
        "instructions": "# How\n\nA *box* around each **fruit**, see [the rules](https://example.org).\n\n- `ripe`\n- raw",
        "settings": {"automatic": False}, "revision": revision})
    return project


@row("labeling projects: dashboard, data, details and their dialogs")
def _(studio):
    project = studio.project = start_project(studio, studio.detection, "label fruit", ["apple", "banana"])
    examine_page(studio, "project-created", f"/projects/{project}")
    studio.call("POST", f"/projects/{project}:start")
    studio.call("POST", f"/projects/{project}/imports?format=coco&as=suggestions", coco(), headers={
        "X-Pomona-Name": "labels.json", "Content-Type": "application/json"})
    tasks = studio.items(f"/projects/{project}/tasks?limit=100")
    for task in tasks[:4]:
        labels = [{"id": str(uuid.uuid4()), "categoryID": item["categoryID"], "box": item["box"]}
                  for item in task["suggestions"]]
        studio.call("POST", f"/projects/{project}/tasks/{task['id']}:submit", {
            "edit": str(uuid.uuid4()), "baseRevision": task["revision"], "annotations": labels, "seconds": 4})
    studio.call("POST", f"/projects/{project}/tasks:review", {
        "edit": str(uuid.uuid4()), "verdict": "reject", "words": "Too large.", "taskIDs": [tasks[0]["id"]]})
    studio.call("POST", f"/projects/{project}/tasks/{tasks[4]['id']}:skip", {
        "edit": str(uuid.uuid4()), "baseRevision": tasks[4]["revision"]})
    examine_page(studio, "projects", "/projects")
    examine_page(studio, "project", f"/projects/{project}", ["Export", "Import"])
    examine_page(studio, "project-data", f"/projects/{project}/data")
    examine_page(studio, "project-details", f"/projects/{project}/details", ["Add label categories", "Invite"])
    report(studio)


@row("the labeling page: boxes, suggestions, keys, history, review, whole photos")
def _(studio):
    page = studio.page
    waiting = [task["id"] for task in studio.items(f"/projects/{studio.project}/tasks?state=preLabeled&limit=100")]
    examine_page(studio, "labeling", f"/label/{studio.project}/{waiting[0]}", ["Keys", "History"])
    page.get_by_role("button", name="Accept all").click()
    page.locator(".box-row").first.click()
    examine(studio, "labeling-selected")
    done = studio.items(f"/projects/{studio.project}/tasks?state=submitted&limit=100")[0]["id"]
    examine_page(studio, "labeling-review", f"/label/{studio.project}/{done}?review=submitted", ["Reject"])
    classes = start_project(studio, studio.classification, "kinds", ["ripe", "raw"])
    studio.call("POST", f"/projects/{classes}:start")
    examine_page(studio, "labeling-class", f"/label/{classes}")
    report(studio)


@row("custom models: the list, training in five tabs, a model's results, Try it out")
def _(studio):
    page = studio.page
    examine_page(studio, "train", f"/models/new?dataset={studio.detection}")
    page.get_by_label("Name of the model").fill("another")
    for tab in range(4):
        page.get_by_role("button", name="Next").click()
        page.wait_for_timeout(500)
        examine(studio, f"train-{tab + 2}")
    end = time.monotonic() + TRAINING_SECONDS
    while (model := studio.call("GET", f"/models/{studio.model}"))["status"] in ("notStarted", "training"):
        assert time.monotonic() < end, model
        time.sleep(1)
    assert model["status"] == "succeeded", model
    examine_page(studio, "models", "/models")
    examine_page(studio, "model", f"/models/{studio.model}")
    for name in ["Mistakes", "Compare", "Use it", "Recipe"]:
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(500)
        examine(studio, f"model-{name.lower().replace(' ', '-')}")
    studio.open(f"/try?model={studio.model}")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose").first.click()
    chooser.value.set_files({"name": "fruit.png", "mimeType": "image/png", "buffer": photos.png(photos.placed(1))})
    expect(page.get_by_text("640 × 480").first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1_000)
    examine(studio, "try")
    page.get_by_role("tab", name="JSON").click()
    examine(studio, "try-json")
    report(studio)


@row("jobs, keys, clean up, about, and the banner of a studio that does not answer")
def _(studio):
    for name, path in {"jobs": "/jobs", "keys": "/keys", "clean-up": "/clean-up", "about": "/about"}.items():
        examine_page(studio, name, path, ["Delete"] if name == "clean-up" else [])
    studio.is_server_lost = True
    studio.house.kill()
    expect(studio.page.get_by_text("The studio does not answer")).to_be_visible()
    examine(studio, "offline")
    studio.house.start()
    expect(studio.page.get_by_text("The studio does not answer")).to_have_count(0, timeout=60_000)
    studio.is_server_lost = False
    report(studio)


@row("the console stayed silent")
def _(studio):
    assert not studio.problems, "\n".join(studio.problems)


def main(program, artefacts):
    studio = Studio(program, artefacts)
    studio.faults = []
    try:
        run_rows(studio)
    finally:
        studio.close()


main(*sys.argv[1:])
