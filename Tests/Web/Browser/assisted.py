"""Labels a dozen photos by hand, lets the machine suggest the others, reviews, exports and trains on the export.

Usage: assisted.py PROGRAM ARTEFACTS [WEIGHTS [SAMPLE]]
where PROGRAM is `pomona`, ARTEFACTS the folder for pictures of every page, WEIGHTS what the trainings start from, and
SAMPLE what `pomona sample` wrote, for programs built without optimisation: they render for many minutes.
"""

import re
import sys

from studio import Studio, expect

from fruit import SIDES, Fruit, compared, overlap
from rows import row, run_rows
from stage import current, draw, near, on_screen, saved, tasks
from walk import wait

COUNT, BY_HAND = 18, 8
TRAINING = 600_000
"""Milliseconds for a training on a machine that does other things beside."""


def sides(box):
    return tuple(box[name] for name in SIDES)


def truth(studio):
    return studio.fruit.boxes[current(studio)["photo"]["name"]]


def draw_all(studio, boxes):
    page = studio.page
    page.keyboard.press("r")
    for tag, box in boxes:
        # Else the handles of the box before would be taken.
        page.keyboard.press("Escape")
        page.keyboard.press(studio.keys[tag])
        draw(studio, box)


def labeled(studio):
    return [(studio.tags[item["categoryID"]], sides(item["box"])) for item in current(studio)["annotations"]]


def suggested(studio):
    """The suggestions that are listed, which the server has with their tag and confidence."""
    left, found = list(current(studio)["suggestions"]), []
    for row in studio.page.locator(".box-item.suggested .box-row").all():
        tag, sure = row.inner_text().split()
        item = next(item for item in left if (studio.tags[item["categoryID"]], f"{item['confidence']:.0%}") == (tag, sure))
        left.remove(item)
        found.append((tag, sides(item["box"])))
    return found


def submit(studio):
    """Submits what the photo really shows, and nothing else."""
    page = studio.page
    name = page.locator(".labeling-name").inner_text()
    task = current(studio)["id"]
    page.keyboard.press("Enter")
    expect(page.locator(".labeling-name")).not_to_have_text(name)
    saved(studio)
    done = studio.call("GET", f"/projects/{studio.project}/tasks/{task}")
    found = [(studio.tags[item["categoryID"]], sides(item["box"])) for item in done["annotations"]]
    missing, right = compared(studio.fruit.boxes[name], found)
    assert done["state"] == "submitted" and not missing and len(right) == len(found), (name, missing, found)


@row("a project on the sample's photos starts with three label categories")
def _(studio):
    page = studio.page
    group = studio.call("POST", "/groups", {"name": "fruit", "storageAccount": "samplefruit"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    studio.container = studio.fruit.upload(studio, account, "training-images", studio.fruit.plain(COUNT))
    evaluation = studio.fruit.upload(studio, account, "evaluation-images")
    studio.dataset = studio.call("POST", f"/groups/{group}/datasets", {
        "name": "fruit-training", "kind": "imageObjectDetection", "containerID": studio.container,
        "allowsReadWrite": True})["id"]
    measured = studio.call("POST", f"/groups/{group}/datasets", {
        "name": "fruit-evaluation", "kind": "imageObjectDetection", "containerID": evaluation,
        "allowsReadWrite": True})["id"]
    labels = studio.items(f"/containers/{evaluation}/blobs?kind=json")[0]
    studio.call("POST", f"/datasets/{measured}/coco-files", {"source": {"type": "blob", "blobID": labels["id"]}})
    page.evaluate(f"localStorage.setItem('pomona.group', '{group}')")
    studio.group = group
    studio.open(f"/datasets/{studio.dataset}")
    page.get_by_role("button", name="labeling project").first.click()
    page.get_by_label("Name", exact=True).fill("label-fruit")
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", name="label-fruit").first).to_be_visible()
    studio.project = page.url.split("/projects/")[1].split("/")[0]
    page.get_by_role("button", name="Add label categories").click()
    page.get_by_label("Names, one a line").fill("apple\nbanana\norange")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Start", exact=True).first.click()
    expect(page.get_by_role("link", name="Label data")).to_be_visible()
    studio.shot("details")
    categories = studio.call("GET", f"/projects/{studio.project}")["categories"]
    studio.tags = {category["id"]: category["name"] for category in categories}
    studio.keys = {category["name"]: category["hotkey"] for category in categories}


@row("the machine cannot start before anything is labeled, and says from when on")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_role("button", name="Start now")).to_be_disabled()
    expect(page.get_by_text("The button starts it from 2 submitted photos on.")).to_be_visible()
    studio.shot("dashboard-empty")


@row("photos are labeled by hand: boxes with the mouse, tags with keys, Enter")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Label data").click()
    for place in range(BY_HAND):
        expect(page.get_by_label(f"Tasks remaining: {COUNT - place} of {COUNT}")).to_be_visible()
        expect(page.locator("photo-canvas")).to_be_visible()
        page.wait_for_timeout(200)
        draw_all(studio, truth(studio))
        if place == 1:
            studio.shot("by-hand")
        submit(studio)
    assert len(tasks(studio, "&state=submitted")) == BY_HAND


@row("ML-assisted labeling starts with the button; both experiments are seen to come and to end, without a reload")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="label-fruit").click()
    page.evaluate("window.isThisPage = true")
    page.get_by_role("button", name="Start now").click()
    experiments = page.locator(".experiment")
    training, inference = [experiments.filter(has_text=re.compile(f"^{kind} 1")) for kind in ("Training", "Inference")]
    expect(training).to_contain_text("Running", timeout=60_000)
    expect(inference).to_contain_text("Queued")
    expect(inference).to_contain_text("after training 1")
    expect(page.get_by_role("button", name="Start now")).to_be_disabled()
    expect(training.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile("^[1-9]"), timeout=TRAINING)
    studio.shot("experiments-running")
    expect(training).to_contain_text("Succeeded", timeout=TRAINING)
    expect(inference).to_contain_text("Succeeded", timeout=TRAINING)
    expect(page.get_by_role("link", name="pre-labeled")).to_be_visible()
    assert page.evaluate("window.isThisPage")
    page.wait_for_timeout(1_000)
    studio.shot("experiments-done")
    found = tasks(studio, "&state=preLabeled")
    assert found and all(0 < item["confidence"] <= 1 for task in found for item in task["suggestions"]), found


