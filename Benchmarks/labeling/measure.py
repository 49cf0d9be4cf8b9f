"""What labeling projects promise, measured against a server of its own.

Usage: measure.py PROGRAM [--photos DIR] [--weights FILE] [--only prelabels|crashes|crowd] [--rounds 20]

PHOTOS is a folder with `train/`, `train.json` and `train-12-1.json` to `-3`; WEIGHTS published weights to start from
instead of the shipped foundation. Without PHOTOS the pre-labels are left out.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests/Web/Browser"), str(ROOT / "Benchmarks/support")]
import crashes  # noqa: E402
import crowd  # noqa: E402
import prelabels  # noqa: E402
from server import House  # noqa: E402
from studio_client import Client  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--photos")
    parser.add_argument("--weights")
    parser.add_argument("--only", choices=["prelabels", "crashes", "crowd"])
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pomona-labeling-") as folder:
        data = os.path.join(folder, "data")
        os.makedirs(data)
        if options.weights:
            subprocess.run([options.program, "foundation", "add", options.weights, "--name", "named"], check=True,
                           env=dict(os.environ, POMONA_DATA=data), capture_output=True)
        house = House(options.program, data)
        try:
            if options.only in (None, "crashes"):
                crashes.measure(house, options.rounds)
            if options.only in (None, "crowd"):
                crowd.measure(house, options.rounds)
            if options.only in (None, "prelabels") and options.photos:
                for number in (1, 2, 3):
                    prelabels.measure(Client(house), pathlib.Path(options.photos), number)
        finally:
            house.stop()


if __name__ == "__main__":
    main()
