#!/usr/bin/env python3
"""Compares reading and validating a COCO-sized label file with pycocotools' COCO(path): both in one run, alternating,
each in a process of its own, medians. Writes the file first if it is not there (generate.py). Exits with 1 if the
ratio or the memory is over its bound. Needs numpy and pycocotools.

    compare.py PATH_OF_pomona-bench [--file FILE] [--runs 5]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

MOST_OF_THEIR_TIME = 0.5
MOST_MEMORY_MB = 1500
READ_WITH_PYCOCOTOOLS = """
import contextlib, io, json, sys, time
from pycocotools.coco import COCO
start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    COCO(sys.argv[1])
seconds = time.perf_counter() - start
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(json.dumps({"seconds": seconds, "peakMemoryMB": peak / 1024}))
"""


def measure(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("--file", default=str(pathlib.Path(tempfile.gettempdir()) / "pomona-coco-sized.json"))
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if not pathlib.Path(arguments.file).exists():
        generator = pathlib.Path(__file__).parent / "generate.py"
        subprocess.run([sys.executable, generator, arguments.file], check=True)
    # Once over the file, so that neither side pays for the disk.
    with open(arguments.file, "rb") as file:
        while file.read(1 << 24):
            pass

    ours, theirs = [], []
    for run in range(1, arguments.runs + 1):
        ours.append(measure([arguments.bench, "coco-read", arguments.file]))
        theirs.append(measure([sys.executable, "-c", READ_WITH_PYCOCOTOOLS, arguments.file]))
        print(f"run {run}: Pomona {ours[-1]['seconds']:.2f} s, pycocotools {theirs[-1]['seconds']:.2f} s", flush=True)
    if not all(run["isUsable"] for run in ours):
        sys.exit("Pomona found faults in the file")

    our_time, their_time = (statistics.median(run["seconds"] for run in side) for side in (ours, theirs))
    our_peak, their_peak = (max(run["peakMemoryMB"] for run in side) for side in (ours, theirs))
    ratio = our_time / their_time
    print(f"Pomona:      median {our_time:.2f} s, at most {our_peak:.0f} MB (reads and validates)")
    print(f"pycocotools: median {their_time:.2f} s, at most {their_peak:.0f} MB (reads and indexes)")
    print(f"ratio {ratio:.3f}, bound {MOST_OF_THEIR_TIME}; memory bound {MOST_MEMORY_MB} MB")
    sys.exit(0 if ratio <= MOST_OF_THEIR_TIME and our_peak <= MOST_MEMORY_MB else 1)


if __name__ == "__main__":
    main()
