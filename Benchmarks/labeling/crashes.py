"""Edits while a server is killed again and again: none that was answered may be lost, and none that is sent again counts
twice."""

import random
import threading
import uuid

import photos
from studio_client import Client, Refused

EDITS, BOXES = 500, 20


def boxes(category, names):
    return [{"id": name, "categoryID": category, "box": {"xMin": 1, "yMin": 1, "xMax": 20, "yMax": 20}} for name in names]


def measure(house, rounds, chance=None):
    chance = chance or random.Random(0)
    client = Client(house)
    picture = photos.png([], 32, 24)
    group, container = client.container("crashes", {f"p{number}.png": picture for number in range(10)})
    project = client.project(group, container, ["apple"])
    path, category = f"/projects/{project['id']}/tasks", project["categories"][0]["id"]

    def state():
        return {task["id"]: (task["revision"], [box["id"] for box in task["annotations"]])
                for task in client.tasks(project)}

    def send(edit):
        task, number, revision, names = edit
        return client("PUT", f"{path}/{task}/annotations", {
            "edit": number, "baseRevision": revision, "annotations": boxes(category, names)})["revision"]

    answered = lost = doubled = 0
    for _ in range(rounds):
        known, pending = state(), None
        killer = threading.Timer(chance.uniform(0.1, 1.5), house.kill)
        killer.start()
        try:
            for _ in range(4 * EDITS // rounds):
                task = chance.choice(sorted(known))
                revision, names = known[task]
                names = (names + [str(uuid.uuid4())])[-BOXES:]
                pending = (task, str(uuid.uuid4()), revision, names)
                known[task] = (send(pending), names)
                answered, pending = answered + 1, None
        except Refused:
            raise
        except (OSError, EOFError, ValueError):
            pass  # The server is gone, which is what this is about.
        killer.join()
        house.start()
        client = Client(house)
        if pending:
            # As the page does: the same edit once more. It may have been written and not answered.
            task, _, revision, names = pending
            known[task] = (send(pending), names)
            answered += 1
            doubled += known[task][0] != revision + 1
        now = state()
        lost += sum(now[task] != known[task] for task in known)
    print(f"{rounds} kills: {answered} edits answered, {lost} lost, {doubled} doubled (none)")
    if lost or doubled:
        raise SystemExit(1)
