"""The studio's interface for scripts: one open connection per client."""

import http.client
import json
import pathlib
import socket
import uuid


class Refused(Exception):
    """The server answered that it would not."""


class Client:
    def __init__(self, house, session=None):
        card = json.loads(pathlib.Path(house.folder, "server.json").read_text())
        self.host, self.session = card["studio"].split("//")[1], session or card["session"]
        self.connection = None

    def __call__(self, method, path, body=None, content=None, headers=None):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, timeout=60)
            self.connection.connect()
            # Small questions and answers would wait for each other's acknowledgement.
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = content if content is not None else json.dumps(body) if body is not None else None
        try:
            self.connection.request(method, f"/api/v1{path}", data, {
                "X-Pomona": "1", "Cookie": f"pomona_session={self.session}", "Content-Type": "application/json",
                **(headers or {})})
            answer = self.connection.getresponse()
            text = answer.read()
        except Exception:
            self.connection = None
            raise
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {text[:300]}")
        return json.loads(text) if text else None

    def items(self, path):
        return self("GET", path)["items"]

    def container(self, group, photos, kind="image/png"):
        """A new group with an account and one container of photos, by name; the numbers of the group and the container."""
        group = self("POST", "/groups", {"name": group, "storageAccount": f"{group}store"})["id"]
        account = self.items(f"/groups/{group}/accounts")[0]["id"]
        container = self("POST", f"/accounts/{account}/containers", {"name": "photos"})["id"]
        for name, content in photos.items():
            self("PUT", f"/containers/{container}/blobs", content=content, headers={
                "X-Pomona-Name": name, "X-Pomona-Upload": str(uuid.uuid4()), "Content-Type": kind})
        return group, container

    def project(self, group, container, categories):
        """A running labeling project over a container, which starts no experiment by itself."""
        dataset = self("POST", f"/groups/{group}/datasets", {
            "name": "photos", "kind": "imageObjectDetection", "containerID": container, "allowsReadWrite": True})["id"]
        project = self("POST", f"/datasets/{dataset}/projects", {"name": "labels"})
        for name in categories:
            project = self("POST", f"/projects/{project['id']}/categories", {"name": name})
        project = self("POST", f"/projects/{project['id']}:start")
        return self("PATCH", f"/projects/{project['id']}", {
            "revision": project["revision"], "settings": {"automatic": False}})

    def tasks(self, project):
        return self.items(f"/projects/{project['id']}/tasks?limit=500")
