"""Twenty people who label 2,000 photos at once: no photo may be handed to two, no edit lost; how long a save takes."""

import http.client
import random
import statistics
import threading
import time
import uuid

import photos
from crashes import boxes
from studio_client import Client

PEOPLE, PHOTOS, EACH = 20, 2_000, 12


def invited(house, owner, project):
    link = owner("POST", f"/projects/{project['id']}/invitations", {"role": "labeler"})["link"]
    connection = http.client.HTTPConnection(owner.host)
    connection.request("GET", "/sign-in?" + link.split("?", 1)[1])
    answer = connection.getresponse()
    answer.read()
    return Client(house, answer.getheader("Set-Cookie").split(";")[0].split("=", 1)[1])


def measure(house, rounds):
    del rounds
    owner = Client(house)
    picture = photos.png([], 32, 24)
    group, container = owner.container("crowd", {f"p{number:04}.png": picture for number in range(PHOTOS)})
    project = owner.project(group, container, ["apple"])
    path, category = f"/projects/{project['id']}/tasks", project["categories"][0]["id"]
    saves, handed, twice, wrong = [], {}, [], []
    lock = threading.Lock()

    def work(client, number):
        chance, holding = random.Random(number), []
        for _ in range(EACH):
            task = client("POST", f"{path}:next", {"count": 1, "holding": holding[-3:]})["tasks"][0]
            with lock:
                if task["id"] in handed:
                    twice.append(task["id"])
                handed[task["id"]] = number
            holding.append(task["id"])
            revision = task["revision"]
            for count in range(1, 4):
                begin = time.perf_counter()
                labels = boxes(category, [f"box {number} {place}" for place in range(count)])
                revision = client("PUT", f"{path}/{task['id']}/annotations", {
                    "edit": str(uuid.uuid4()), "baseRevision": revision, "annotations": labels})["revision"]
                saves.append((time.perf_counter() - begin) * 1000)
                time.sleep(chance.uniform(0.2, 0.6))
            client("POST", f"{path}/{task['id']}:submit", {
                "edit": str(uuid.uuid4()), "baseRevision": revision, "annotations": labels, "seconds": 2})

    people = [invited(house, owner, project) for _ in range(PEOPLE)]
    threads = [threading.Thread(target=work, args=(person, number)) for number, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for task, number in handed.items():
        found = [box["id"] for box in owner("GET", f"{path}/{task}")["annotations"]]
        if found != [f"box {number} {place}" for place in range(3)]:
            wrong.append(task)
    slow = statistics.quantiles(saves, n=20)[-1]
    print(f"{PEOPLE} people: {len(handed)} photos, {len(twice)} handed to two, {len(wrong)} with an edit lost (none); a save "
          f"takes {statistics.median(saves):.1f} ms, 95 % at most {slow:.1f} ms (at most 50)")
    if twice or wrong or len(handed) != PEOPLE * EACH:
        raise SystemExit(1)
