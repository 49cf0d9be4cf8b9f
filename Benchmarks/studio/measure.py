"""How quick the studio's pages are in headless Chromium.

Usage: measure.py PROGRAM ARTEFACTS [--rounds 3] [--only loading|grid|labeling|folder]

PROGRAM is `pomona`; pictures land in ARTEFACTS. Needs playwright and pillow.
"""

import argparse
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests/Web/Browser"), str(ROOT / "Benchmarks/support"), str(ROOT / "Benchmarks/studio")]
import folder  # noqa: E402
import grid  # noqa: E402
import large_photo  # noqa: E402
import loading  # noqa: E402
from studio import Studio  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("artefacts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["loading", "grid", "labeling", "folder"])
    options = parser.parse_args()
    parts = {
        "loading": lambda studio: loading.measure(studio, options.rounds),
        "labeling": lambda studio: large_photo.measure(studio, options.rounds, options.program),
        "folder": lambda studio: folder.measure(studio, options.rounds),
        "grid": lambda studio: grid.measure(studio, options.rounds),
    }
    studio = Studio(options.program, options.artefacts)
    try:
        for name, part in parts.items():
            if options.only in (None, name):
                part(studio)
        for problem in studio.problems:
            print(f"console: {problem}")
    finally:
        studio.close()


if __name__ == "__main__":
    main()
