"""Speed of the routes that Azure's clients use, each beside a peer in the same run.

Usage: measure.py PROGRAM BENCH --weights FILE --photo FILE [--rounds 3] [--only analyze|transfer]

PROGRAM is `pomona`, BENCH `pomona-bench`. WEIGHTS are published ones with COCO's classes, which become the built-in model;
PHOTO is a JPEG. Needs azure-storage-blob. Ends with the status 1 where a figure misses its bound.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Web/Browser"))
import analyze  # noqa: E402
import transfer  # noqa: E402
from server import House  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("bench")
    parser.add_argument("--weights", required=True)
    parser.add_argument("--photo", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["analyze", "transfer"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pomona-azure-") as folder:
        data = pathlib.Path(folder) / "data"
        data.mkdir()
        subprocess.run([options.program, "foundation", "add", options.weights, "--name", "common"],
                       env=dict(os.environ, POMONA_DATA=str(data)), check=True, capture_output=True)
        model = next((data / "foundations").glob("*.safetensors"))
        house = House(options.program, str(data))
        house.stop()
        card = house.start()
        good = []
        if options.only != "transfer":
            good.append(analyze.measure(house, card, options.bench, str(model), options.photo, options.rounds))
        if options.only != "analyze":
            good.append(transfer.measure(house, card, folder, options.rounds))
        house.stop()
    if not all(good):
        sys.exit("a figure misses its bound")


if __name__ == "__main__":
    main()
