"""Kills a server or a worker at random moments of its day, and checks after each that nothing that was answered is lost or
doubled.

Usage: days.py PROGRAM [--rounds 100] [--seed 0]

A day uploads photos, imports labels, trains 20 steps, evaluates, asks for predictions and deletes; kill -9 comes after one to
eight seconds, in two rounds of three to the server, in the third to the engine or the predictor that works for it. Then
`pomona verify` looks at the folder, a killed server starts again, and everything that was answered is asked for. A model in
training goes on from its checkpoint; at the end every job must have ended.
"""

import argparse
import json
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Web/Browser"))
from server import House  # noqa: E402


def photo(seed):
    """A small PNG with a red or blue square on noise, and the square's box."""
    chance = random.Random(seed)
    side, extent = 96, 32
    left, top, colour = chance.randrange(side - extent), chance.randrange(side - extent), seed % 2
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        for x in range(side):
            inside = left <= x < left + extent and top <= y < top + extent
            pixel = [230 if inside and channel == colour * 2 else chance.randrange(60) for channel in range(3)]
            rows += bytes(pixel)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b"")
    return data, [left, top, extent, extent], colour + 1


class Lost(Exception):
    """The server went away before it answered: what it did counts for neither side."""


class Client:
    def __init__(self, house):
        self.house = house

    def card(self):
        return json.loads((pathlib.Path(self.house.folder) / "server.json").read_text())

    def call(self, verb, path, body=None, headers=None, raw=False):
        card = self.card()
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(card["studio"] + "/api/v1" + path, data=data, method=verb, headers={
            "Cookie": f"pomona_session={card['session']}", "X-Pomona": "1", "Content-Type": "application/json",
            **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                content = response.read()
        except urllib.error.HTTPError as error:
            error.words = error.read().decode(errors="replace")
            raise
        except (OSError, EOFError, ValueError) as error:
            raise Lost(str(error)) from error
        return content if raw else json.loads(content) if content else None

    def items(self, path):
        return self.call("GET", path + "?limit=500")["items"]


class Days:
    def __init__(self, program, folder, seed):
        self.program, self.chance = program, random.Random(seed)
        self.house = House(program, os.path.join(folder, "data"))
        self.client = Client(self.house)
        self.uploaded, self.deleted, self.models = {}, set(), {}
        self.files, self.evaluations = [], []
        self.answers = self.lost = self.next = 0
        self.refusal = None
        self.kills = {"server": 0, "engine": 0, "predictor": 0}
        call = self.client.call
        self.group = call("POST", "/groups", {"name": "days", "storageAccount": "days"})["id"]
        account = self.client.items(f"/groups/{self.group}/accounts")[0]["id"]
        self.container = call("POST", f"/accounts/{account}/containers", {"name": "photos"})["id"]
        self.ground = call("POST", f"/accounts/{account}/containers", {"name": "ground"})["id"]
        self.dataset = call("POST", f"/groups/{self.group}/datasets", {
            "name": "squares", "kind": "imageObjectDetection", "containerID": self.ground, "allowsReadWrite": True})["id"]
        labels = {"images": [], "annotations": [], "categories": [{"id": 1, "name": "red"}, {"id": 2, "name": "blue"}]}
        for index in range(12):
            data, box, label = photo(index)
            self.put(self.ground, f"{index}.png", data)
            labels["images"].append({"id": index + 1, "width": 96, "height": 96, "file_name": f"{index}.png"})
            labels["annotations"].append({
                "id": index + 1, "image_id": index + 1, "category_id": label, "bbox": box, "area": box[2] * box[3]})
        self.labels = json.dumps(labels).encode()
        self.import_labels()

    def put(self, container, name, data, kind="image/png"):
        return self.client.call("PUT", f"/containers/{container}/blobs", data, {
            "X-Pomona-Name": name, "X-Pomona-Upload": str(uuid.uuid4()), "Content-Type": kind})

    def import_labels(self):
        upload = self.client.call("POST", f"/datasets/{self.dataset}/coco-uploads", self.labels, {
            "X-Pomona-Name": f"labels-{uuid.uuid4()}.json", "Content-Type": "application/json"})
        answer = self.client.call("POST", f"/datasets/{self.dataset}/coco-files", {
            "source": {"type": "upload", "uploadID": upload["uploadID"]}, "repair": False})
        self.files.append(answer["file"]["id"])

    # What happens over a day; each answer is written down only once it has come.

    def upload(self):
        self.next += 1
        name, (data, _, _) = f"p{self.next}.png", photo(self.next)
        answer = self.put(self.container, name, data)
        self.uploaded[name] = (answer["id"], data)

    def delete(self):
        name = next(iter(self.uploaded), None)
        if name is None or len(self.uploaded) < 5:
            return
        identifier, _ = self.uploaded[name]
        # Whether it was done when the answer is lost, nobody can say.
        del self.uploaded[name]
        self.client.call("POST", f"/containers/{self.container}/blobs:delete", {"ids": [identifier]})
        self.deleted.add(name)

    def train(self):
        if sum(status not in ("succeeded", "failed", "cancelled") for status in self.models.values()) > 1:
            return
        name = f"model {uuid.uuid4()}"
        model = self.client.call("POST", f"/groups/{self.group}/models", {
            "name": name, "kind": "detector", "trainingDatasetIDs": [self.dataset], "budgetSeconds": 600, "steps": 20,
            "foundationID": "pomona"})
        self.models[model["id"]] = "notStarted"

    def use(self):
        done = [key for key, status in self.models.items() if status == "succeeded"]
        if not done:
            return
        model = self.chance.choice(done)
        self.client.call("POST", f"/models/{model}/predict", photo(1)[0], {"Content-Type": "image/png"})
        if self.chance.random() < 0.05:
            answer = self.client.call("POST", f"/models/{model}/evaluations", {"datasetID": self.dataset})
            self.evaluations.append((model, answer["id"]))

    def label(self):
        # Ten files with the same labels tell what a hundred would.
        if len(self.files) < 10:
            self.import_labels()

    def day(self, until):
        work = [self.upload] * 6 + [self.delete] * 2 + [self.use] * 2 + [self.label, self.train]
        while not until.is_set():
            try:
                self.chance.choice(work)()
                self.answers += 1
            except Lost:
                self.lost += 1
                return
            except urllib.error.HTTPError as error:
                # Of a thread's end nobody hears; the round asks for this one.
                self.refusal = f"refused: {error.code} {error.words[:300]}"
                return

    def round(self):
        until = threading.Event()
        worker = threading.Thread(target=self.day, args=(until,))
        worker.start()
        time.sleep(self.chance.uniform(1, 8))
        workers = [] if self.chance.random() < 2 / 3 else self.workers()
        if workers:
            name, process = self.chance.choice(workers)
            os.kill(process, signal.SIGKILL)
            self.kills[name] += 1
            time.sleep(self.chance.uniform(0, 2))
        else:
            self.house.kill()
            self.kills["server"] += 1
        until.set()
        worker.join(90)
        if self.refusal:
            raise SystemExit(self.refusal)
        self.verify()
        if not workers:
            self.house.start()
        self.check()

    def workers(self):
        """The processes that work for the server, by what they are."""
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                status, command = (folder / "status").read_text(), (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"PPid:\t{self.house.process.pid}\n" in status:
                found.append(("engine" if command[0].endswith(b"engine") else "predictor", int(folder.name)))
        return found

    def verify(self):
        done = subprocess.run([self.program, "verify", "--data", self.house.folder], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"verify found damage:\n{done.stdout}{done.stderr}")

    def check(self):
        names = {item["name"]: item["id"] for item in self.all(f"/containers/{self.container}/blobs")}
        for name, (identifier, data) in self.uploaded.items():
            if names.get(name) != identifier:
                raise SystemExit(f"{name} was answered and is lost")
        sample = self.chance.sample(sorted(self.uploaded), min(10, len(self.uploaded)))
        for name in sample:
            identifier, data = self.uploaded[name]
            if self.client.call("GET", f"/blobs/{identifier}/content", raw=True) != data:
                raise SystemExit(f"{name} has other bytes")
        if doubled := self.deleted & set(names):
            raise SystemExit(f"deleted and there again: {sorted(doubled)[:3]}")
        models = self.all(f"/groups/{self.group}/models")
        if len({model["name"] for model in models}) != len(models):
            raise SystemExit("a model is there twice")
        states = {model["id"]: model["status"] for model in models}
        for model in self.models:
            if model not in states:
                raise SystemExit(f"the model {model} was answered and is lost")
            self.models[model] = states[model]
        files = {file["id"] for file in self.client.call("GET", f"/datasets/{self.dataset}")["cocoFiles"]}
        if not files.issuperset(self.files):
            raise SystemExit("a label file was answered and is lost")
        for model, evaluation in self.evaluations:
            self.client.call("GET", f"/models/{model}/evaluations/{evaluation}")

    def all(self, path):
        found = []
        while True:
            page = self.client.call("GET", f"{path}?limit=500&offset={len(found)}")
            found += page["items"]
            if not page["items"] or len(found) >= page["total"]:
                return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pomona-days-") as folder:
        os.makedirs(os.path.join(folder, "data"))
        days = Days(options.program, folder, options.seed)
        begin = time.monotonic()
        for number in range(options.rounds):
            days.round()
            if (number + 1) % 10 == 0:
                print(f"{number + 1} rounds: {days.answers} answers, {days.lost} lost with the server, "
                      f"{len(days.models)} models, {time.monotonic() - begin:.0f} s", flush=True)
        deadline = time.monotonic() + 300
        while any(status not in ("succeeded", "failed", "cancelled") for status in days.models.values()):
            if time.monotonic() > deadline:
                raise SystemExit(f"jobs that do not end: {days.models}")
            time.sleep(2)
            days.check()
        days.verify()
        ends = {}
        for model in days.all(f"/groups/{days.group}/models"):
            end = model["status"] + (f" ({model['error']['code']})" if model.get("error") else "")
            ends[end] = ends.get(end, 0) + 1
        evaluations = [days.client.call("GET", f"/models/{model}/evaluations/{evaluation}")["status"]
                       for model, evaluation in days.evaluations]
        print(f"{options.rounds} rounds (killed: {days.kills}), {days.answers} answers, none lost, none doubled; models: "
              f"{ends}; {len(days.files)} label files; evaluations: "
              f"{ {status: evaluations.count(status) for status in sorted(set(evaluations))} }")
        days.house.stop()


if __name__ == "__main__":
    main()