@row("the pre-labeled photos are found under Data with what is suggested on them")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="pre-labeled").click()
    expect(page.locator("photo-grid .cell").first).to_be_visible()
    page.wait_for_timeout(800)
    studio.shot("pre-labeled")
    assert page.locator("photo-grid .cell").count() == len(tasks(studio, "&state=preLabeled"))
    # Nobody has submitted them.
    expect(page.get_by_role("button", name=re.compile("^Approve all"))).to_have_count(0)


@row("the queue brings them drawn as suggestions, each with its confidence")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Label data").click()
    expect(page.get_by_label(f"Tasks remaining: {COUNT - BY_HAND} of {COUNT}")).to_be_visible()
    for _ in range(COUNT):
        if current(studio)["suggestions"]:
            break
        name = page.locator(".labeling-name").inner_text()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".labeling-name")).not_to_have_text(name)
    expect(page.locator(".box-item.suggested").first).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_role("heading", name=f"Suggestions ({len(suggested(studio))})")).to_be_visible()
    studio.shot("suggestions")
    canvas = page.locator("photo-canvas")
    drawn = canvas.screenshot()
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Show boxes")).to_be_visible()
    page.wait_for_timeout(200)
    assert canvas.screenshot() != drawn, "the suggestions are not to be seen on the photo"
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Hide boxes")).to_be_visible()


def mend(studio, wanted, box):
    """Pulls the selected box by its corners to where it belongs."""
    mouse = studio.page.mouse
    for old, new in [((box[0], box[1]), (wanted[0], wanted[1])), ((box[2], box[3]), (wanted[2], wanted[3]))]:
        mouse.move(*on_screen(studio, *old))
        mouse.down()
        mouse.move(*on_screen(studio, *new), steps=5)
        mouse.up()
    # A side near the photo's edge is drawn onto it.
    wait(lambda: any(near(item["box"], wanted, 5) for item in current(studio)["annotations"]), "the mended box")


