"""A server with its data, a headless Chromium signed in to it, and the figures that a benchmark reports."""

import os
import pathlib
import shutil
import statistics
import sys
import tempfile
import uuid

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests/Web/Browser"))

from server import House  # noqa: E402

CHROMIUM = os.environ.get("POMONA_CHROMIUM", "/usr/bin/chromium")
PATIENCE = 60_000


class Place:
    """A studio that runs. With `folder` the data stays there, and what a benchmark seeded is found again."""

    def __init__(self, program, folder=None):
        self.work = tempfile.mkdtemp(prefix="pomona-studio-")
        data = folder or os.path.join(self.work, "data")
        os.makedirs(data, exist_ok=True)
        self.program, self.data = program, data
        self.house = House(program, data)
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        # Whoever signs in by the link can sign in again: its cookie is given to every fresh context.
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(self.house.link)
        page.get_by_role("heading", level=1).first.wait_for()
        self.cookies = context.cookies()
        self.requests = context.request
        page.close()

    def page(self):
        """A page in a context of its own: signed in, with an empty cache."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies(self.cookies)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def call(self, method, path, body=None, headers=None):
        answer = self.requests.fetch(
            f"{self.house.url}/api/v1{path}", method=method, data=body, timeout=PATIENCE,
            headers={"X-Pomona": "1", **(headers or {})})
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()[:500]}"
        return answer.json() if "json" in answer.headers.get("content-type", "") else None

    def items(self, path):
        return self.call("GET", path)["items"]

    def container(self, group_name, name):
        """The container of that name in the group of that name, made where there is none; and the group."""
        group = next((group["id"] for group in self.items("/groups?limit=500") if group["name"] == group_name), None)
        if group is None:
            account_name = f"bench{uuid.uuid4().hex[:12]}"
            group = self.call("POST", "/groups", {"name": group_name, "storageAccount": account_name})["id"]
        account = self.items(f"/groups/{group}/accounts")[0]["id"]
        found = [item for item in self.items(f"/accounts/{account}/containers") if item["name"] == name]
        return (found[0] if found else self.call("POST", f"/accounts/{account}/containers", {"name": name})), group

    def upload(self, container, name, content, media_type="image/jpeg"):
        headers = {"X-Pomona-Name": name, "X-Pomona-Upload": str(uuid.uuid4()), "X-Pomona-If-Exists": "fail",
                   "Content-Type": media_type}
        return self.call("PUT", f"/containers/{container}/blobs", content, headers)

    def close(self):
        self.browser.close()
        self.playwright.stop()
        try:
            self.house.stop()
        finally:
            shutil.rmtree(self.work, ignore_errors=True)


class Figures:
    """Collects several values of each figure and prints its median beside what it should be."""

    def __init__(self):
        self.values, self.targets, self.missed = {}, {}, []

    def add(self, name, value, target=None, unit="ms"):
        self.values.setdefault(name, []).append(value)
        self.targets[name] = (target, unit)

    def report(self):
        for name, values in self.values.items():
            target, unit = self.targets[name]
            middle = statistics.median(values)
            each = ", ".join(f"{value:.1f}".removesuffix(".0") for value in values)
            verdict = "" if target is None else f"; target {target:g} {unit}: {'met' if middle <= target else 'MISSED'}"
            if target is not None and middle > target:
                self.missed.append(name)
            print(f"{name}: {f'{middle:.1f}'.removesuffix('.0')} {unit} (of {each}){verdict}", flush=True)
        self.values = {}
