"""Does the exercise without labeling by browser alone with a folder of photos, from an empty studio to a model tried out.

Usage: exercise_folder.py PROGRAM ARTEFACTS FOLDER [WEIGHTS]
where PROGRAM is `pomona`, ARTEFACTS the folder for pictures of every step in light and dark, and WEIGHTS what the training
starts from. FOLDER holds the photos train/, eval/ and test/, the label files azure-dialect/training-labels.json and
azure-dialect/eval-labels.json, and in test.json what the test photos show.
"""

import json
import pathlib
import re
import sys

from studio import Studio, expect
from walk import add_dataset, choose_files, heading, navigate, wait_for_thumbnails

from rows import row, run_rows

GROUP = "fruit-exercise"
CONTAINERS = {"training-images": "train", "evaluation-images": "eval"}
DATASETS = {
    "fruit-training": ("training-images", "training-labels.json"),
    "fruit-evaluation": ("evaluation-images", "eval-labels.json"),
}
MODEL = "fruit-detector"
TRAINING_MILLISECONDS = 900_000


def pictures(studio, name):
    """The step as it is, light and dark."""
    studio.number += 1
    for theme in ["light", "dark"]:
        studio.page.emulate_media(color_scheme=theme)
        studio.page.wait_for_timeout(250)
        studio.shot(f"{studio.number:02}-{name}-{theme}")
        studio.faults += [f"{name}, {theme}: {fault}" for fault in studio.look()]
    studio.page.emulate_media(color_scheme="light")


def photos(studio, name):
    return sorted((studio.folder / name).glob("*.jpg"))


def truth(studio):
    """The sorted tags of each test photo."""
    labels = json.loads((studio.folder / "test.json").read_text())
    tags = {category["id"]: category["name"] for category in labels["categories"]}
    return {
        image["file_name"]: sorted(
            tags[item["category_id"]] for item in labels["annotations"] if item["image_id"] == image["id"])
        for image in labels["images"]
    }


@row("a new resource group, which brings its storage account")
def _(studio):
    page = studio.page
    heading(studio, "Teach a computer to see")
    pictures(studio, "home-empty")
    page.get_by_role("button", name="New resource group").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill(GROUP)
    expect(dialog.get_by_label("Storage account")).to_have_value(re.compile("^fruitexercise"))
    pictures(studio, "new-group")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(f"Your way to a model in “{GROUP}”")).to_be_visible()
    pictures(studio, "home-group")


@row("containers take the photos that the file chooser names")
def _(studio):
    page = studio.page
    for container, folder in CONTAINERS.items():
        navigate(studio, "Storage")
        heading(studio, "Storage")
        page.get_by_role("button", name="New container").click()
        page.get_by_role("dialog").get_by_role("textbox").fill(container)
        pictures(studio, f"new-{container}")
        page.get_by_role("dialog").get_by_role("button", name="Create").click()
        heading(studio, container)
        expect(page.get_by_role("button", name="Upload files").first).to_be_visible()
        pictures(studio, f"{container}-empty")
        files = photos(studio, folder)
        choose_files(studio, page.get_by_role("button", name="Upload files").first, files)
        expect(page.get_by_text(f"Uploaded into {container}")).to_be_visible(timeout=120_000)
        expect(page.get_by_text(f"{len(files)} blobs").first).to_be_visible()
        wait_for_thumbnails(studio)
        pictures(studio, f"{container}-filled")
    navigate(studio, "Storage")
    expect(page.get_by_text(f"{len(photos(studio, 'eval'))} photos").first).to_be_visible()
    pictures(studio, "storage")


@row("datasets take COCO files of this machine, in Azure's dialect and with addresses that lead nowhere")
def _(studio):
    page = studio.page
    for name, (container, file) in DATASETS.items():
        add_dataset(studio, name, container)
        wait_for_thumbnails(studio)
        pictures(studio, f"{name}-unlabeled")
        page.get_by_role("button", name="Add COCO file").first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("On this machine").check()
        choose = dialog.get_by_role("button", name=re.compile("^Choose"))
        choose_files(studio, choose, studio.folder / "azure-dialect" / file)
        expect(dialog.get_by_text("These labels can be used.")).to_be_visible()
        pictures(studio, f"{name}-file")
        dialog.get_by_role("button", name="Add", exact=True).click()
        labels = json.loads((studio.folder / "azure-dialect" / file).read_text())
        expect(page.get_by_text(f"{len(labels['images'])} labeled")).to_be_visible()
        wait_for_thumbnails(studio)
        pictures(studio, f"{name}-labeled")
        for tab in ["COCO files", "Statistics", "Doctor"]:
            page.get_by_role("main").get_by_role("link", name=tab).click()
            page.wait_for_timeout(500)
            pictures(studio, f"{name}-{tab.lower().replace(' ', '-')}")
    navigate(studio, "Datasets")
    expect(page.get_by_role("link", name="fruit-training")).to_be_visible()
    pictures(studio, "datasets")


