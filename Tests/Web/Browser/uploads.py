"""Uploads 300 files over a connection that is lost in between, some of them no photos, and goes by keyboard alone.

Usage: uploads.py PROGRAM ARTEFACTS
"""

import base64
import re
import struct
import sys
import zlib

from studio import Studio, expect
from walk import choose_files, late_answers, wait

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
    choose_files(studio, studio.page.get_by_role("button", name="Upload files"), files(numbers))


def count_of(studio, container):
    return studio.call("GET", f"/containers/{container}")["blobCount"]


@row("300 files arrive although the server goes away in between")
def _(studio):
    studio.group = studio.call("POST", "/groups", {"name": "uploads", "storageAccount": "uploadtest"})["id"]
    studio.account = studio.items(f"/groups/{studio.group}/accounts")[0]["id"]
    studio.container = studio.call("POST", f"/accounts/{studio.account}/containers", {"name": "many"})["id"]
    studio.open(f"/storage/{studio.container}")
    choose(studio, range(COUNT))
    wait(lambda: count_of(studio, studio.container) > 20, "20 blobs")
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
    wait(lambda: count_of(studio, studio.container) == COUNT + 5, "five blobs more")
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


DROP = """([files, folder]) => {
  const make = ([name, text]) => new File(
    [Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name, { type: 'image/png' })
  const page = document.querySelector('page-container')
  const send = (kind, dataTransfer) => page.dispatchEvent(
    new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
  const data = new DataTransfer()
  for (const file of files) data.items.add(make(file))
  if (files.length > 0) {
    send('dragenter', data)
    const isShown = page.hasAttribute('dragging')
    send('drop', data)
    return isShown && !page.hasAttribute('dragging')
  }
  // A script cannot make a dropped folder: this one has its shape.
  const entry = (file) => ({ isFile: true, isDirectory: false, name: file[0], file: (take) => take(make(file)) })
  const reader = (parts) => ({ readEntries: (take) => take(parts.shift() ?? []) })
  const open = (name, parts) => ({ isFile: false, isDirectory: true, name, createReader: () => reader(parts) })
  // A reader hands out its files in parts.
  const root = open('orchard', [[entry(folder[0])], [open('row-1', [[entry(folder[1])]]), entry(['.DS_Store', ''])]])
  const event = new DragEvent('drop', { bubbles: true, cancelable: true })
  Object.defineProperty(event, 'dataTransfer', {
    value: { types: ['Files'], items: [{ webkitGetAsEntry: () => root }], files: [] },
  })
  page.dispatchEvent(event)
  return true
}"""


@row("files and a whole folder that are dropped arrive, without a system's own files")
def _(studio):
    page = studio.page
    studio.dropped = studio.call("POST", f"/accounts/{studio.account}/containers", {"name": "dropped"})["id"]
    studio.open(f"/storage/{studio.dropped}")
    expect(page.get_by_text("Drop photos or whole folders here")).to_be_visible()
    photos = [base64.b64encode(png(400 + number)).decode() for number in range(4)]

    def arrived(count):
        wait(lambda: count_of(studio, studio.dropped) == count, f"{count} blobs")

    assert page.evaluate(DROP, [[["a.png", photos[0]], ["b.png", photos[1]]], []])
    arrived(2)
    assert page.evaluate(DROP, [[], [["c.png", photos[2]], ["d.png", photos[3]]]])
    arrived(4)
    names = {blob["name"] for blob in studio.items(f"/containers/{studio.dropped}/blobs")}
    assert names == {"a.png", "b.png", "c.png", "row-1/d.png"}, names


