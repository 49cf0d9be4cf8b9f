"""Figures of folds taken together: what every fold's model finds on its own photos, judged as one set."""

import contextlib
import io
import json
import pathlib
import subprocess

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

BINS = 15


class Pool:
    """Collects predictions fold by fold. Photos keep the ids of the set that the folds were dealt from."""

    def __init__(self):
        self.truth = {"images": [], "annotations": [], "categories": []}
        self.found = []
        self.guesses = []

    def add(self, program, model, labels, photos):
        """Predicts the photos of one fold (a COCO file) with its model."""
        fold = json.loads(pathlib.Path(labels).read_text())
        paths = {str(photos / image["file_name"]): image["id"] for image in fold["images"]}
        done = subprocess.run(
            [program, "predict", "--model", model, "--threshold", "0.001", "--json", *paths],
            capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        if answer["skipped"]:
            raise SystemExit(f"not predicted: {answer['skipped'][0]}")
        tags = {category["name"]: category["id"] for category in fold["categories"]}
        tag_of = {annotation["image_id"]: annotation["category_id"] for annotation in fold["annotations"]}
        self.truth["images"] += fold["images"]
        self.truth["annotations"] += fold["annotations"]
        self.truth["categories"] = fold["categories"]
        for image in answer["images"]:
            photo = paths[image["file"]]
            for item in image["objects"]:
                box = item["boundingBox"]
                self.found.append({
                    "image_id": photo, "category_id": tags[item["tag"]], "score": item["confidence"],
                    "bbox": [box["x"], box["y"], box["w"], box["h"]]})
            if image.get("tags"):
                best = max(image["tags"], key=lambda tag: tag["confidence"])
                self.guesses.append((tags[best["tag"]] == tag_of[photo], best["confidence"]))

    def detection(self):
        """Average precision at IoU 0.5 and 0.75, and their mean from 0.5 to 0.95, by pycocotools."""
        for annotation in self.truth["annotations"]:
            annotation.setdefault("iscrowd", 0)
            annotation.setdefault("area", annotation["bbox"][2] * annotation["bbox"][3])
        with contextlib.redirect_stdout(io.StringIO()):
            truth = COCO()
            truth.dataset = self.truth
            truth.createIndex()
            judge = COCOeval(truth, truth.loadRes(self.found), "bbox")
            judge.params.maxDets = [1, 10, 300]
            judge.params.areaRng, judge.params.areaRngLbl = judge.params.areaRng[:1], judge.params.areaRngLbl[:1]
            judge.evaluate()
            judge.accumulate()
        precision = judge.eval["precision"][:, :, :, 0, -1]  # thresholds, recalls, tags

        def mean(of):
            return float(of[of > -1].mean()) if (of > -1).any() else 0.0

        return [mean(precision[0]), mean(precision[5]), mean(precision)]

    def classification(self):
        """Share of right first tags, and the expected calibration error over 15 equal bins (low, high]."""
        right = np.array([guess[0] for guess in self.guesses], float)
        confidence = np.array([guess[1] for guess in self.guesses])
        bins = np.ceil(confidence * BINS).astype(int)
        gaps = [abs(right[bins == number].sum() - confidence[bins == number].sum()) for number in np.unique(bins)]
        return [float(right.mean()), float(sum(gaps) / len(right))]
