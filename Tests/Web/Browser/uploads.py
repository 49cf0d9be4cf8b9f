"""Uploads 300 files over a connection that is lost in between, some of them no photos, and goes by keyboard alone.

Usage: uploads.py PROGRAM ARTEFACTS
"""

import re
import struct
import sys
import zlib

from studio import Studio, expect

from rows import row, run_rows

COUNT, BROKEN = 300, 40


def png(number):
    """A small picture, another for every number."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixel = bytes([number % 256, number // 256 * 80, 120])
    rows = (b"\0" + pixel * 64) * 48
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    end = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + end


def files(numbers):
    return [
        {"name": f"photo-{number:03}.png", "mimeType": "image/png", "buffer": b"none" if number < BROKEN else png(number)}
        for number in numbers
    ]


def choose(studio, numbers):
    with studio.page.expect_file_chooser() as chooser:
        studio.page.get_by_role("button", name="Upload files").click()
    chooser.value.set_files(files(numbers))


@row("300 files arrive although the server goes away in between")
def _(studio):
    group = studio.call("POST", "/groups", {"name": "uploads", "storageAccount": "uploadtest"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    studio.container = studio.call("POST", f"/accounts/{account}/containers", {"name": "many"})["id"]
    studio.open(f"/storage/{studio.container}")
    choose(studio, range(COUNT))
    studio.page.wait_for_function(
        f"async () => (await (await fetch('/api/v1/containers/{studio.container}')).json()).blobCount > 20")
    studio.shot("uploading")
    studio.is_server_lost = True
    studio.house.kill()
    studio.page.wait_for_timeout(1_500)
    studio.shot("uploading-lost")
    studio.house.start()
    expect(studio.page.get_by_text("Uploaded into").first).to_be_visible(timeout=120_000)
    studio.is_server_lost = False
    expect(studio.page.get_by_text(f"{COUNT} files uploaded")).to_be_visible()
    studio.shot("uploaded")
    container = studio.call("GET", f"/containers/{studio.container}")
    assert container["blobCount"] == COUNT, container


@row("the broken ones are listed with their reasons")
def _(studio):
    path = f"/containers/{studio.container}/blobs?problem=1&limit=500"
    broken = studio.items(path)
    assert len(broken) == BROKEN, len(broken)
    assert all(blob["problem"]["message"] for blob in broken)
    studio.open(f"/storage/{studio.container}")
    studio.page.get_by_text("With problems").click()
    expect(studio.page.get_by_text(f"{BROKEN} blobs").first).to_be_visible()
    studio.shot("with-problems")


@row("names that are taken are asked about once for all of them")
def _(studio):
    studio.is_refusal_expected = True
    studio.open(f"/storage/{studio.container}")
    choose(studio, range(100, 105))
    dialog = studio.page.get_by_role("dialog")
    dialog.get_by_label("Keep both").check()
    studio.shot("names-taken")
    dialog.get_by_role("button", name="Upload").click()
    studio.page.wait_for_function(
        f"async () => (await (await fetch('/api/v1/containers/{studio.container}')).json()).blobCount === {COUNT + 5}")
    names = {blob["name"] for blob in studio.items(f"/containers/{studio.container}/blobs?search=photo-10")}
    assert "photo-100 (2).png" in names, names
    studio.is_refusal_expected = False


@row("a resource group is made, and a photo opened, by keyboard alone")
def _(studio):
    page = studio.page
    studio.open("/")
    page.get_by_role("heading", level=1).wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "New resource group" in page.evaluate("document.activeElement.innerText || ''"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "by keyboard" in [group["name"] for group in studio.items("/groups")]
    studio.open(f"/storage/{studio.container}")
    page.locator("photo-grid .cell").first.wait_for()
    page.locator("photo-grid").focus()
    for key in ["ArrowRight", "ArrowDown", "End"]:
        page.keyboard.press(key)
    expect(page.locator(f"photo-grid [data-index='{COUNT + 4}']")).to_contain_text("photo-299.png")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/photos/"))


@row("Ctrl+A chooses all blobs, and all that fit a search are deleted at once")
def _(studio):
    page = studio.page
    studio.open(f"/storage/{studio.container}")
    page.locator("photo-grid .cell").first.wait_for()
    page.locator("photo-grid").focus()
    page.keyboard.press("Control+a")
    # More than were ever in sight.
    expect(page.get_by_text(f"{COUNT + 5} chosen")).to_be_visible()
    page.get_by_role("button", name="Choose none").click()
    page.get_by_label("Search by name").fill("photo-10")
    expect(page.get_by_text("15 blobs").first).to_be_visible()
    page.get_by_role("button", name="Delete all that fit").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("15 blobs deleted")).to_be_visible()
    assert studio.call("GET", f"/containers/{studio.container}")["blobCount"] == COUNT - 10


@row("a name with markup in it is text everywhere")
def _(studio):
    name = "<img src=x onerror=alert(1)>"
    studio.is_refusal_expected = True
    studio.open("/")
    studio.page.get_by_role("button", name="New resource group").first.click()
    studio.page.get_by_label("Name", exact=True).fill(name)
    studio.page.get_by_role("button", name="Create").click()
    expect(studio.page.get_by_role("alert").first).to_be_visible()
    session = studio.call("PATCH", "/session", {"name": name})
    assert session["person"]["name"] == name, session
    studio.open("/")
    expect(studio.page.get_by_text(name).first).to_be_visible()
    assert studio.page.locator("img[src=x]").count() == 0
    studio.is_refusal_expected = False


@row("the console stayed silent")
def _(studio):
    assert not studio.problems, "\n".join(studio.problems)


def main(program, artefacts):
    studio = Studio(program, artefacts)
    try:
        run_rows(studio)
    finally:
        studio.close()


main(*sys.argv[1:])