@row("access to an account: a SAS that works, ready command lines, and a key that is renewed after a question")
def _(studio):
    page = studio.page
    page.evaluate(f"localStorage.setItem('pomona.group', '{studio.group}')")
    studio.open("/storage")
    page.get_by_role("button", name="Connection string, SAS").click()
    dialog = page.get_by_role("dialog", name="Access to uploadtest")
    dialog.get_by_role("tab", name="Shared access signature").click()
    dialog.get_by_label("For", exact=True).select_option(label="dropped")
    dialog.get_by_role("button", name="Make a SAS").click()
    line = dialog.locator(".copy-line").filter(has=page.locator(".copy-label", has_text=re.compile("^URL$")))
    url = line.locator("code").inner_text()
    listing = page.request.get(f"{url}&restype=container&comp=list")
    assert listing.status == 200 and "row-1/d.png" in listing.text(), (listing.status, listing.text()[:500])
    studio.shot("sas")
    dialog.get_by_role("tab", name="Command lines").click()
    for tool, words in [("az", "az storage"), ("azcopy", "azcopy copy"), ("Python", "azure.storage.blob")]:
        dialog.get_by_role("button", name=tool, exact=True).click()
        expect(dialog.locator("pre")).to_contain_text(words)
    studio.shot("command-lines")
    dialog.get_by_role("tab", name="Keys").click()

    def key():
        return studio.call("GET", f"/accounts/{studio.account}/keys")["keys"][0]["value"]

    before = key()
    question = page.get_by_role("dialog", name="Renew key1?")
    for answer in ["Cancel", "Renew"]:
        assert key() == before
        dialog.get_by_role("button", name="Renew key1").click()
        question.get_by_role("button", name=answer, exact=True).click()
        expect(question).to_have_count(0)
    assert key() != before
    assert page.request.get(f"{url}&restype=container&comp=list").status == 403
    page.keyboard.press("Escape")


@row("photos are tagged in the grid by key, many at once, and that is taken back")
def _(studio):
    page = studio.page
    dataset = studio.call("POST", f"/groups/{studio.group}/datasets", {
        "name": "kinds", "kind": "imageClassification", "containerID": studio.dropped, "allowsReadWrite": True})["id"]
    studio.call("PATCH", f"/datasets/{dataset}", {"tags": ["ripe", "raw"]})
    studio.open(f"/datasets/{dataset}")
    cells = page.locator("photo-grid .cell")
    expect(cells).to_have_count(4)

    def tags(wanted):
        for _ in range(100):
            photos = studio.items(f"/datasets/{dataset}/photos")
            found = [[annotation["tag"] for annotation in photo["annotations"]] for photo in photos]
            if found == wanted:
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"{found} in place of {wanted}")

    cells.nth(0).click()
    cells.nth(2).click(modifiers=["Shift"])
    expect(page.get_by_text("3 photos chosen:")).to_be_visible()
    page.keyboard.press("2")
    tags([["raw"], ["raw"], ["raw"], []])
    expect(page.get_by_text("3 photos tagged “raw”.")).to_be_visible()
    expect(page.get_by_text("Choose photos, then a tag:")).to_be_visible()
    cells.nth(3).click()
    page.keyboard.press("1")
    tags([["raw"], ["raw"], ["raw"], ["ripe"]])
    page.keyboard.press("Control+z")
    tags([["raw"], ["raw"], ["raw"], []])
    page.keyboard.press("Control+z")
    tags([[], [], [], []])
    # Whoever is quicker than the server's answers gets what was pressed, in its order.
    with late_answers(page):
        for place, key in [(0, "1"), (1, "2"), (2, "1")]:
            cells.nth(place).click()
            page.keyboard.press(key)
        page.keyboard.press("Control+z")
        tags([["ripe"], ["raw"], [], []])


@row("what was wrong with one dataset is not in the way of a training on another")
def _(studio):
    page = studio.page
    bare = studio.call("POST", f"/groups/{studio.group}/datasets", {
        "name": "bare", "kind": "imageClassification", "containerID": studio.dropped, "allowsReadWrite": True})["id"]
    studio.open(f"/models/new?dataset={bare}")
    page.get_by_label("Name of the model").fill("kinds")
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("has no labels.").first).to_be_visible()
    page.get_by_role("tab", name="Training datasets").click()
    expect(page.get_by_role("alert").filter(has_text="has no labels.")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_label("kinds").check()
    page.get_by_label("bare").uncheck()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("tab", name="Evaluation dataset")).to_have_attribute("aria-selected", "true")


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
