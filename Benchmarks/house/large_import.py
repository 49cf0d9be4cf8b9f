"""Imports a label file of COCO's size into a dataset, beside the engine's own reading of that file.

Usage: large_import.py PROGRAM BENCH [--file FILE] [--runs 3]

BENCH is `pomona-bench`, whose `coco-read` reads and checks the file and does nothing else. The file is written first
where there is none (Benchmarks/coco/generate.py, needs numpy). All its photos lie in the dataset's container, each of them
the same picture of one pixel. The import comes through the running server, from a blob of the container.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests/Web/Browser"), str(ROOT / "Benchmarks/support")]
from server import House  # noqa: E402
from uploading import upload  # noqa: E402


def peak(process):
    return next(int(line.split()[1]) for line in open(f"/proc/{process}/status") if line.startswith("VmHWM:")) / 1024


def settle(process):
    """Waits until the server has looked at what came: it looks at photos in its own time."""
    def used():
        fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    last, quiet, deadline = used(), 0, time.monotonic() + 300
    while quiet < 3 and time.monotonic() < deadline:
        time.sleep(1)
        now = used()
        quiet = quiet + 1 if now - last < 5 else 0
        last = now


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("bench")
    parser.add_argument("--file", default=str(pathlib.Path(tempfile.gettempdir()) / "pomona-coco-sized.json"))
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if not os.path.exists(options.file):
        subprocess.run([sys.executable, str(ROOT / "Benchmarks/coco/generate.py"), options.file], check=True)
    reading, importing = [], []
    with tempfile.TemporaryDirectory(prefix="pomona-import-") as folder:
        data = os.path.join(folder, "data")
        os.makedirs(data)
        house = House(options.program, data)
        environment = dict(os.environ, POMONA_DATA=data)

        def run(*arguments):
            done = subprocess.run([options.program, *arguments], env=environment, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
            return done.stdout

        run("group", "create", "large", "--storage-account", "largestore")
        run("storage", "create", "largestore", "--container", "photos", "--group", "large")
        run("storage", "upload", "photos", options.file, "--group", "large")
        accounts = json.loads(run("storage", "list", "--group", "large", "--json"))
        card = json.loads(pathlib.Path(data, "server.json").read_text())
        begin = time.monotonic()
        with open(options.file, encoding="utf-8") as file:
            names = [image["file_name"] for image in json.load(file)["images"]]
        begin = time.monotonic()
        upload(card, accounts[0]["containers"][0]["id"], names)
        print(f"{len(names)} photos uploaded in {time.monotonic() - begin:.0f} s", flush=True)
        settle(house.process.pid)
        before = peak(house.process.pid)
        for number in range(options.runs):
            done = subprocess.run([options.bench, "coco-read", options.file], capture_output=True, text=True, check=True)
            reading.append(json.loads(done.stdout)["seconds"])
            run("dataset", "create", f"set {number}", "--container", "photos", "--group", "large")
            if number > 0:
                # The server keeps the last file for half a minute; each import is to read it.
                time.sleep(35)
            begin = time.monotonic()
            said = run("dataset", "import", f"set {number}", os.path.basename(options.file), "--group", "large")
            importing.append(time.monotonic() - begin)
        most = peak(house.process.pid)
        house.stop()
    ratio = statistics.median(importing) / statistics.median(reading)
    print(said.strip())
    print(f"reading {statistics.median(reading):.2f} s, import {statistics.median(importing):.2f} s: {ratio:.2f} of it "
          f"(at most 2)")
    print(f"server: {most:.0f} MB at most, {before:.0f} MB before (at most 500)")


if __name__ == "__main__":
    main()
