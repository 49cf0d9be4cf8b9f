"""The first load of the studio with an empty cache: bytes over the wire, and time until the page can be used."""

import statistics

SEEN = """
const look = () => document.querySelector('main h1') ? (window.seenAt = performance.now()) : requestAnimationFrame(look)
requestAnimationFrame(look)
"""


def measure(studio, rounds):
    state = studio.page.context.storage_state()
    sizes, times = [], []
    for _ in range(rounds):
        page = studio.open_page(storage_state=state)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        size = []
        session.on("Network.loadingFinished", lambda event: size.append(event["encodedDataLength"]))
        page.add_init_script(SEEN)
        page.goto(studio.house.url + "/")
        page.wait_for_function("window.seenAt")
        page.wait_for_timeout(500)
        sizes.append(sum(size) / 1000)
        times.append(page.evaluate("window.seenAt"))
        page.context.close()
    print(f"first load: {statistics.median(sizes):.0f} KB over the wire (at most 200), to be used after "
          f"{statistics.median(times):.0f} ms (at most 500)")
