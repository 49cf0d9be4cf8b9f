"""How soon a server answers, and what it takes while nobody asks for anything.

Usage: idle.py PROGRAM [--runs 5] [--seconds 30]

Starts are measured on a folder that exists already, from the start of the process to the first answer of /health.
"""

import argparse
import pathlib
import statistics
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Web/Browser"))
from server import House  # noqa: E402


def status(process):
    """Resident memory, the part of it that is no file's (both in MB), processor seconds and switches of all threads."""
    lines = dict(line.split(":", 1) for line in open(f"/proc/{process}/status") if ":" in line)
    switches = 0
    for thread in pathlib.Path(f"/proc/{process}/task").iterdir():
        try:
            text = (thread / "status").read_text()
        except FileNotFoundError:
            continue  # It ended meanwhile, as spare threads of a pool do.
        switches += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("voluntary_ctxt_switches"))
    fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
    return {"memory": int(lines["VmRSS"].split()[0]) / 1024, "anonymous": int(lines["RssAnon"].split()[0]) / 1024,
            "seconds": (int(fields[11]) + int(fields[12])) / 100, "switches": switches}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pomona-idle-") as folder:
        data = pathlib.Path(folder) / "data"
        data.mkdir()
        house = House(options.program, str(data))
        times = []
        for _ in range(options.runs):
            house.stop()
            begin = time.monotonic()
            house.start()
            urllib.request.urlopen(house.url + "/health").read()
            times.append((time.monotonic() - begin) * 1000)
        # What a start leaves to be done in the background comes first.
        time.sleep(5)
        before = status(house.process.pid)
        time.sleep(options.seconds)
        after = status(house.process.pid)
        house.stop()
    print(f"start to first answer: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms (at most 500)")
    print(f"idle: {after['memory']:.0f} MB resident (at most 60), {after['anonymous']:.0f} MB of it no file's")
    print(f"idle for {options.seconds:.0f} s: {after['seconds'] - before['seconds']:.2f} s of processor time, "
          f"{(after['switches'] - before['switches']) / options.seconds:.0f} switches of threads a second")


if __name__ == "__main__":
    main()
