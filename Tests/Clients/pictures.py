"""Draws the small photos that the scripts send: flat rectangles on a white ground, as PNG."""

import struct
import zlib

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
RED, YELLOW, BLUE = (220, 30, 30), (230, 220, 40), (30, 40, 220)


def png(width, height, rectangles=(), ground=WHITE):
    """A PNG file; rectangles are (colour, left, top, right, bottom) in pixels."""
    rows = [bytearray(ground * width) for _ in range(height)]
    for colour, left, top, right, bottom in rectangles:
        for row in rows[top:bottom]:
            row[left * 3 : right * 3] = bytes(colour) * (right - left)
    return png_of_rows(width, height, b"".join(b"\0" + bytes(row) for row in rows))


def png_of_rows(width, height, data):
    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    )


FRUIT_SIZE = (160, 120)
FRUIT_BOXES = {"apple": (20, 30, 60, 80), "banana": (90, 20, 150, 50)}


def fruit():
    """A photo with one apple and one banana."""
    return png(*FRUIT_SIZE, [(RED, *FRUIT_BOXES["apple"]), (YELLOW, *FRUIT_BOXES["banana"])])