@row("suggestions are accepted, mended by the mouse or dismissed, what is missing is drawn, and all is submitted")
def _(studio):
    page = studio.page
    while page.evaluate("document.querySelector('.labeling-bottom .button')?.disabled === false"):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(200)
    counts = {"accepted": 0, "mended": 0, "dismissed": 0, "drawn": 0}
    for place in range(COUNT - BY_HAND):
        expect(page.get_by_label(f"Tasks remaining: {COUNT - BY_HAND - place} of {COUNT}")).to_be_visible()
        page.wait_for_timeout(200)
        wanted = truth(studio)
        while True:
            found = suggested(studio)
            missing, right = compared(wanted, found)
            wrong = next((number for number in range(len(found)) if number not in right), None)
            if wrong is None:
                break
            # Behind it another suggestion for the same thing can come up.
            page.get_by_role("button", name=re.compile("^Dismiss")).nth(wrong).click()
            counts["dismissed"] += 1
            page.wait_for_timeout(150)
        if right and not counts["mended"]:
            # Taken alone, it is selected: its corners are at hand.
            page.keyboard.press("e")
            [(_, box)] = wait(lambda: labeled(studio), "the accepted suggestion")
            mend(studio, max((want for _, want in wanted), key=lambda want: overlap(want, box)), box)
            studio.shot("mended")
            counts["mended"] += 1
            if len(right) > 1:
                page.keyboard.press("a")
        counts["accepted"] += len(right)
        counts["drawn"] += len(missing)
        draw_all(studio, missing)
        if place == COUNT - BY_HAND - 1:
            break
        submit(studio)
    page.keyboard.press("Enter")
    expect(page.get_by_text("All photos are labeled")).to_be_visible()
    studio.shot("queue-empty")
    print(f"  {', '.join(f'{value} {word}' for word, value in counts.items())}")
    assert counts["accepted"] and counts["mended"], counts
    assert len(tasks(studio, "&state=submitted")) == COUNT


@row("review: one photo is approved by Enter, all others by one button")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Review").click()
    cell = page.locator("photo-grid .cell")
    expect(cell.first).to_be_visible()
    page.wait_for_timeout(800)
    studio.shot("review")
    cell.first.dblclick()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    page.wait_for_timeout(500)
    studio.shot("review-photo")
    page.keyboard.press("Enter")
    wait(lambda: len(tasks(studio, "&state=approved")) == 1, "the approval")
    page.get_by_role("link", name="label-fruit").click()
    page.get_by_role("button", name=f"Approve all {COUNT - 1} shown").click()
    page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    wait(lambda: len(tasks(studio, "&state=approved")) == COUNT, "the approvals")
    # Nothing fits the filter any more: it can still be seen, and be left.
    expect(page.get_by_role("button", name="Submitted 0")).to_have_attribute("aria-pressed", "true")
    studio.shot("review-done")
    page.get_by_role("button", name="Show all").click()
    expect(cell.first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Approve all"))).to_have_count(0)


@row("the approved labels are exported under a typed name, into the container and onto the dataset")
def _(studio):
    page = studio.page
    page.get_by_role("button", name="Export").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("fruit-labels")
    dialog.get_by_label("Approved photos only").check()
    studio.shot("export")
    dialog.get_by_role("button", name="Export").click()
    expect(page.get_by_text("fruit-labels.json is in the container").first).to_be_visible()
    studio.shot("exported")
    page.get_by_role("button", name="Open the dataset").click()
    expect(page.get_by_text(f"{COUNT} labeled")).to_be_visible()
    page.wait_for_timeout(800)
    studio.shot("dataset")
    [file] = studio.call("GET", f"/datasets/{studio.dataset}")["cocoFiles"]
    assert (file["name"], file["source"], file["imageCount"]) == ("fruit-labels.json", "project", COUNT), file
    assert [blob["name"] for blob in studio.items(f"/containers/{studio.container}/blobs?kind=json")] == [file["name"]]


@row("Train a new model takes the dataset with the exported file and succeeds; its evaluation is shown")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Train a new model").first.click()
    page.get_by_label("Name of the model").fill("fruit-detector")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("fruit-training")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("fruit-evaluation").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="Training budget").fill("40 s")
    expect(page.get_by_text("on this machine")).to_be_visible()
    studio.shot("train-budget")
    page.get_by_role("button", name="Next").click()
    studio.shot("train-review")
    page.get_by_role("button", name="Train model").click()
    expect(page.get_by_role("heading", name="fruit-detector").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d+ / \d+$")).first).to_be_visible(timeout=TRAINING)
    page.wait_for_timeout(2_000)
    studio.shot("training")
    expect(page.get_by_role("tab", name="Performance")).to_be_visible(timeout=TRAINING)
    expect(page.get_by_text("Succeeded").first).to_be_visible()
    page.wait_for_timeout(800)
    studio.shot("model")
    model = next(item for item in studio.items(f"/groups/{studio.group}/models") if item["name"] == "fruit-detector")
    assert model["status"] == "succeeded" and 0 <= model["performance"]["meanAveragePrecision50"] <= 1, model


@row("the console stayed silent")
def _(studio):
    assert not studio.problems, "\n".join(studio.problems)


def main(program, artefacts, weights="", sample=None):
    studio = Studio(program, artefacts, ["--foundation", weights] if weights else [])
    try:
        studio.fruit = Fruit(program, studio.work, sample)
        run_rows(studio)
    finally:
        studio.close()


main(*sys.argv[1:])
