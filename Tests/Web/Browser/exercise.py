"""Does the exercise without labeling in the browser, from the sample photos to a model that is tried out.

Usage: exercise.py PROGRAM ARTEFACTS [WEIGHTS [SAMPLE]]
where PROGRAM is `pomona`, ARTEFACTS the folder for pictures of every page in light and dark, WEIGHTS what the training
starts from, and SAMPLE what `pomona sample` wrote, for programs built without optimisation: they render for many minutes.
"""

import json
import pathlib
import re
import subprocess
import sys
import uuid

from studio import Studio, expect

import exercise_try
from walk import add_dataset, choose_files, heading, late_answers, navigate, wait, wait_for_thumbnails

from rows import row, run_rows

TRAINING_SECONDS = 600_000


@row("the one-time link signs in, once, and the cookie cannot be read by scripts")
def _(studio):
    heading(studio, "Teach a computer to see")
    assert "token" not in studio.page.url
    cookies = studio.page.context.cookies()
    assert [(cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies] == [(True, "Strict")], cookies
    assert studio.page.evaluate("document.cookie") == ""
    other = studio.open_page()
    studio.is_refusal_expected = True
    other.goto(studio.house.link)
    expect(other.get_by_label("Link")).to_be_visible()
    assert "failed=1" in other.url, other.url
    studio.shot("sign-in", other)
    other.context.close()
    studio.is_refusal_expected = False


def upload_sample(studio):
    """What the sample's job does, from photos that lie there already."""
    group = studio.call("POST", "/groups", {"name": "fruit", "storageAccount": "samplefruit"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    for name in ["training-images", "evaluation-images", "test-images"]:
        container = studio.call("POST", f"/accounts/{account}/containers", {"name": name})["id"]
        for file in sorted((studio.sample / name).iterdir()):
            kind = "application/json" if file.suffix == ".json" else "image/jpeg"
            headers = {"X-Pomona-Name": file.name, "X-Pomona-Upload": str(uuid.uuid4()), "Content-Type": kind}
            studio.call("PUT", f"/containers/{container}/blobs", file.read_bytes(), headers=headers)
    studio.page.evaluate(f"localStorage.setItem('pomona.group', {json.dumps(group)})")


@row("Start with sample photos makes a resource group with three containers")
def _(studio):
    page = studio.page
    page.get_by_role("button", name="Start with sample photos").click()
    page.get_by_label("Name of the new resource group").fill("fruit")
    studio.shot("sample-dialog")
    if studio.is_rendered:
        page.keyboard.press("Escape")
        upload_sample(studio)
        studio.open("/storage")
    else:
        page.get_by_role("button", name="Make the photos").click()
    heading(studio, "Storage")
    studio.shot("storage-filling")
    expect(page.get_by_text("53 photos").first).to_be_visible(timeout=TRAINING_SECONDS)
    expect(page.get_by_text("31 photos").first).to_be_visible(timeout=TRAINING_SECONDS)
    expect(page.get_by_text("4 photos").first).to_be_visible(timeout=TRAINING_SECONDS)
    studio.shot("storage")
    groups = studio.items("/groups")
    studio.group = next(group["id"] for group in groups if group["name"] == "fruit")
    studio.containers = {item["name"]: item["id"] for item in studio.items(f"/groups/{studio.group}/containers")}
    assert set(studio.containers) >= {"training-images", "evaluation-images", "test-images"}, studio.containers


@row("a container shows its photos as thumbnails, a photo its page")
def _(studio):
    studio.open(f"/storage/{studio.containers['training-images']}")
    wait_for_thumbnails(studio)
    assert studio.page.locator("photo-grid .cell").count() <= 100
    studio.shot("container")
    studio.page.locator("photo-grid [data-index='0']").dblclick()
    studio.page.wait_for_url(re.compile("/photos/"))
    expect(studio.page.locator("photo-canvas")).to_be_visible()
    expect(studio.page.get_by_text("640 × 480 px")).to_be_visible()
    studio.page.wait_for_timeout(500)
    studio.shot("blob")


@row("Add new dataset says what is missing, then makes two datasets")
def _(studio):
    navigate(studio, "Datasets")
    page = studio.page
    page.get_by_role("button", name="Add new dataset").first.click()
    page.get_by_role("button", name="Create dataset").click()
    expect(page.get_by_text("A name is needed.")).to_be_visible()
    studio.shot("dataset-dialog")
    page.keyboard.press("Escape")
    add_dataset(studio, "fruit-training", "training-images")
    add_dataset(studio, "fruit-evaluation", "evaluation-images")


@row("Add COCO file checks a file of the container and adds it")
def _(studio):
    page = studio.page
    page.get_by_role("button", name="Add COCO file").first.click()
    dialog = page.get_by_role("dialog")
    # A report that comes late is none on what was chosen meanwhile.
    with late_answers(page):
        dialog.get_by_role("button", name="Check").click()
        dialog.get_by_label("On this machine").check()
        page.wait_for_timeout(1_500)
    expect(page.get_by_text("These labels can be used.")).to_have_count(0)
    dialog.get_by_label("In the container").check()
    dialog.get_by_role("button", name="Check").click()
    expect(page.get_by_text("These labels can be used.")).to_be_visible()
    studio.shot("coco-file")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("31 labeled")).to_be_visible()


@row("Add COCO file takes a file of this machine; a broken one is refused in words")
def _(studio):
    page = studio.page
    navigate(studio, "Datasets")
    page.get_by_role("link", name="fruit-training").click()
    heading(studio, "fruit-training")
    page.get_by_role("button", name="Add COCO file").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("On this machine").check()

    def choose(text):
        button = dialog.get_by_role("button", name=re.compile("^Choose"))
        choose_files(studio, button, {"name": "training.json", "mimeType": "application/json", "buffer": text})

    studio.is_refusal_expected = True
    choose(b'{"images": [')
    expect(dialog.get_by_role("alert").or_(dialog.get_by_text("cannot be used")).first).to_be_visible()
    studio.shot("coco-file-broken")
    studio.is_refusal_expected = False
    choose(studio.labels.read_bytes())
    expect(dialog.get_by_text("These labels can be used.")).to_be_visible()
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("53 labeled")).to_be_visible()
    studio.datasets = {item["name"]: item["id"] for item in studio.items(f"/groups/{studio.group}/datasets")}


@row("a dataset shows its photos with boxes, its figures, its health, and exports its labels")
def _(studio):
    page = studio.page
    base = f"/datasets/{studio.datasets['fruit-training']}"
    studio.open(base)
    wait_for_thumbnails(studio)
    studio.shot("dataset")
    for tab, words in [("files", "training.json"), ("statistics", "Annotations by tag"), ("health", "These labels can be used.")]:
        studio.open(f"{base}/{tab}")
        heading(studio, "fruit-training")
        expect(page.get_by_text(words).first).to_be_visible()
        studio.shot(f"dataset-{tab}")
    photo = studio.items(f"{base}/photos?limit=3")[1]
    studio.open(f"{base}/photos/{photo['id']}")
    expect(page.locator("photo-canvas")).to_be_visible()
    studio.shot("photo")
    exported = studio.call("GET", f"{base}/export?form=fractions")
    assert len(exported["images"]) == 53 and len(exported["annotations"]) >= 53, len(exported["annotations"])
    assert all(0 <= value <= 1 for item in exported["annotations"] for value in item["bbox"])


@row("Train a new model goes through five tabs and refuses a budget that cannot do")
def _(studio):
    page = studio.page
    navigate(studio, "Custom models")
    page.get_by_role("link", name="Train a new model").first.click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("A name is needed.")).to_be_visible()
    page.get_by_label("Name of the model").fill("fruit-detector")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("fruit-training").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("fruit-evaluation").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("on this machine")).to_be_visible()
    budget = page.get_by_role("textbox", name="Training budget")
    budget.fill("1 s")
    expect(page.get_by_role("alert").first).to_be_visible()
    studio.shot("train-budget")
    budget.fill("80 s")
    page.get_by_role("button", name="Next").click()
    studio.shot("train-review")
    page.get_by_role("button", name="Train model").click()
    heading(studio, "fruit-detector")


