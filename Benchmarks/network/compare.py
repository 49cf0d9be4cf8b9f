#!/usr/bin/env python3
"""Compares the network with its peers: the same numbers, and in what time.

    python3 Benchmarks/network/compare.py --weights WEIGHTS.safetensors --onnx MODEL.onnx --photos FOLDER [--coco LABELS.json]

Needs torch, safetensors, onnxruntime, numpy and pillow, and a release build. Prints
- parity: the largest difference between raw outputs here and in onnxruntime on 16 photos (allowed: 1e-3);
- accuracy: where the photos' labels are named, AP50 of the weights as they are (at least 0.50 on part of COCO's val2017);
- training: one step (nano, 416 px, batch 8, two threads) here and in PyTorch, backbone frozen and whole;
- prediction: the network alone, batch 1, batch normalisation folded, here and in PyTorch.

Both sides run with the same threads, allocator and OMP_WAIT_POLICY, take turns in one run, and medians are compared.
Ends with status 1 where a bound is missed.
"""

import argparse
import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
THREADS = 2


def restart_with_same_allocator():
    """Both sides get what the engine gets."""
    found = glob.glob("/usr/lib/*/libtcmalloc_minimal.so.4")
    wanted = {"OMP_WAIT_POLICY": "PASSIVE", "OMP_NUM_THREADS": str(THREADS)}
    if found:
        wanted["LD_PRELOAD"] = found[0]
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        os.execve(sys.executable, [sys.executable] + sys.argv, {**os.environ, **wanted})


class Bench:
    """A benchmark of pomona's side that waits for its turns."""

    def __init__(self, *arguments):
        program = os.path.join(ROOT, ".build/release/pomona-engine-bench")
        self.process = subprocess.Popen(
            [program, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def turn(self, repetitions):
        self.process.stdin.write(f"{repetitions}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def letterboxed(path, side):
    import numpy as np
    from PIL import Image
    photo = Image.open(path).convert("RGB")
    scale = min(side / photo.width, side / photo.height)
    photo = photo.resize((int(photo.width * scale), int(photo.height * scale)))
    canvas = np.full((side, side, 3), 114, np.float32)
    canvas[: photo.height, : photo.width] = np.asarray(photo, np.float32)
    return np.ascontiguousarray(canvas[:, :, ::-1].transpose(2, 0, 1))


def alternate(ours, theirs, rounds, repetitions):
    mine, peers = [], []
    for _ in range(rounds):
        mine += ours(repetitions)
        peers += theirs(repetitions)
    return statistics.median(mine), statistics.median(peers)


def timed(body):
    def run(repetitions):
        times = []
        for _ in range(repetitions):
            begin = time.perf_counter()
            body()
            times.append(time.perf_counter() - begin)
        return times
    return run


def parity(options, images):
    import numpy as np
    import onnxruntime
    session = onnxruntime.InferenceSession(options.onnx, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    expected = np.concatenate([session.run(None, {name: image[None]})[0] for image in images])
    with tempfile.TemporaryDirectory() as folder:
        source, answer = os.path.join(folder, "in"), os.path.join(folder, "out")
        images.tofile(source)
        program = os.path.join(ROOT, ".build/release/pomona-engine-bench")
        subprocess.run([program, "logits", options.weights, source, str(len(images)), answer], check=True)
        found = np.fromfile(answer, np.float32).reshape(expected.shape)
    # The ONNX file answers scores after the sigmoid.
    found[:, :, 4:] = 1 / (1 + np.exp(-found[:, :, 4:]))
    difference = float(np.abs(found - expected).max())
    print(f"parity: largest difference to onnxruntime on {len(images)} photos {difference:.1e} (allowed 1e-3)")
    return difference <= 1e-3


def accuracy(options):
    if not options.coco:
        print("accuracy: --coco is not set; left out")
        return True
    programs = os.path.join(ROOT, ".build/release")
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model.safetensors")
        bench = os.path.join(programs, "pomona-engine-bench")
        subprocess.run([bench, "describe", options.weights, options.coco, model], check=True)
        answer = subprocess.run(
            [os.path.join(programs, "pomona"), "evaluate", "--model", model, "--coco", options.coco, "--images",
             options.photos, "--json"], check=True, capture_output=True, text=True).stdout
    found = json.loads(answer.splitlines()[-1])["meanAveragePrecision50"]
    print(f"accuracy: AP50 {found:.4f} (wanted 0.50)")
    return found >= 0.5


def training(options, images):
    import torch
    import yolox_torch as peer
    from safetensors.torch import load_file
    places, strides = peer.grid(416)
    batch = torch.from_numpy(images[:8])
    boxes = [[60 + 30 * i, 80 + 20 * i, 90, 120] for i in range(3)]
    targets = [(torch.tensor([0, 1, 2]), torch.tensor(boxes, dtype=torch.float32)) for _ in range(8)]
    passed = True
    for frozen in (True, False):
        network = peer.Nano(3)
        weights = {k: v for k, v in load_file(options.weights).items() if "cls_preds" not in k}
        network.load_state_dict(weights, strict=False)
        theirs = peer.Training(network, frozen)
        bench = Bench("train-step", options.weights, "frozen" if frozen else "whole")
        step = timed(lambda: theirs.step(batch, targets, places, strides))
        bench.turn(2), step(2)
        mine, peers = alternate(bench.turn, step, options.rounds, 3)
        bench.close()
        ratio = peers / mine
        print(
            f"training step, backbone {'frozen' if frozen else 'learning'}: {mine * 1e3:.0f} ms, PyTorch "
            f"{torch.__version__} {peers * 1e3:.0f} ms, speed {ratio:.2f} of PyTorch's (wanted 1.00)")
        passed &= ratio >= 1
    return passed


def prediction(options, images):
    import torch
    import yolox_torch as peer
    from safetensors.torch import load_file
    network = peer.Nano(80)
    network.load_state_dict(load_file(options.weights), strict=False)
    network = peer.fold(network.eval())
    image = torch.from_numpy(images[:1])

    def forward():
        with torch.inference_mode():
            network(image)
    bench = Bench("predict", options.weights)
    theirs = timed(forward)
    bench.turn(5), theirs(5)
    mine, peers = alternate(bench.turn, theirs, options.rounds * 2, 10)
    bench.close()
    print(
        f"prediction, network alone: {mine * 1e3:.1f} ms, PyTorch {peers * 1e3:.1f} ms, latency "
        f"{mine / peers:.2f} of PyTorch's (allowed 1.05)")
    return mine <= 1.05 * peers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", required=True)
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--photos", required=True)
    parser.add_argument("--coco")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    restart_with_same_allocator()
    import numpy as np
    import torch
    torch.set_num_threads(THREADS)
    paths = sorted(glob.glob(os.path.join(options.photos, "*.jpg")))[:16]
    if len(paths) < 16:
        sys.exit(f"{options.photos} holds {len(paths)} JPEG photos; 16 are needed")
    images = np.stack([letterboxed(path, 416) for path in paths])
    results = [parity(options, images), accuracy(options), training(options, images), prediction(options, images)]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
