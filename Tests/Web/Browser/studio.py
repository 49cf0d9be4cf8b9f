"""The studio's page in headless Chromium, signed in, watched and photographed."""

import os
import pathlib
import shutil
import sys
import tempfile

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Clients"))

from names import nameless  # noqa: E402
from server import House  # noqa: E402

PATIENCE = 60_000
CHROMIUM = os.environ.get("POMONA_CHROMIUM", "/usr/bin/chromium")
LOOKS = [pathlib.Path(__file__).with_name(name).read_text() for name in ("look.js", "contrast.js")]


class Studio:
    """A server, a browser and one page in it. `problems` collects what the console says that it should not."""

    def __init__(self, program, artefacts, options=()):
        self.work = tempfile.mkdtemp(prefix="pomona-browser-")
        data = os.path.join(self.work, "data")
        os.mkdir(data)
        self.artefacts = pathlib.Path(artefacts)
        self.artefacts.mkdir(parents=True, exist_ok=True)
        self.problems, self.is_server_lost, self.is_refusal_expected = [], False, False
        self.house = House(program, data, options)
        self.playwright = sync_playwright().start()
        # A container's root has no user namespace for Chromium's sandbox; the pages are our own.
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.page = self.open_page()
        self.page.goto(self.house.link)

    def open_page(self, **options):
        expect.set_options(timeout=PATIENCE)
        context = self.browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"{error}\n{getattr(error, 'stack', '')}"))
        return page

    def _hear(self, kind, text):
        # The browser itself reports every request that fails while the server is away, and every refusal.
        if self.is_server_lost and ("ERR_" in text or "Failed to load" in text):
            return
        if self.is_refusal_expected and "status of 4" in text:
            return
        if kind == "error":
            self.problems.append(text)

    def call(self, method, path, body=None, status=(200, 201, 202, 204), headers=None):
        """A request as the page sends it."""
        headers = {"X-Pomona": "1", **(headers or {})}
        answer = self.page.request.fetch(
            f"{self.house.url}/api/v1{path}", method=method, data=body, headers=headers, timeout=60_000)
        assert answer.status in status, f"{method} {path}: {answer.status} {answer.text()[:500]}"
        return answer.json() if "json" in answer.headers.get("content-type", "") else None

    def items(self, path):
        return self.call("GET", path)["items"]

    def open(self, path):
        self.page.goto(self.house.url + path)

    def shot(self, name, page=None):
        (page or self.page).screenshot(path=self.artefacts / f"{name}.png")

    def look(self, page=None):
        """What a reader with a keyboard, a screen reader or weak eyes would miss on the page that is shown."""
        page = page or self.page
        return nameless(page) + [fault for look in LOOKS for fault in page.evaluate(look)]

    def close(self):
        self.browser.close()
        self.playwright.stop()
        try:
            self.house.stop()
        finally:
            log = pathlib.Path(self.work, "server.log")
            if log.exists():
                shutil.copy(log, self.artefacts / "server.log")
            shutil.rmtree(self.work, ignore_errors=True)
