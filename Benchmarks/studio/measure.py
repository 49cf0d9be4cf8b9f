"""Measures the studio's pages in headless Chromium: one line per figure with its target, the median of three.

Usage: measure.py PROGRAM [--only NAME ...] [--runs 3] [--data FOLDER] [--explain]

NAME is one of labeling, grid, photo, load, batch. With --data what was seeded stays and is found again by the next run
(100,000 photos take minutes). --explain prints what the longest tasks did. Needs playwright, pillow and numpy, and Chromium
(POMONA_CHROMIUM). Ends with 1 where a target is missed. Only figures from a quiet machine mean something.
"""

import argparse
import sys

import batch
import grid
import labeling
import load
import photo
from place import Figures, Place

MEASURES = {"labeling": labeling.measure, "grid": grid.measure, "photo": photo.measure, "load": load.measure,
            "batch": batch.measure}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--only", action="append", choices=MEASURES)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--data")
    parser.add_argument("--explain", action="store_true")
    arguments = parser.parse_args()
    figures = Figures()
    for name in arguments.only or MEASURES:
        place = Place(arguments.program, arguments.data)
        try:
            MEASURES[name](place, figures, arguments.runs, arguments.explain)
        finally:
            place.close()
        figures.report()
    sys.exit(1 if figures.missed else 0)


main()
