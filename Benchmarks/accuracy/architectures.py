"""Which configuration of the network is worth most on a plain processor: each is taught for the same time, then trained on a set.

Usage: architectures.py PROGRAM --packs FILE ... --set DIR [--classify 200] [--detect 180] [--budget 60s] [--seeds 0,1]

Every configuration learns to classify the packs' photos for so many seconds and then to find things in scenes of them; what
that gave starts trainings on the set (`train/`, `train.json`, `eval/`, `eval.json`) with the budget of a whole command, at both
sides. Prints a row of a table for each: steps of both stages and their scores on unseen photos, average precision on the set
(means of the seeds), and the milliseconds of a prediction. Only a quiet machine gives all of them the same.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import threading
import time

CONFIGURATIONS = {
    "depthwise, 0.25, SiLU": {"depth": 0.33, "width": 0.25, "isDepthwise": True, "activation": "silu"},
    "dense, 0.25, SiLU": {"depth": 0.33, "width": 0.25, "isDepthwise": False, "activation": "silu"},
    "dense, 0.25, ReLU": {"depth": 0.33, "width": 0.25, "isDepthwise": False, "activation": "relu"},
    "dense, 0.375, ReLU": {"depth": 0.33, "width": 0.375, "isDepthwise": False, "activation": "relu"},
}
SIDES = (320, 416)


def teach(program, stage, options, seconds, folder, opening={}):
    """Teaches for so long, not counted what a run needs before its first step; returns the last line of its log."""

    def run(folder, steps):
        folder.mkdir()
        file = folder / "options.json"
        file.write_text(json.dumps({**options, "folder": str(folder), "seed": 0, "steps": steps, "cooldownSteps": 0}))
        done = subprocess.run(
            [program, "foundation", "train", "--stage", stage, "--options", str(file)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{stage}: {done.stderr.strip()[-500:]}")
        return done.stdout

    if stage not in opening:
        begin = time.monotonic()
        run(folder.with_name(stage + "-opening"), 0)
        opening[stage] = time.monotonic() - begin
    timer = threading.Timer(seconds + opening[stage], (folder / "stop").touch)
    timer.start()
    log = run(folder, 10**7)
    timer.cancel()
    return json.loads(log.splitlines()[-1])


def train(program, root, foundation, side, budget, seed, output):
    done = subprocess.run(
        [program, "train", "--train-coco", root / "train.json", "--train-images", root / "train",
         "--evaluation-coco", root / "eval.json", "--evaluation-images", root / "eval", "--foundation", foundation,
         "--image-size", str(side), "--budget", budget, "--seed", str(seed), "--output", output, "--json"],
        capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr.strip()[-500:])
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer["meanAveragePrecision50"] or 0, answer["meanAveragePrecision"] or 0, answer["steps"]


def milliseconds(program, model, photos):
    done = subprocess.run([program, "predict", "--model", model, "--json", photos], capture_output=True, text=True, check=True)
    return statistics.median(image["milliseconds"] for image in json.loads(done.stdout)["images"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--packs", nargs="+", required=True)
    parser.add_argument("--set", type=pathlib.Path, required=True)
    parser.add_argument("--classify", type=int, default=200)
    parser.add_argument("--detect", type=int, default=180)
    parser.add_argument("--budget", default="60s")
    parser.add_argument("--seeds", default="0,1")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    print("| network | classifying: steps, top-1 | finding: steps, AP50 | side | steps | mAP50 | mAP | ms a photo |\n" + "|---" * 8 + "|",
          flush=True)
    for name, architecture in CONFIGURATIONS.items():
        with tempfile.TemporaryDirectory(prefix="pomona-architecture-") as folder:
            work = pathlib.Path(folder)
            first = teach(options.program, "classify", {
                "packs": options.packs, "side": 64, "batchSize": 128, "learningRate": 0.003, "weightDecay": 0.05,
                "labelSmoothing": 0.1, "warmUpSteps": 300, "architecture": architecture}, options.classify, work / "stage1")
            second = teach(options.program, "detect", {
                "packs": options.packs[:1], "backbone": str(work / "stage1/classifier.safetensors"), "side": 320,
                "batchSize": 16, "learningRate": 0.001, "backboneLearningRateScale": 0.25, "weightDecay": 0.05,
                "warmUpSteps": 100, "renderedScenes": 100, "renderedShare": 0.25}, options.detect, work / "stage2")
            foundation = work / "foundation.safetensors"
            subprocess.run(
                [options.program, "foundation", "train", "--stage", "export", "--options",
                 str(work / "stage2/detector.safetensors"), "--output", str(foundation)], check=True, capture_output=True)
            for side in SIDES:
                model = work / "model.safetensors"
                runs = [train(options.program, options.set, foundation, side, options.budget, seed, model) for seed in seeds]
                print(f"| {name} | {first['step']}, {first['heldOutTop1']:.3f} | {second['step']}, {second['heldOutPrecision50']:.3f} "
                      f"| {side} | {runs[0][2]} | {statistics.mean(run[0] for run in runs):.3f} "
                      f"| {statistics.mean(run[1] for run in runs):.3f} "
                      f"| {milliseconds(options.program, model, options.set / 'eval'):.1f} |", flush=True)


if __name__ == "__main__":
    main()
