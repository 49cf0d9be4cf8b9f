"""What only shows on the wire: answers to HEAD, and clients that wait before they send a body."""

import base64
import email.utils
import hashlib
import hmac
import socket
import urllib.parse

from azure.storage.blob import generate_container_sas

from blob_studio import later
from raw_http import head_of
from rows import row


def connect(url):
    connection = socket.create_connection((url.hostname, url.port), timeout=120)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def sign(studio, method, path, query, headers):
    """A SharedKey for a request without a body."""
    lines = [method] + [""] * 11
    lines += [f"{name}:{value}" for name, value in sorted(headers.items())]
    resource = f"/{studio.account}{path}" + "".join(f"\n{name}:{value}" for name, value in sorted(query.items()))
    text = "\n".join(lines + [resource]).encode()
    signature = hmac.new(base64.b64decode(studio.key), text, hashlib.sha256).digest()
    return f"SharedKey {studio.account}:{base64.b64encode(signature).decode()}"


@row("HEAD has no body, whatever GET would answer")
def _(studio):
    container = studio.container()
    container.upload_blob("b", b"12345")
    url = urllib.parse.urlsplit(container.url)
    for path, query, status in [
        (url.path, {"restype": "container", "comp": "acl"}, 200),
        (url.path, {"restype": "container"}, 200),
        (f"{url.path}/b", {}, 200),
        (f"{url.path}/missing", {}, 404),
        (f"{url.path}/b", {"comp": "block"}, 405),
    ]:
        headers = {"x-ms-date": email.utils.formatdate(usegmt=True), "x-ms-version": "2021-12-02"}
        authorization = sign(studio, "HEAD", path, query, headers)
        lines = [f"HEAD {path}?{urllib.parse.urlencode(query)} HTTP/1.1", f"Host: {url.netloc}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()] + [f"Authorization: {authorization}"]
        with connect(url) as connection:
            connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            head, rest = head_of(connection)
            while piece := connection.recv(65_536):
                rest += piece
        assert head.split()[1] == str(status), head
        assert rest == b"", (path, query, rest)


@row("a client that waits before it sends its body is told to go on")
def _(studio):
    container = studio.container()
    token = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, permission="rwc", expiry=later())
    url = urllib.parse.urlsplit(container.url)

    def request(name, extra=""):
        return (
            f"PUT {url.path}/{name}?{token} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Length: 5\r\n"
            f"x-ms-blob-type: BlockBlob\r\n{extra}\r\n"
        ).encode()

    with connect(url) as connection:
        for name in ["first", "second"]:
            connection.sendall(request(name, "Expect: 100-continue\r\n"))
            assert head_of(connection) == ("HTTP/1.1 100 Continue", b"")
            connection.sendall(b"12345")
            head, rest = head_of(connection)
            assert head.startswith("HTTP/1.1 201 ") and rest == b"", head
        # Whoever does not wait is not told.
        connection.sendall(request("third") + b"12345")
        assert head_of(connection)[0].startswith("HTTP/1.1 201 ")
    assert [item.name for item in container.list_blobs()] == ["first", "second", "third"]
