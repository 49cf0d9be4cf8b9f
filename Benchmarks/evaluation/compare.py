#!/usr/bin/env python3
"""Compares pomona's evaluation with pycocotools: the same average precision, and in what time.

    python3 Benchmarks/evaluation/compare.py                 5,000 photos, 80 tags, 500,000 detections
    python3 Benchmarks/evaluation/compare.py --fuzz 50       50 small random sets, figures only

Needs numpy and pycocotools, and `swift build -c release --product pomona-bench`. Both sides get the same IoU
thresholds, 300 detections per photo and tag, and area range "all" alone. Timed are COCOeval's evaluate() and
accumulate() (loading is left out) and the evaluator's whole call on arrays in memory (building them is left out). The
two sides take turns; medians are printed. Ends with status 1 where a figure differs by more than 1e-6 or
pomona takes more than half of pycocotools' time.
"""

import argparse
import contextlib
import io
import json
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IOU_THRESHOLDS = np.concatenate([[0.3], np.linspace(0.5, 0.95, 10)])
ALLOWED_DIFFERENCE = 1e-6
ALLOWED_RATIO = 0.5


def random_results(generator, photos, tags, objects, detections, decimals=None, size=640):
    """Annotations `[photo, tag, x, y, w, h, isCrowd]` and detections `[photo, tag, x, y, w, h, score]`.

    Six detections in ten are shaken copies of an object, the rest lie anywhere. With `decimals`, coordinates and
    scores are rounded, which makes ties.
    """
    truths = np.zeros((objects, 7))
    truths[:, 0] = generator.integers(photos, size=objects)
    truths[:, 1] = np.minimum(generator.zipf(1.3, size=objects) - 1, generator.integers(tags, size=objects)) % tags
    truths[:, 4:6] = np.exp(generator.uniform(np.log(8), np.log(300), size=(objects, 2)))
    truths[:, 2:4] = generator.uniform(0, 1, size=(objects, 2)) * (size - truths[:, 4:6])
    truths[:, 6] = generator.random(objects) < 0.02
    found = np.zeros((detections, 7))
    found[:, 0] = generator.integers(photos, size=detections)
    found[:, 1] = generator.integers(tags, size=detections)
    found[:, 4:6] = np.exp(generator.uniform(np.log(8), np.log(300), size=(detections, 2)))
    found[:, 2:4] = generator.uniform(0, 1, size=(detections, 2)) * (size - found[:, 4:6])
    found[:, 6] = generator.beta(1, 4, size=detections)
    copies = np.flatnonzero(generator.random(detections) < 0.6) if objects else np.array([], int)
    if len(copies):
        source = generator.integers(objects, size=len(copies))
        shake = generator.normal(0, 0.12, size=(len(copies), 4))
        found[copies, 0:2] = truths[source, 0:2]
        found[copies, 2:4] = truths[source, 2:4] + shake[:, 0:2] * truths[source, 4:6]
        found[copies, 4:6] = truths[source, 4:6] * np.exp(shake[:, 2:4])
        found[copies, 6] = generator.beta(3, 2, size=len(copies))
        wrong = copies[generator.random(len(copies)) < 0.1]
        found[wrong, 1] = generator.integers(tags, size=len(wrong))
    if decimals is not None:
        truths[:, 2:6] = np.round(truths[:, 2:6], decimals)
        found[:, 2:6] = np.round(found[:, 2:6], decimals)
        found[:, 6] = np.round(found[:, 6], 2)
    return truths, found


def write_results(path, photos, tags, truths, found):
    with open(path, "wb") as file:
        file.write(struct.pack("<5q", photos, tags, len(IOU_THRESHOLDS), len(truths), len(found)))
        for values in (IOU_THRESHOLDS, truths, found):
            file.write(np.ascontiguousarray(values, dtype="<f8").tobytes())


