#!/usr/bin/env python3
"""Compares prediction with OpenVINO's Python and with a loop over Pillow and onnxruntime, both sides in one run.

Needs Python with openvino, onnxruntime, numpy and pillow, and a release build of pomona and pomona-bench:

    python3 Benchmarks/prediction/compare.py (--model MODEL | --weights WEIGHTS) --photos FOLDER [--threads 2] [--count 500]

MODEL is a model file of Pomona, WEIGHTS a safetensors file with the tensors of a published YOLOX. FOLDER holds JPEG files;
one of 1024 x 768, or a copy scaled to that, serves for the single photo, all of them, over and over, for the folder.
Every figure is the median of several alternating rounds, because other work on the machine comes and goes. Ends with
status 1 where a figure misses its limit.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import onnxruntime
import openvino
from PIL import Image

from published import write_model

ROOT = pathlib.Path(__file__).resolve().parents[2]
THRESHOLD, OVERLAP = 0.3, 0.65
# Times those of OpenVINO's Python; milliseconds beyond the network; times the rate of Pillow and onnxruntime;
# milliseconds from the start of a command to its answer.
MOST_NETWORK, MOST_EXTRA, LEAST_RATE, MOST_START = 1.1, 6, 1.5, 400


def bench(*arguments):
    """Runs pomona-bench and returns its report."""
    program = ROOT / ".build/release/pomona-bench"
    result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr)
    return json.loads(result.stdout)


def command(model, cache, *arguments):
    """Runs `pomona predict` as a person would and returns how many milliseconds it took."""
    program = ROOT / ".build/release/pomona"
    start = time.perf_counter()
    subprocess.run([program, "predict", "--model", model, *map(str, arguments)], check=True, capture_output=True,
                   env=os.environ | {"POMONA_CACHE": str(cache)})
    return (time.perf_counter() - start) * 1e3


def photo_of_standard_size(photos, work):
    for path in photos:
        if Image.open(path).size == (1024, 768):
            return path
    path = work / "scaled.jpg"
    Image.open(photos[0]).convert("RGB").resize((1024, 768), Image.BICUBIC).save(path, quality=90)
    return path


def milliseconds(work, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times[runs // 4:])


class Loop:
    """What many scripts do: open, shrink, run, sort out."""

    def __init__(self, network, form, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self.form = form
        self.width, self.height = form["size"]["width"], form["size"]["height"]

    def photo(self, path):
        image = Image.open(path).convert("RGB")
        scale = min(self.width / image.width, self.height / image.height)
        image = image.resize((int(image.width * scale), int(image.height * scale)), Image.BILINEAR)
        canvas = numpy.full((self.height, self.width, 3), self.form["fill"], numpy.uint8)
        canvas[:image.height, :image.width] = image
        if self.form["channelOrder"] == "bgr":
            canvas = canvas[:, :, ::-1]
        planes = numpy.ascontiguousarray(canvas.transpose(2, 0, 1)[None], numpy.float32)
        return planes * numpy.float32(self.form["white"] / 255), scale

    def detections(self, path):
        planes, scale = self.photo(path)
        boxes, scores = self.session.run(["boxes", "scores"], {"images": planes})
        boxes, scores = boxes[0], scores[0]
        labels = scores.argmax(1)
        confidences = scores[numpy.arange(len(labels)), labels]
        chosen = numpy.flatnonzero(confidences >= THRESHOLD)
        order = chosen[numpy.argsort(-confidences[chosen])]
        kept = []
        for index in order:
            if all(labels[index] != labels[other] or overlap(boxes[index], boxes[other]) <= OVERLAP for other in kept):
                kept.append(index)
        return boxes[kept] / scale, labels[kept], confidences[kept]


def overlap(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0
    shared = width * height
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def settings(threads):
    return {
        "PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": str(threads), "ENABLE_CPU_PINNING": "NO",
        "INFERENCE_PRECISION_HINT": "f32",
    }


def network_alone(model, network, threads, cache, rounds):
    image = numpy.full((1, 3, *network_size(network)), 114, numpy.float32)
    compiled = openvino.Core().compile_model(network, "CPU", settings(threads))
    request = compiled.create_infer_request()
    request.set_input_tensor(openvino.Tensor(image))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    ours, python, other = [], [], []
    for _ in range(rounds):
        times = bench("prediction", model, cache, threads, "network", 60)["networkMilliseconds"]
        ours.append(statistics.median(times[15:]))
        python.append(milliseconds(request.infer, 60))
        session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        other.append(milliseconds(lambda: session.run(None, {"images": image}), 60))
        del session
    return map(statistics.median, (ours, python, other))


def network_size(network):
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    return session.get_inputs()[0].shape[2:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--model")
    source.add_argument("--weights")
    parser.add_argument("--photos", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    photos = sorted(pathlib.Path(arguments.photos).glob("*.jpg"))
    if not photos:
        sys.exit(f"{arguments.photos} holds no JPEG file")

    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        cache, network = work / "cache", str(work / "model.onnx")
        if arguments.weights:
            arguments.model = str(work / "published.safetensors")
            write_model(arguments.weights, arguments.model)
        bench("export", arguments.model, network, "fp32", "fixed")
        first = bench("prediction", arguments.model, cache, arguments.threads, "network", 1)
        again = bench("prediction", arguments.model, cache, arguments.threads, "network", 1)
        print(f"loading: {first['loadMilliseconds']:.0f} ms at first, {again['loadMilliseconds']:.0f} ms from the cache")

        ours, python, other = network_alone(
            arguments.model, network, arguments.threads, cache, arguments.rounds)
        print(f"network alone, {arguments.threads} threads: {ours:.1f} ms; OpenVINO's Python {python:.1f} ms "
              f"(ratio {ours / python:.2f}, at most {MOST_NETWORK}); onnxruntime {other:.1f} ms (ratio {ours / other:.2f})")

        single = photo_of_standard_size(photos, work)
        whole, extra = [], []
        for _ in range(arguments.rounds):
            report = bench("prediction", arguments.model, cache, arguments.threads, "photo", 80, single)
            photo, alone = (statistics.median(report[name][20:]) for name in ("photoMilliseconds", "networkMilliseconds"))
            whole.append(photo)
            extra.append(photo - alone)
        print(f"{single.name} from bytes to boxes: {statistics.median(whole):.1f} ms, "
              f"{statistics.median(extra):.1f} ms beyond the network (at most {MOST_EXTRA})")

        command(arguments.model, cache, single, "--threads", arguments.threads)
        starts = [command(arguments.model, cache, single, "--threads", arguments.threads) for _ in range(11)]
        start = statistics.median(starts)
        print(f"pomona predict on one photo, start to answer with a warm cache: {start:.0f} ms (at most {MOST_START})")

        folder = work / "photos"
        folder.mkdir()
        for index in range(arguments.count):
            shutil.copy(photos[index % len(photos)], folder / f"{index:04}.jpg")
        form = json.loads(onnxruntime.InferenceSession(network).get_modelmeta().custom_metadata_map["input"])
        rates, found = ([], []), [0, 0]
        for _ in range(arguments.rounds):
            report = bench("prediction", arguments.model, cache, arguments.threads, "folder", folder)
            rates[0].append(report["photos"] / report["folderSeconds"])
            found[0] = report["detections"]
            loop = Loop(network, form, arguments.threads)
            begin = time.perf_counter()
            found[1] = sum(len(loop.detections(path)[1]) for path in sorted(folder.glob("*.jpg")))
            rates[1].append(arguments.count / (time.perf_counter() - begin))
            del loop
        rates = [statistics.median(values) for values in rates]
        print(f"{arguments.count} photos: {rates[0]:.1f} images/s with {found[0]} detections; Pillow and onnxruntime "
              f"{rates[1]:.1f} images/s with {found[1]} (ratio {rates[0] / rates[1]:.2f}, at least {LEAST_RATE})")
        holds = (ours <= MOST_NETWORK * python and statistics.median(extra) <= MOST_EXTRA
                 and rates[0] >= LEAST_RATE * rates[1] and start <= MOST_START)
        sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
