#!/usr/bin/env python3
"""Writes the files of this folder: random results with the figures that pycocotools and numpy compute for them.

    python3 Tests/PomonaEvaluationTests/Golden/make_golden.py

Needs numpy and pycocotools 2.0.11. The same program writes the same files. Each detection file holds

    photos      by rising image id: {"truth": [[tag, x, y, width, height, isCrowd]],
                                     "detections": [[tag, confidence, x, y, width, height]]}
    expected    iouThresholds, averagePrecision and recall as [thresholds][tags], precision50 and confidence50 as
                [tags][101 recall levels]; -1 for a tag without objects

and classification.json holds truths, probabilities and what `classification_figures` below makes of them.
"""

import contextlib
import io
import json
import os

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

FOLDER = os.path.dirname(os.path.abspath(__file__))
IOU_THRESHOLDS = [0.3] + np.linspace(0.5, 0.95, 10).tolist()


def random_set(
    generator, photos, tags, objects, detections, *,
    crowds=0.05, grid=None, decimals=2, levels=None, silent_tags=(), unseen_tags=(), empty_photos=0, duplicates=0.0,
):
    """A set of photos of 200 x 200 pixels.

    grid: coordinates are multiples of it, so that overlaps tie and lie exactly on thresholds. levels: so many
    different confidences. silent_tags are never detected, unseen_tags have no objects, the first of them only crowds.
    empty_photos: so many photos have neither. duplicates: the share of objects that lie exactly on another.
    """
    result = [{"truth": [], "detections": []} for _ in range(photos)]
    filled = generator.permutation(photos)[: photos - empty_photos]

    def coordinates(values):
        if grid:
            values = np.round(values / grid) * grid
            values[2:] = np.maximum(values[2:], grid)
        return [float(value) for value in np.round(values, decimals)]

    for index in range(objects):
        photo = result[generator.choice(filled)]
        tag = int(generator.integers(tags))
        size = generator.uniform(10, 90, size=2)
        box = coordinates(np.concatenate([generator.uniform(0, 200 - size), size]))
        crowd = int(generator.random() < crowds)
        if tag in unseen_tags:
            if tag != unseen_tags[0]:
                continue
            crowd = 1
        if photo["truth"] and generator.random() < duplicates:
            tag, *box = generator.choice([row[:5] for row in photo["truth"]]).tolist()
            tag = int(tag)
        photo["truth"].append([tag, *box, crowd])
    for index in range(detections):
        photo = result[generator.choice(filled)]
        if photo["truth"] and generator.random() < 0.6:
            tag, *box = photo["truth"][generator.integers(len(photo["truth"]))][:5]
            box = np.array(box)
            shake = generator.normal(0, 0.15, size=4)
            box = np.concatenate([box[:2] + shake[:2] * box[2:], box[2:] * np.exp(shake[2:])])
            if generator.random() < 0.1:
                tag = int(generator.integers(tags))
        else:
            tag = int(generator.integers(tags))
            size = generator.uniform(10, 90, size=2)
            box = np.concatenate([generator.uniform(0, 200 - size), size])
        confidence = generator.random()
        if levels:
            confidence = (1 + np.floor(confidence * levels)) / (levels + 1)
        if tag not in silent_tags:
            photo["detections"].append([tag, round(float(confidence), 4), *coordinates(box)])
    return result


def detection_sets():
    """Ten sets, each with what makes evaluations differ."""
    plans = {
        "plain": dict(photos=20, tags=5, objects=90, detections=450),
        "ties": dict(photos=15, tags=3, objects=80, detections=500, grid=10, levels=5),
        "crowds": dict(photos=12, tags=3, objects=90, detections=450, crowds=0.4, grid=5),
        "empty-photos": dict(photos=30, tags=4, objects=40, detections=160, empty_photos=18),
        "over-300": dict(photos=3, tags=2, objects=40, detections=2200, decimals=0, levels=400),
        "one-confidence": dict(photos=10, tags=3, objects=60, detections=250, levels=1),
        "duplicates": dict(photos=10, tags=2, objects=80, detections=300, grid=10, duplicates=0.5, crowds=0.2),
        "one-photo": dict(photos=1, tags=1, objects=12, detections=60),
        "absent-tags": dict(photos=15, tags=6, objects=80, detections=350, silent_tags=(1,), unseen_tags=(2, 4)),
        "mixed": dict(
            photos=25, tags=5, objects=120, detections=700, crowds=0.2, decimals=1, levels=20, empty_photos=6,
            unseen_tags=(3,), silent_tags=(0,), duplicates=0.1),
    }
    for index, (name, plan) in enumerate(plans.items()):
        yield name, plan["tags"], random_set(np.random.default_rng([2014, index]), **plan)


