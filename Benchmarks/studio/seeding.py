"""Fills a container with many small photos over many connections, as the studio's own upload does."""

import http.client
import queue
import threading
import urllib.parse
import uuid

from pictures import small_jpegs

CONNECTIONS = 32


def fill(place, container, count):
    """Uploads what is missing of `count` photos; one that was cut off is gone on with."""
    there = place.call("GET", f"/containers/{container}")["blobCount"]
    # Those that were on their way when it was cut off may be there already: they are asked for again.
    numbers = range(max(0, there - 10 * CONNECTIONS), count)
    if there >= count:
        return
    cookie = "; ".join(f"{item['name']}={item['value']}" for item in place.cookies)
    host = urllib.parse.urlsplit(place.house.url).netloc
    waiting, failures = queue.Queue(4 * CONNECTIONS), []

    def work():
        connection = http.client.HTTPConnection(host, timeout=120)
        while (item := waiting.get()) is not None:
            number, content = item
            headers = {"Cookie": cookie, "X-Pomona": "1", "X-Pomona-Name": f"photo-{number:06}.jpg",
                       "X-Pomona-Upload": str(uuid.uuid4()), "X-Pomona-If-Exists": "replace", "Content-Type": "image/jpeg"}
            try:
                connection.request("PUT", f"/api/v1/containers/{container}/blobs", content, headers)
                answer = connection.getresponse()
                words = answer.read()
                if answer.status not in (200, 201):
                    failures.append(f"photo {number}: {answer.status} {words[:300]}")
            except OSError as error:
                failures.append(f"photo {number}: {error}")
                connection.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for number, content in zip(numbers, small_jpegs(numbers)):
        waiting.put((number, content))
        if failures:
            break
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]
    found = place.call("GET", f"/containers/{container}")["blobCount"]
    assert found == count, f"{found} of {count} photos are there"
