"""The first load of the studio, signed in, with an empty cache: bytes over the wire, and the time until it can be used."""

BYTES, INTERACTIVE = 200, 500

# It can be used once its main heading and its navigation are on the screen, its own code runs (the links answer), and no
# long task is in the way any more.
WATCH = """
  let end = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) end = Math.max(end, entry.startTime + entry.duration)
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    const isThere = document.querySelector('main h1') && document.querySelector('nav a[href]')
      && !document.querySelector('main .loading')
    if (!isThere) return requestAnimationFrame(look)
    const shown = performance.now()
    requestAnimationFrame(() => setTimeout(() => { window.interactive = Math.max(performance.now(), shown, end) }))
  }
  look()
"""


def load(place, path):
    """Kilobytes over the wire, requests, and milliseconds until the page can be used."""
    page = place.page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    sizes, begun = {}, []
    session.on("Network.responseReceived", lambda event: begun.append(event["response"]["url"]) or sizes.setdefault(
        event["requestId"], event["response"]["encodedDataLength"]))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.add_init_script(WATCH)
    page.goto(f"{place.house.url}{path}")
    page.wait_for_function("() => window.interactive > 0")
    interactive = page.evaluate("window.interactive")
    page.wait_for_timeout(1_500)
    page.context.close()
    return sum(sizes.values()) / 1000, len(begun), interactive


def measure(place, figures, runs, explains):
    _, group = place.container("load bench", "few")
    place.call("GET", f"/groups/{group}")
    for path, name in (("/", "home"), ("/storage", "storage")):
        for _ in range(runs):
            size, requests, interactive = load(place, path)
            figures.add(f"load: {name}, over the wire", size, BYTES, "kB")
            figures.add(f"load: {name}, requests", requests, unit="requests")
            figures.add(f"load: {name}, until it can be used", interactive, INTERACTIVE)
