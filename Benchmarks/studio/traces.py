"""What Chromium's main thread did while something happened on a page."""

import contextlib
import json


class Trace:
    """Filled when the `with` block of `traced` ends."""

    def __init__(self):
        self.events = []

    def _of_the_page(self):
        # The page's main thread is the one that ran its scripts the longest.
        names = {(event["pid"], event["tid"]) for event in self.events
                 if event.get("name") == "thread_name" and event["args"]["name"] == "CrRendererMain"}
        busy = {}
        for event in self.events:
            thread = (event["pid"], event.get("tid"))
            if thread in names and event.get("ph") == "X" and event["name"] == "RunTask":
                busy[thread] = busy.get(thread, 0) + event.get("dur", 0)
        main = max(busy, key=busy.get)
        return [event for event in self.events if (event["pid"], event.get("tid")) == main and event.get("ph") == "X"]

    def longest_task(self):
        """Milliseconds."""
        return max((event.get("dur", 0) for event in self._of_the_page() if event["name"] == "RunTask"), default=0) / 1000

    def handlers(self, prefix):
        """Milliseconds of every dispatch of an event whose type begins so."""
        return [event.get("dur", 0) / 1000 for event in self._of_the_page()
                if event["name"] == "EventDispatch" and event["args"]["data"]["type"].startswith(prefix)]


@contextlib.contextmanager
def traced(browser, page):
    trace = Trace()
    browser.start_tracing(page=page, categories=["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline"])
    yield trace
    trace.events = json.loads(browser.stop_tracing())["traceEvents"]