@row("a training with an evaluation set and a budget is watched until it succeeded")
def _(studio):
    page = studio.page
    navigate(studio, "Custom models")
    pictures(studio, "models-empty")
    page.get_by_role("link", name="Train a new model").first.click()
    page.get_by_label("Name of the model").fill(MODEL)
    pictures(studio, "train-kind")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("fruit-training").check()
    pictures(studio, "train-datasets")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("fruit-evaluation").check()
    pictures(studio, "train-evaluation")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("on this machine")).to_be_visible()
    page.get_by_role("textbox", name="Training budget").fill("10 min")
    page.wait_for_timeout(500)
    pictures(studio, "train-budget")
    page.get_by_role("button", name="Next").click()
    pictures(studio, "train-review")
    page.get_by_role("button", name="Train model").click()
    heading(studio, MODEL)
    pictures(studio, "training-queued")
    expect(page.get_by_text(re.compile(r"^\d+ / \d+$")).first).to_be_visible(timeout=TRAINING_MILLISECONDS)
    page.wait_for_timeout(15_000)
    pictures(studio, "training")
    page.goto(studio.house.url)
    expect(page.get_by_role("link", name=re.compile(MODEL)).first).to_be_visible()
    pictures(studio, "home-training")
    page.go_back()
    expect(page.get_by_role("tab", name="Performance")).to_be_visible(timeout=TRAINING_MILLISECONDS)
    expect(page.get_by_text("Succeeded").first).to_be_visible()
    page.wait_for_timeout(500)
    pictures(studio, "model")


@row("the evaluation tells how good it is, and what it takes for what")
def _(studio):
    page = studio.page
    for tab in ["Mistakes", "Compare", "Use it", "Recipe"]:
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(800)
        pictures(studio, f"model-{tab.lower().replace(' ', '-')}")
    page.get_by_role("tab", name="Performance").click()
    group = next(group["id"] for group in studio.items("/groups") if group["name"] == GROUP)
    model = studio.items(f"/groups/{group}/models")[0]
    performance = model["performance"]
    # What starts from COCO's weights knows these fruits already.
    least = 0.9 if studio.has_weights else 0.6
    assert performance["meanAveragePrecision50"] >= least, performance
    print(f"mAP@50 {performance['meanAveragePrecision50']:.3f}, mAP@75 {performance['meanAveragePrecision75']:.3f}, "
          f"{model['trainingSeconds']:.0f} s of training", flush=True)
    expect(page.get_by_text(f"{performance['meanAveragePrecision50']:.1%}").first).to_be_visible()


@row("Try it out finds every fruit of the test photos")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Try it out").last.click()
    heading(studio, "Try it out")
    expect(page.get_by_label("Model", exact=True)).to_contain_text(MODEL)
    pictures(studio, "try-empty")
    files = photos(studio, "test")
    choose_files(studio, page.get_by_role("button", name="Choose photos").first, files)
    missed = []
    for file in files:
        page.get_by_role("button", name=re.compile(re.escape(file.name))).first.click()
        expect(page.get_by_role("heading", name=file.name)).to_be_visible()
        rows = page.get_by_role("list", name="Objects").locator(".box-row")
        expect(rows.first).to_be_visible(timeout=60_000)
        page.wait_for_timeout(300)
        found = sorted(re.match(r"\D*?([a-z]+)", text.strip()).group(1) for text in rows.all_inner_texts())
        if found != truth(studio)[file.name]:
            missed.append(f"{file.name} shows {truth(studio)[file.name]}, found were {found}")
        pictures(studio, f"try-{file.stem.lower()}")
    page.get_by_role("tab", name="JSON").click()
    expect(page.get_by_text("customModelResult", exact=False).first).to_be_visible()
    pictures(studio, "try-json")
    assert not missed, "\n".join(missed)


@row("every step reads well in light and dark, and the console stayed silent")
def _(studio):
    assert not studio.faults + studio.problems, "\n".join(studio.faults + studio.problems)


def main(program, artefacts, folder, weights=""):
    studio = Studio(program, artefacts, ["--foundation", weights] if weights else [])
    try:
        studio.folder, studio.has_weights = pathlib.Path(folder), bool(weights)
        studio.number, studio.faults = 0, []
        run_rows(studio)
    finally:
        studio.close()


main(*sys.argv[1:])
