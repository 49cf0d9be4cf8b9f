"""The grid over a container of very many photos, and the page of one of them."""

import json
import pathlib
import statistics
import struct
import zlib

from traces import traced
from uploading import upload

COUNT = 100_000
DRAWN = """() => {
  const image = document.querySelector('main img, main canvas, main photo-canvas')
  return !!image && (!(image instanceof HTMLImageElement) || (image.complete && image.naturalWidth > 0))
}"""


def picture(number):
    """A PNG of 64 x 48 pixels in one of many colours."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixel = bytes([number % 251, number // 251 % 251, 120])
    head = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + pixel * 64) * 48)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def fill(studio, count=COUNT):
    group = studio.call("POST", "/groups", {"name": "many", "storageAccount": "manystore"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    container = studio.call("POST", f"/accounts/{account}/containers", {"name": "many"})["id"]
    card = json.loads(pathlib.Path(studio.house.folder, "server.json").read_text())
    upload(card, container, [f"photo-{number:06}.png" for number in range(count)], picture)
    return container


def scroll(studio):
    """Rolls the wheel, then jumps to places all over the container; returns the most elements there were."""
    page = studio.page
    most = 0
    for step in range(60):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(30)
        if step % 10 == 0:
            most = max(most, page.evaluate("document.querySelectorAll('*').length"))
    for share in [0.1, 0.5, 0.9, 1, 0.3, 0]:
        page.evaluate("share => scrollTo(0, document.documentElement.scrollHeight * share)", share)
        page.wait_for_timeout(250)
        most = max(most, page.evaluate("document.querySelectorAll('*').length"))
    return most


def measure(studio, rounds):
    container = fill(studio)
    page = studio.page
    longest, elements, opened = [], [], []
    for number in range(rounds):
        studio.open(f"/storage/{container}")
        page.locator("photo-grid img").first.wait_for()
        page.mouse.move(640, 500)
        page.wait_for_timeout(1_000)
        with traced(studio.browser, page) as trace:
            most = scroll(studio)
        longest.append(trace.longest_task())
        elements.append(most)
        studio.shot(f"grid-{number}")
        for index in range(3):
            page.evaluate("scrollTo(0, 0)")
            page.wait_for_timeout(300)
            tile = page.locator("photo-grid [role=option]").nth(index)
            tile.focus()
            page.evaluate("""drawn => {
              const isDrawn = eval(drawn)
              const path = location.pathname
              addEventListener('dblclick', () => {
                const start = performance.now()
                window.openedAfter = null
                const look = () => {
                  if (location.pathname !== path && isDrawn()) requestAnimationFrame(() => (window.openedAfter = performance.now() - start))
                  else requestAnimationFrame(look)
                }
                look()
              }, { capture: true, once: true })
            }""", DRAWN)
            tile.dblclick()
            page.wait_for_function("window.openedAfter")
            opened.append(page.evaluate("window.openedAfter"))
            page.go_back()
            page.locator("photo-grid img").first.wait_for()
    print(f"grid over {COUNT} photos: longest task of the main thread {statistics.median(longest):.0f} ms (at most 50), "
          f"{max(elements)} elements at most (at most 400)")
    print(f"a photo's page: {statistics.median(opened):.0f} ms until it is drawn (at most 200)")
