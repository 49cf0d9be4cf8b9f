"""A blob server that keeps nothing: it reads and forgets what it is sent, and answers with bytes that it invents.

Usage: void.py LENGTH; prints its port. LENGTH is that of the one blob it pretends to have.
"""

import http.server
import re
import sys

LENGTH = int(sys.argv[1])
BYTES = memoryview(bytes(1 << 20))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def headers_of(self, status, length, more=()):
        self.send_response(status)
        for name, value in [("Content-Length", str(length)), ("ETag", '"0x1"'), ("x-ms-version", "2021-12-02"),
                            ("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT"), ("x-ms-blob-type", "BlockBlob"), *more]:
            self.send_header(name, value)
        self.end_headers()

    def do_PUT(self):
        rest = int(self.headers.get("Content-Length", 0))
        while rest > 0:
            rest -= len(self.rfile.read(min(rest, 1 << 20)))
        self.headers_of(201, 0)

    def do_GET(self):
        match = re.match(r"bytes=(\d+)-(\d+)", self.headers.get("x-ms-range") or self.headers.get("Range") or "")
        first, last = (int(match[1]), min(int(match[2]), LENGTH - 1)) if match else (0, LENGTH - 1)
        self.headers_of(206, last - first + 1, [("Content-Range", f"bytes {first}-{last}/{LENGTH}")])
        rest = last - first + 1
        while rest > 0:
            rest -= self.wfile.write(BYTES[:min(rest, len(BYTES))])

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