@row("a training that the server left goes on when it is back, and the page with it")
def _(studio):
    page = studio.page
    expect(page.get_by_text(re.compile(r"^\d+ / \d+$")).first).to_be_visible(timeout=TRAINING_SECONDS)
    page.wait_for_timeout(3_000)
    studio.shot("training")
    studio.is_server_lost = True
    studio.house.kill()
    page.wait_for_timeout(1_500)
    studio.shot("training-lost")
    studio.house.start()
    expect(page.get_by_role("tab", name="Performance")).to_be_visible(timeout=TRAINING_SECONDS)
    studio.is_server_lost = False
    page.wait_for_timeout(500)
    studio.shot("model")
    model = studio.items(f"/groups/{studio.group}/models")[0]
    # A minute teaches little from random weights.
    least = 0.3 if studio.has_weights else 0
    assert model["status"] == "succeeded" and model["performance"]["meanAveragePrecision50"] >= least, model
    studio.model = model["id"]


@row("the model's page shows figures, mistakes, calls and recipe; the file can be had")
def _(studio):
    page = studio.page
    for name in ["Mistakes", "Compare", "Use it", "Recipe"]:
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(500)
        studio.shot(f"model-{name.lower().replace(' ', '-')}")
    answer = page.request.get(f"{studio.house.url}/api/v1/models/{studio.model}/download?format=safetensors")
    assert answer.status == 200 and len(answer.body()) > 1_000_000, (answer.status, len(answer.body()))
    curves = studio.call("GET", f"/models/{studio.model}/curves")["points"]
    assert len(curves) > 3 and all(point["losses"] for point in curves), curves[:2]


