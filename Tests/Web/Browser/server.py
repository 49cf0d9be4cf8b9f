"""A server of ours with a data folder, started and ended as a person does it."""

import json
import os
import signal
import subprocess
import threading


class House:
    """The program `pomona serve` on free ports; after `stop` or `kill`, `start` brings it back on the same ones.

    `card` is what it said of itself when it was ready: its addresses and keys.
    """

    def __init__(self, program, folder, options=()):
        self.program, self.folder, self.options, self.ports = program, folder, list(options), (0, 0)
        self.process = None
        # A link works once, so the first start's is the one that is kept.
        self.link = self.start()["signInLink"]

    def start(self):
        command = [self.program, "serve", "--json", "--data", self.folder]
        command += ["--port", str(self.ports[0]), "--blob-port", str(self.ports[1])] + self.options
        log = open(os.path.join(self.folder, "..", "server.log"), "ab")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        watchdog = threading.Timer(60, self.process.kill)
        watchdog.start()
        # The object may be printed over several lines.
        text = ""
        for line in self.process.stdout:
            text += line.decode()
            try:
                card = json.loads(text)
                break
            except ValueError:
                continue
        else:
            log.close()
            words = open(log.name).read()[-2_000:]
            raise AssertionError(f"the server ended with {self.process.wait()} before it was ready: {text}{words}")
        watchdog.cancel()
        self.url = card["studio"]
        self.card = card
        self.ports = tuple(int(card[name].split(":")[2].split("/")[0]) for name in ("studio", "blobEndpoint"))
        return card

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(60) == 0, f"the server ended with {self.process.returncode}"

    def kill(self):
        self.process.kill()
        self.process.wait(60)
