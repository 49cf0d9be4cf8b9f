"""Photos made of plain rectangles, so that everybody can say what is where."""

import struct
import zlib

WIDTH, HEIGHT = 640, 480
APPLE, BANANA = (200, 40, 40), (225, 200, 40)


def png(rectangles, width=WIDTH, height=HEIGHT):
    """Rectangles are (colour, left, top, right, bottom) on grey."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        line = bytearray(b"\x96\x96\x96" * width)
        for colour, left, top, right, bottom in rectangles:
            if top <= y < bottom:
                line[3 * left : 3 * right] = bytes(colour) * (right - left)
        rows += line

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows)))
            + chunk(b"IEND", b""))


def placed(number):
    """What the photo of a number shows: an apple and a banana, each somewhere else."""
    left, top = 40 + 30 * (number % 5), 60 + 20 * (number % 4)
    return [(APPLE, left, top, left + 120, top + 120), (BANANA, left + 220, top + 160, left + 380, top + 240)]
