"""Starts a server of ours with added weights and does the exercise over HTTP with it.

Usage: exercise_house.py PROGRAM WEIGHTS FOLDER
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from vision_server import vision_arguments

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Web/Browser"))
from server import House  # noqa: E402

program, weights, folder = sys.argv[1:]
with tempfile.TemporaryDirectory(prefix="pomona-exercise-") as work:
    data = os.path.join(work, "data")
    os.makedirs(data)
    subprocess.run(
        [program, "foundation", "add", weights, "--name", "added"], env={**os.environ, "POMONA_DATA": data}, check=True)
    house = House(program, data)
    script = os.path.join(os.path.dirname(__file__), "exercise.py")
    done = subprocess.run([sys.executable, script, *vision_arguments(house.card), folder])
    house.stop()
sys.exit(done.returncode)
