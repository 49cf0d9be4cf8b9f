"""How good models get with few photos: trains every set from each foundation with several seeds and prints one table.

Usage: measure.py PROGRAM --data DIR [--foundation NAME|FILE|none ...] [--seeds 0,1,2] [--only SET ...] [--slack 1]

A set of fewer than 30 evaluation photos is divided into four folds over all its photos; its figure pools what the four
models find on the photos they have not seen, its spread is that of single folds. Figures are medians of the seeds, times those of
the slowest whole command. `--slack` multiplies the budgets: a machine that does other things beside then takes the same steps, and
only the times say nothing. Needs numpy and pycocotools.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

from folds import folds
from pooling import Pool

# name, training labels, budget in minutes, number of folds, kind
SETS = [
    ("fruit-exercise", "train.json", 3, 0, "detector"),
    ("fruit-exercise-5", "train-5-a-tag.json", 2, 0, "detector"),
    ("fruit-web", "train.json", 5, 0, "detector"),
    ("bccd", "train-60.json", 5, 0, "detector"),
    ("fork-scissors", None, 2, 4, "detector"),
    ("nuts", None, 2, 4, "detector"),
    ("cls-fruit-mslearn", None, 1, 4, "classifier"),
    ("cls-cats-dogs", None, 1, 4, "classifier"),
]
FIGURES = {
    "detector": ["meanAveragePrecision50", "meanAveragePrecision75", "meanAveragePrecision"],
    "classifier": ["accuracyTop1", "calibrationECE"],
}


def train(program, kind, training, evaluation, foundation, minutes, seed, output):
    """Runs one training; returns its figures and the seconds the whole command took."""
    (labels, photos), (truth, judged) = training, evaluation
    begin = time.monotonic()
    done = subprocess.run(
        [program, "train", "--kind", kind, "--train-coco", labels, "--train-images", photos, "--evaluation-coco", truth,
         "--evaluation-images", judged, "--foundation", foundation, "--budget", f"{minutes}m", "--seed", str(seed),
         "--output", output, "--json"],
        capture_output=True, text=True)
    seconds = time.monotonic() - begin
    if done.returncode != 0:
        raise SystemExit(f"training failed: {done.stderr.strip().splitlines()[-3:]}")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return [answer.get(name) or 0 for name in FIGURES[kind]], seconds, answer["steps"]


def train_folds(program, kind, parts, foundation, minutes, seed, output):
    """Trains once for every fold; returns the pooled figures, the seconds of the slowest, steps, and each fold's first."""
    pool, seconds, steps, firsts = Pool(), 0, 0, []
    for training, evaluation, photos in parts:
        values, taken, steps = train(
            program, kind, (training, photos), (evaluation, photos), foundation, minutes, seed, output)
        pool.add(program, output, evaluation, photos)
        seconds = max(seconds, taken)
        firsts.append(values[0])
    return pool.detection() if kind == "detector" else pool.classification(), seconds, steps, firsts


def measure(program, data, row, foundation, seeds, work):
    name, labels, minutes, count, kind = row
    root = data / name.removesuffix("-5")
    output = work / "model.safetensors"
    runs = []
    for seed in seeds:
        if count:
            parts = folds(root, count, work / name)
            runs.append(train_folds(program, kind, parts, foundation, minutes, seed, output))
        else:
            values, seconds, steps = train(
                program, kind, (root / labels, root / "train"), (root / "eval.json", root / "eval"), foundation,
                minutes, seed, output)
            runs.append((values, seconds, steps, [values[0]]))
    medians = [statistics.median(run[0][index] for run in runs) for index in range(len(FIGURES[kind]))]
    firsts = [first for run in runs for first in run[3]]
    figures = " ".join(f"{figure} {value:.3f}" for figure, value in zip(FIGURES[kind], medians))
    return (f"{name}, {pathlib.Path(foundation).stem}: {figures}; first figure {min(firsts):.3f} to {max(firsts):.3f}; "
            f"{runs[0][2]} steps, at most {max(run[1] for run in runs):.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--foundation", action="append")
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--only", action="append")
    parser.add_argument("--slack", type=int, default=1)
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    with tempfile.TemporaryDirectory(prefix="pomona-accuracy-") as folder:
        for name, labels, minutes, count, kind in SETS:
            if options.only and name not in options.only:
                continue
            row = (name, labels, minutes * options.slack, count, kind)
            for foundation in options.foundation or ["pomona"]:
                if foundation == "none" and kind == "classifier":
                    continue
                print(measure(options.program, options.data, row, foundation, seeds, pathlib.Path(folder)), flush=True)


if __name__ == "__main__":
    main()
