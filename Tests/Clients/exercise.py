"""Does the fruit exercise over HTTP alone: uploads, two trainings, evaluation, analysis of the test photos.

Usage: exercise.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY FOLDER
where FOLDER is the exercise's: train/, eval/, test/, test.json and azure-dialect/.
"""

import json
import pathlib
import sys
import time

import requests
from azure.storage.blob import ContentSettings

from rows import row, run_rows
from vision_photos import overlap
from vision_server import Server, close

PHOTO = ContentSettings(content_type="image/jpeg")


class Exercise:
    def __init__(self, server):
        self.server, self.folder = server, pathlib.Path(server.rest[0])
        self.training = server.blobs.create_container("training-images")
        self.evaluation = server.blobs.create_container("evaluation-images")
        self.headers = {"Ocp-Apim-Subscription-Key": server.key}

    def call(self, method, path, body=None, status=200, **query):
        answer = requests.request(
            method,
            f"{self.server.url}/computervision{path}",
            params={"api-version": "2023-04-01-preview", **query},
            headers=self.headers,
            json=None if isinstance(body, bytes) else body,
            data=body if isinstance(body, bytes) else None,
            timeout=300,
        )
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def labels(self, name):
        return json.loads((self.folder / "azure-dialect" / name).read_text())

    def wait(self, path, seconds=3600):
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            answer = self.call("GET", path)
            if answer["status"] in ["succeeded", "failed", "cancelled"]:
                print(f"{path} {answer['status']} after {time.monotonic() - start:.0f} s", flush=True)
                return answer
            time.sleep(1)
        raise AssertionError(f"{path} is still {answer['status']} after {seconds} s")


@row("upload 84 photos and two label files")
def _(exercise):
    for container, name in [(exercise.training, "train"), (exercise.evaluation, "eval")]:
        for photo in sorted((exercise.folder / name).glob("*.jpg")):
            container.upload_blob(photo.name, photo.read_bytes(), content_settings=PHOTO)
    for container, name in [(exercise.training, "training-labels.json"), (exercise.evaluation, "eval-labels.json")]:
        as_it_is = exercise.labels(name)
        container.upload_blob(name, json.dumps(as_it_is))
        for image in as_it_is["images"]:
            image["coco_url"] = f"{container.url}/{image['file_name']}"
        container.upload_blob(f"own-{name}", json.dumps(as_it_is))
    assert len(list(exercise.training.list_blobs())) + len(list(exercise.evaluation.list_blobs())) == 84 + 4


@row("register the label files as they are, and with URLs of these blobs")
def _(exercise):
    for prefix in ["", "own-"]:
        for container, name in [(exercise.training, "training"), (exercise.evaluation, "eval")]:
            body = {
                "annotationKind": "imageObjectDetection",
                "annotationFileUris": [f"{container.url}/{prefix}{name}-labels.json"],
            }
            exercise.call("PUT", f"/datasets/{prefix}{name}", body, status=201)


def train(exercise, prefix):
    body = {
        "trainingParameters": {
            "trainingDatasetName": f"{prefix}training",
            "timeBudgetInHours": 1,
            "modelKind": "Generic-Detector",
        },
        "evaluationParameters": {"testDatasetName": f"{prefix}eval"},
    }
    exercise.call("PUT", f"/models/{prefix}fruit", body, status=201)
    model = exercise.wait(f"/models/{prefix}fruit")
    assert model["status"] == "succeeded", model
    print(json.dumps(model["modelPerformance"]), f"{model['trainingCostInMinutes']} min", flush=True)
    assert model["trainingCostInMinutes"] < 60, "training was to end by itself"
    return model["modelPerformance"]


@row("train with a budget of an hour, which it does not take")
def _(exercise):
    exercise.performance = train(exercise, "")


@row("the same with photos found by their URLs: as good, to a tenth")
def _(exercise):
    # Two trainings on photos in another order are not alike to the digit.
    own = train(exercise, "own-")
    close(own["meanAveragePrecision50"], exercise.performance["meanAveragePrecision50"], 0.1)


@row("evaluate: the training's own figures, to a hundredth")
def _(exercise):
    body = {"evaluationParameters": {"testDatasetName": "own-eval"}}
    exercise.call("PUT", "/models/fruit/evaluations/again", body, status=201)
    evaluation = exercise.wait("/models/fruit/evaluations/again", seconds=600)
    assert evaluation["status"] == "succeeded", evaluation
    for name in ["meanAveragePrecision30", "meanAveragePrecision50", "meanAveragePrecision75"]:
        close(evaluation["modelPerformance"][name], exercise.performance[name], 0.01)


@row("analyze the test photos: every fruit with its tag, at a confidence of 0.5, at an IoU of 0.7")
def _(exercise):
    missed = missed_by(exercise, "fruit") + missed_by(exercise, "own-fruit")
    assert not missed, "\n".join(missed)


def missed_by(exercise, model):
    truth = json.loads((exercise.folder / "test.json").read_text())
    tags = {category["id"]: category["name"] for category in truth["categories"]}
    missed = []
    for image in truth["images"]:
        photo = (exercise.folder / "test" / image["file_name"]).read_bytes()
        answer = exercise.call("POST", "/imageanalysis:analyze", photo, **{"model-name": model})
        assert answer["metadata"] == {"width": image["width"], "height": image["height"]}
        found = [
            (value["tags"][0]["name"], value["tags"][0]["confidence"], [value["boundingBox"][side] for side in "xywh"])
            for value in answer["customModelResult"]["objectsResult"]["values"]
        ]
        for annotation in (item for item in truth["annotations"] if item["image_id"] == image["id"]):
            tag, box = tags[annotation["category_id"]], annotation["bbox"]
            best = max((overlap(box, b) for name, confidence, b in found if name == tag and confidence >= 0.5), default=0)
            if best < 0.7:
                missed.append(f"{model}: {tag} on {image['file_name']} (best IoU {best:.2f} of {found})")
    return missed


run_rows(Exercise(Server(sys.argv[1:])))