def pycocotools_inputs(photos, tags, truths, found):
    truth = COCO()
    truth.dataset = {
        "images": [{"id": index + 1} for index in range(photos)],
        "categories": [{"id": index + 1, "name": str(index)} for index in range(tags)],
        "annotations": [
            {
                "id": index + 1, "image_id": int(row[0]) + 1, "category_id": int(row[1]) + 1,
                "bbox": row[2:6].tolist(), "area": row[4] * row[5], "iscrowd": int(row[6]),
            }
            for index, row in enumerate(truths)
        ],
    }
    rows = [
        {
            "image_id": int(row[0]) + 1, "category_id": int(row[1]) + 1,
            "bbox": row[2:6].tolist(), "score": float(row[6]),
        }
        for row in found
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        truth.createIndex()
        results = truth.loadRes(rows) if rows else COCO()
    if not rows:
        results.dataset, results.imgToAnns = {"annotations": []}, {}
    return truth, results


def run_pycocotools(truth, results):
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation = COCOeval(truth, results, "bbox")
        evaluation.params.iouThrs = IOU_THRESHOLDS
        evaluation.params.maxDets = [300]
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
        start = time.perf_counter()
        evaluation.evaluate()
        evaluation.accumulate()
        elapsed = 1000 * (time.perf_counter() - start)
    precision = evaluation.eval["precision"][:, :, :, 0, 0]
    return elapsed, precision.mean(axis=1), evaluation.eval["recall"][:, :, 0, 0]


def run_pomona(program, path):
    return json.loads(subprocess.run([program, "evaluation", path], check=True, capture_output=True).stdout)


def largest_difference(report, average_precision, recall):
    return max(
        float(np.abs(np.array(report[name]) - expected).max())
        for name, expected in (("averagePrecision", average_precision), ("recall", recall))
    )


def fuzz(program, path, count, seed):
    worst = 0.0
    for index in range(count):
        generator = np.random.default_rng([seed, index])
        photos, tags = int(generator.integers(1, 40)), int(generator.integers(1, 8))
        objects, detections = int(generator.integers(0, 300)), int(generator.integers(0, 3000))
        truths, found = random_results(
            generator, photos, tags, objects, detections, decimals=[None, 0, 1][index % 3], size=[640, 320][index % 2])
        write_results(path, photos, tags, truths, found)
        _, average_precision, recall = run_pycocotools(*pycocotools_inputs(photos, tags, truths, found))
        difference = largest_difference(run_pomona(program, path), average_precision, recall)
        if difference > ALLOWED_DIFFERENCE:
            print(f"set {index}: {photos} photos, {tags} tags differ by {difference:.3g}")
        worst = max(worst, difference)
    print(f"{count} random sets: largest difference {worst:.3g}")
    return worst <= ALLOWED_DIFFERENCE


def compare(program, path, rounds, seed):
    photos, tags, objects, detections = 5_000, 80, 36_000, 500_000
    truths, found = random_results(np.random.default_rng(seed), photos, tags, objects, detections)
    write_results(path, photos, tags, truths, found)
    inputs = pycocotools_inputs(photos, tags, truths, found)
    times, reports, worst = [], [], 0.0
    for _ in range(rounds):
        reports.append(run_pomona(program, path))
        elapsed, average_precision, recall = run_pycocotools(*inputs)
        times.append(elapsed)
        worst = max(worst, largest_difference(reports[-1], average_precision, recall))
    theirs, ratios = statistics.median(times), []
    print(f"{photos} photos, {tags} tags, {objects} objects, {detections} detections; medians of {rounds}")
    print(f"pycocotools evaluate() + accumulate(): {theirs:.0f} ms")
    for name, words in (
        ("oneCoreMilliseconds", "average precision, one core"),
        ("allCoresMilliseconds", "average precision, all cores"),
        ("metricsMilliseconds", "all figures, one core"),
    ):
        ours = statistics.median(report[name] for report in reports)
        ratios.append(ours / theirs)
        print(f"pomona, {words}: {ours:.0f} ms, ratio {ratios[-1]:.4f}")
    print(f"largest difference {worst:.3g}")
    return worst <= ALLOWED_DIFFERENCE and max(ratios) <= ALLOWED_RATIO


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/release/pomona-bench"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fuzz", type=int, metavar="COUNT", help="compare small random sets instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "results.bin")
        if options.fuzz:
            agrees = fuzz(options.program, path, options.fuzz, options.seed)
        else:
            agrees = compare(options.program, path, options.rounds, options.seed)
    sys.exit(0 if agrees else 1)


if __name__ == "__main__":
    main()