@row("the model is measured on another dataset too; each evaluation has its own threshold and its own failure")
def _(studio):
    page = studio.page
    path = f"/models/{studio.model}/evaluations"
    studio.open(f"/models/{studio.model}")
    page.get_by_role("button", name="Evaluate on another dataset").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Dataset").select_option(label="fruit-training")
    dialog.get_by_role("button", name="Evaluate", exact=True).click()
    expect(page.get_by_text("The model is being measured.")).to_be_visible()

    def measured():
        found = {item["dataset"]["name"]: item for item in studio.items(path)}
        return found if all(item["status"] == "succeeded" for item in found.values()) else None

    found = wait(measured, "the evaluation", seconds=300)
    own, other = found["fruit-evaluation"], found["fruit-training"]
    studio.open(f"/models/{studio.model}")
    chooser, threshold = page.get_by_label("Evaluation", exact=True), page.locator(".threshold-card output")
    expect(threshold).to_be_visible()
    first = threshold.inner_text()
    with page.expect_response(re.compile(other["id"])):
        chooser.select_option(other["id"])
    expect(threshold).to_be_visible()
    page.get_by_label("Threshold", exact=True).fill("0.97")
    expect(threshold).to_have_text("97%")
    chooser.select_option(own["id"])
    expect(threshold).to_have_text(first)
    page.reload()
    refusal = {"error": {"code": "busy", "message": "Not just now."}}
    studio.is_refusal_expected = True
    page.route(f"**{path}/{other['id']}", lambda route: route.fulfill(status=409, json=refusal))
    expect(threshold).to_have_text(first)
    chooser.select_option(other["id"])
    expect(page.get_by_text("Not just now.")).to_be_visible()
    chooser.select_option(own["id"])
    expect(page.get_by_text("Not just now.")).to_have_count(0)
    expect(threshold).to_have_text(first)
    page.unroute(f"**{path}/{other['id']}")
    studio.is_refusal_expected = False
    chooser.select_option(other["id"])
    expect(threshold).to_be_visible()


row("Try it out finds fruit on the sample's test photos")(
    exercise_try.finds)
row("Try it out tries a photo that failed again, and no other one")(
    exercise_try.tries_again)
row("Try it out takes a photo pasted before the models are known; the picture with its boxes can be downloaded")(
    exercise_try.pasted)


@row("every page reads well in light and dark, and at a tablet's width")
def _(studio):
    dataset, model = studio.datasets["fruit-training"], studio.model
    paths = {
        "home": "/", "storage": "/storage", "container": f"/storage/{studio.containers['training-images']}",
        "datasets": "/datasets", "dataset": f"/datasets/{dataset}", "dataset-statistics": f"/datasets/{dataset}/statistics",
        "models": "/models", "train": f"/models/new?dataset={dataset}", "model": f"/models/{model}",
        "try": f"/try?model={model}", "projects": "/projects", "jobs": "/jobs", "keys": "/keys", "clean-up": "/clean-up",
        "about": "/about",
    }
    faults = []
    for theme in ["light", "dark"]:
        studio.page.emulate_media(color_scheme=theme)
        for name, path in paths.items():
            studio.open(path)
            studio.page.get_by_role("heading", level=1).wait_for()
            expect(studio.page.locator("main .loading")).to_have_count(0)
            studio.page.wait_for_timeout(700)
            studio.shot(f"{theme}-{name}")
            faults += [f"{theme} {name}: {fault}" for fault in studio.look()]
    studio.page.emulate_media(color_scheme="light")
    studio.page.set_viewport_size({"width": 820, "height": 1180})
    for name in ["home", "dataset", "model"]:
        studio.open(paths[name])
        studio.page.get_by_role("heading", level=1).wait_for()
        studio.page.wait_for_timeout(500)
        studio.shot(f"tablet-{name}")
        wide = studio.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels wider than a tablet"
    studio.page.set_viewport_size({"width": 1280, "height": 800})
    assert not faults, "\n".join(faults)


@row("Clean up deletes the resource group when its name is typed")
def _(studio):
    page = studio.page
    studio.open("/clean-up")
    page.get_by_role("button", name="Delete").last.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    studio.shot("clean-up")
    dialog.get_by_role("textbox").fill("fruit")
    dialog.get_by_role("button", name="Delete").click()
    wait(lambda: "fruit" not in [group["name"] for group in studio.items("/groups")], "the end of the group")


@row("the console stayed silent")
def _(studio):
    assert not studio.problems, "\n".join(studio.problems)


def main(program, artefacts, weights="", sample=None):
    studio = Studio(program, artefacts, ["--foundation", weights] if weights else [])
    try:
        studio.is_rendered, studio.has_weights = sample is not None, bool(weights)
        studio.sample = pathlib.Path(sample or pathlib.Path(studio.work, "sample"))
        if not sample:
            # The labels that a person would draw on the sample's training photos; the same seed gives the same photos.
            subprocess.run([program, "sample", str(studio.sample)], check=True, stdout=subprocess.DEVNULL)
        studio.labels = next((studio.sample / "answers").glob("*.json"))
        run_rows(studio)
    finally:
        studio.close()


main(*sys.argv[1:])