def pycocotools_figures(generator, tag_count, photos):
    # Ids with gaps, and a file in which nothing is sorted by them: the order must come from the ids.
    image_ids = np.sort(generator.choice(np.arange(1, 10_000), size=len(photos), replace=False)).tolist()
    tag_ids = np.sort(generator.choice(np.arange(1, 500), size=tag_count, replace=False)).tolist()
    annotations, results = [], []
    for photo in generator.permutation(len(photos)).tolist():
        for tag, x, y, width, height, crowd in photos[photo]["truth"]:
            annotations.append({
                "id": len(annotations) + 1, "image_id": image_ids[photo], "category_id": tag_ids[tag],
                "bbox": [x, y, width, height], "area": width * height, "iscrowd": crowd})
        for tag, confidence, x, y, width, height in photos[photo]["detections"]:
            results.append({
                "image_id": image_ids[photo], "category_id": tag_ids[tag], "bbox": [x, y, width, height],
                "score": confidence})
    truth = COCO()
    truth.dataset = {
        "images": [{"id": image_ids[photo]} for photo in generator.permutation(len(photos)).tolist()],
        "categories": [{"id": tag_ids[tag]} for tag in generator.permutation(tag_count).tolist()],
        "annotations": annotations}
    with contextlib.redirect_stdout(io.StringIO()):
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
        evaluation.params.iouThrs = np.array(IOU_THRESHOLDS)
        evaluation.params.maxDets = [300]
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, :, 0, 0]  # [thresholds, recall levels, tags]
    return {
        "iouThresholds": IOU_THRESHOLDS,
        "averagePrecision": np.round(precision.mean(axis=1), 12).tolist(),
        "recall": np.round(evaluation.eval["recall"][:, :, 0, 0], 12).tolist(),
        "precision50": np.round(precision[1].T, 9).tolist(),
        "confidence50": evaluation.eval["scores"][1, :, :, 0, 0].T.tolist(),
    }


def classification_set(generator, photos, tags):
    """Probabilities with ties; the last tag has no photos."""
    truths = generator.integers(tags - 1, size=photos)
    logits = generator.normal(0, 1, size=(photos, tags))
    logits[np.arange(photos), truths] += 1.2
    probabilities = np.exp(1.5 * logits)
    probabilities = np.round(probabilities / probabilities.sum(axis=1, keepdims=True), 2)
    return truths, probabilities


def classification_figures(truths, probabilities):
    photos, tags = probabilities.shape
    order = np.argsort(-probabilities, axis=1, kind="stable")
    predicted = order[:, 0]
    confidence = probabilities[np.arange(photos), predicted]
    edges = np.linspace(0, 1, 16)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        error += abs((predicted == truths)[inside].sum() - confidence[inside].sum())
    precisions, accuracies = [], []
    for tag in range(tags):
        relevant = truths == tag
        if not relevant.any():
            precisions.append(None)
            accuracies.append(None)
            continue
        accuracies.append(float((predicted[relevant] == tag).mean()))
        # Precision and recall of the photos at or above each confidence that occurs, from the highest down.
        average, recall_before = 0.0, 0.0
        for threshold in sorted(set(probabilities[:, tag]), reverse=True):
            chosen = probabilities[:, tag] >= threshold
            recall = (chosen & relevant).sum() / relevant.sum()
            average += (recall - recall_before) * (chosen & relevant).sum() / chosen.sum()
            recall_before = recall
        precisions.append(float(average))
    return {
        "accuracyTop1": float((predicted == truths).mean()),
        "accuracyTop5": float((order[:, :5] == truths[:, None]).any(axis=1).mean()),
        "averagePrecision": float(np.mean([value for value in precisions if value is not None])),
        "calibrationECE": float(error / photos),
        "tagAveragePrecision": precisions,
        "tagAccuracy": accuracies,
    }


def write(name, content):
    with open(os.path.join(FOLDER, name), "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


def main():
    for index, (name, tag_count, photos) in enumerate(detection_sets()):
        expected = pycocotools_figures(np.random.default_rng([2015, index]), tag_count, photos)
        write(f"detection-{name}.json", {"tagCount": tag_count, "photos": photos, "expected": expected})
    truths, probabilities = classification_set(np.random.default_rng(2016), photos=150, tags=9)
    write("classification.json", {
        "truths": truths.tolist(), "probabilities": probabilities.tolist(),
        "expected": classification_figures(truths, probabilities)})


if __name__ == "__main__":
    main()
