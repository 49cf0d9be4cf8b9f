"""What Chromium's own trace says of a page's main thread: its longest task, and how long listeners took."""

import contextlib
import json

CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"]
POINTER = ("pointerdown", "pointermove", "pointerup")
LONG = 50


class Trace:
    """A trace that has ended. All times are milliseconds of the clock, as a person feels them."""

    def __init__(self, text):
        events = json.loads(text)["traceEvents"]
        mains = {
            (event["pid"], event["tid"]) for event in events
            if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
        }
        self.events = [event for event in events if (event["pid"], event["tid"]) in mains and event.get("ph") == "X"]

    def add_tasks(self, figures, name):
        """The main thread's longest task: by the clock, and what it ran itself, where a loaded machine shows less."""
        figures.add(f"{name}: longest task of the main thread", self.tasks()[0][0], LONG)
        figures.add(f"{name}: longest task of the main thread, on the processor", max(ran for _, ran, _ in self.tasks()), LONG)

    def tasks(self):
        """The main thread's tasks, longest first, as (milliseconds, milliseconds it really ran, start)."""
        tasks = [(event["dur"] / 1000, event.get("tdur", 0) / 1000, event["ts"]) for event in self.events
                 if event["name"] == "RunTask"]
        assert tasks, "the trace holds no tasks"
        return sorted(tasks, reverse=True)

    def dispatches(self, kind):
        """How long the listeners of each event took: by the clock, and on the processor, where a loaded machine shows less."""
        found = [event for event in self.events
                 if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == kind]
        assert found, f"the trace holds no {kind}"
        return [event["dur"] / 1000 for event in found], [event.get("tdur", 0) / 1000 for event in found]

    def explain_dispatches(self, count=5):
        found = [event for event in self.events
                 if event["name"] == "EventDispatch" and event["args"]["data"]["type"] in POINTER]
        for event in sorted(found, key=lambda event: -event["dur"])[:count]:
            print(f"  {event['args']['data']['type']}: {event['dur'] / 1000:.2f} ms, {event.get('tdur', 0) / 1000:.2f} ms of "
                  f"them on the processor; {len(found)} in all")
            for inner in self.events:
                if event["ts"] < inner["ts"] < event["ts"] + event["dur"] and inner.get("dur", 0) > 300:
                    print(f"    {inner['dur'] / 1000:.1f} ms {inner['name']} {json.dumps(inner.get('args', {}))[:300]}")

    def explain(self, count=3, least=2):
        """Prints what the longest tasks did, for a person who asks why they took so long."""
        for length, ran, start in self.tasks()[:count]:
            print(f"  task of {length:.1f} ms, {ran:.1f} ms of them on the processor")
            for event in self.events:
                duration = event.get("dur", 0) / 1000
                if start < event["ts"] < start + length * 1000 and duration >= least:
                    print(f"    {duration:.1f} ms {event['name']} {json.dumps(event.get('args', {}).get('data', {}))[:180]}")


@contextlib.contextmanager
def traced(browser, page, into):
    """Traces the page while the block runs, then appends the trace to `into`."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield
    finally:
        into.append(Trace(browser.stop_tracing()))
