"""What a call of Analyze costs beside the prediction in it, for one client and for eight.

The predictor's own figures come from `pomona-bench prediction`, which predicts the same photo with the same model in its
own process, once with all cores on one photo and once with a photo on each core; the server's from plain calls over
connections that stay open. Both take turns.
"""

import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import tempfile
import threading
import time


# Milliseconds of one client, and the share of the predictor's own throughput with eight.
MOST_ADDED, LEAST_RATIO = 5, 0.9


class Caller:
    """One open connection to a server's Analyze."""

    PATH = "/computervision/imageanalysis:analyze?api-version=2023-04-01-preview&features=objects"

    def __init__(self, card, photo):
        self.connection = http.client.HTTPConnection(card["visionEndpoint"].split("//")[1])
        self.headers = {"Ocp-Apim-Subscription-Key": card["visionKey"], "Content-Type": "application/octet-stream"}
        self.photo = photo

    def call(self):
        self.connection.request("POST", self.PATH, self.photo, self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"analyze: {answer.status} {body[:300]}")
        return json.loads(body)

    def times(self, runs):
        found = []
        for _ in range(runs):
            begin = time.perf_counter()
            self.call()
            found.append((time.perf_counter() - begin) * 1000)
        return found


def bench(program, *arguments):
    done = subprocess.run([program, "prediction", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


class RawCaller:
    """The same call without what a client library does: all share the cores with the server that is measured."""

    def __init__(self, card, photo):
        host, port = card["visionEndpoint"].split("//")[1].split(":")
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = (
            f"POST {Caller.PATH} HTTP/1.1\r\nHost: {host}:{port}\r\nOcp-Apim-Subscription-Key: {card['visionKey']}\r\n"
            f"Content-Type: application/octet-stream\r\nContent-Length: {len(photo)}\r\n\r\n").encode() + photo

    def call(self):
        self.socket.sendall(self.request)
        found = b""
        while b"\r\n\r\n" not in found:
            found += self.socket.recv(65_536)
        head, body = found.split(b"\r\n\r\n", 1)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(head.decode())
        length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
        while len(body) < length:
            body += self.socket.recv(65_536)


def rate_of_server(card, photo, clients, calls):
    """Photos a second with so many clients at once."""
    callers = [RawCaller(card, photo) for _ in range(clients)]
    for caller in callers:
        caller.call()
    start = threading.Barrier(clients + 1)

    def run(caller):
        start.wait()
        for _ in range(calls // clients):
            caller.call()

    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        waiting = [pool.submit(run, caller) for caller in callers]
        start.wait()
        begin = time.perf_counter()
        for future in waiting:
            future.result()
        return calls // clients * clients / (time.perf_counter() - begin)


def rate_of_predictor(program, model, cache, photo, count):
    with tempfile.TemporaryDirectory() as folder:
        first = pathlib.Path(folder) / "0.jpg"
        first.write_bytes(photo)
        for number in range(1, count):
            os.link(first, pathlib.Path(folder) / f"{number}.jpg")
        report = bench(program, model, cache, str(os.cpu_count()), "folder", folder)
        return report["photos"] / report["folderSeconds"]


def measure(house, card, program, model, photo_path, rounds):
    """Prints the figures; whether they are within their bounds."""
    photo = pathlib.Path(photo_path).read_bytes()
    caller = Caller(card, photo)
    caller.times(5)
    own, served, own_rates, served_rates = [], [], [], []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(rounds):
            own += bench(program, model, cache, str(os.cpu_count()), "photo", "60", str(photo_path))["photoMilliseconds"][5:]
            served += caller.times(55)
            own_rates.append(rate_of_predictor(program, model, cache, photo, 240))
            served_rates.append(rate_of_server(card, photo, 8, 240))
    added = statistics.median(served) - statistics.median(own)
    print(f"analyze, one client: {statistics.median(served):.1f} ms, the predictor alone {statistics.median(own):.1f} ms: "
          f"{added:.1f} ms more (at most {MOST_ADDED})")
    ratio = statistics.median(served_rates) / statistics.median(own_rates)
    print(f"analyze, eight clients: {statistics.median(served_rates):.1f} photos a second, the predictor alone "
          f"{statistics.median(own_rates):.1f}: {ratio:.2f} of it (at least {LEAST_RATIO})")
    return added <= MOST_ADDED and ratio >= LEAST_RATIO
