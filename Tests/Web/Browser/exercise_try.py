"""Rows of exercise.py about Try it out."""

import base64
import pathlib
import re

from studio import expect
from walk import choose_files, heading, wait


def finds(studio):
    page = studio.page
    studio.open(f"/try?model={studio.model}")
    page.locator(".strip-photo").first.click()
    # A model is read when it is first asked for.
    rows = page.get_by_role("list", name="Objects").locator(".box-row")
    expect(rows.first).to_contain_text(re.compile("apple|banana|orange"), timeout=60_000)
    page.wait_for_timeout(300)
    studio.shot("try")
    page.get_by_role("tab", name="JSON").click()
    expect(page.get_by_text("customModelResult", exact=False).first).to_be_visible()
    studio.shot("try-json")


def test_photos(studio):
    return [file for file in sorted((studio.sample / "test-images").iterdir()) if file.suffix != ".json"]


def tries_again(studio):
    page = studio.page
    studio.open(f"/try?model={studio.model}")
    photos, asked = test_photos(studio)[:2], []

    def answer(route):
        asked.append(route.request.url)
        if len(asked) == 2:
            route.fulfill(status=409, json={"error": {"code": "busy", "message": "Not just now."}})
        else:
            route.continue_()

    studio.is_refusal_expected = True
    page.route(re.compile(r"/predict\?"), answer)
    choose_files(studio, page.get_by_role("button", name="Choose photos"), photos)
    strip = page.get_by_role("group", name="Photos", exact=True)
    expect(strip.locator(".strip-bad")).to_be_visible(timeout=60_000)
    strip.get_by_role("button", name=photos[1].name).click()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("640 × 480 px")).to_be_visible()
    strip.get_by_role("button", name=photos[0].name).click()
    expect(page.get_by_text("640 × 480 px")).to_be_visible()
    page.unroute(re.compile(r"/predict\?"))
    assert len(asked) == 3, asked
    studio.is_refusal_expected = False


def pasted(studio):
    page = studio.page
    held = []
    page.route(re.compile("/built-in-models"), lambda route: held.append(route))
    studio.open("/try")
    heading(studio, "Try it out")
    photo = test_photos(studio)[0]
    page.evaluate("""(text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([bytes], 'pasted.jpg', { type: 'image/jpeg' }))
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }""", base64.b64encode(photo.read_bytes()).decode())
    wait(lambda: page.wait_for_timeout(50) or held, "the question for models")
    for route in held:
        route.continue_()
    page.unroute(re.compile("/built-in-models"))
    expect(page.get_by_role("heading", name="pasted.jpg")).to_be_visible()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download with boxes").click(timeout=60_000)
    assert download.value.suggested_filename == "pasted-boxes.jpg", download.value.suggested_filename
    assert pathlib.Path(download.value.path()).read_bytes().startswith(b"\xff\xd8\xff")
