"""Writes the small photos of this folder: python3 make_fixtures.py (Pillow 10 or newer).

Unless said otherwise a photo is 48 x 32 with four quarters: red, green / blue, yellow (RGB), or dark to light (grey).
"""

import io
import pathlib
import struct
import zlib

from PIL import Image, TiffImagePlugin

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 48, 32
COLORS = [(220, 40, 40), (40, 180, 60), (40, 60, 200), (240, 210, 40)]
GREYS = [20, 90, 160, 230]


def quarters(mode, values, size=(WIDTH, HEIGHT)):
    image = Image.new(mode, size)
    w, h = size[0] // 2, size[1] // 2
    for index, value in enumerate(values):
        x, y = index % 2 * w, index // 2 * h
        image.paste(value, (x, y, x + w, y + h))
    return image


def save(image, name, **options):
    image.save(HERE / name, **options)


rgb = quarters("RGB", COLORS)
grey = quarters("L", GREYS)

# EXIF orientations: each file looks the same once it is upright.
UNDO = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}
for orientation in range(1, 9):
    stored = rgb
    for step in UNDO.get(orientation, []):
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(stored, f"orientation-{orientation}.jpg", quality=95, subsampling=0, exif=exif)
    if orientation == 6:
        save(stored, "orientation-6.png", exif=exif)
        save(stored, "orientation-6.webp", exif=exif, lossless=True)
        save(stored, "orientation-6.tif", tiffinfo={0x0112: 6})

# JPEG
save(grey, "grey.jpg", quality=95)
save(rgb.convert("CMYK"), "cmyk.jpg", quality=95)
save(rgb, "progressive.jpg", quality=95, subsampling=0, progressive=True)

# PNG
save(rgb, "rgb.png")
save(grey, "grey.png")
save(grey.point(lambda v: 255 * (v > 128)).convert("1"), "bilevel.png")
save(rgb.quantize(8), "palette.png")
save(quarters("RGBA", [c + (a,) for c, a in zip(COLORS, (255, 128, 0, 64))]), "alpha.png")
save(quarters("LA", list(zip(GREYS, (255, 128, 0, 64)))), "grey-alpha.png")
palette_alpha = rgb.quantize(8)
save(palette_alpha, "palette-alpha.png", transparency=palette_alpha.getpixel((0, 0)))
save(quarters("I;16", [v * 257 for v in GREYS]), "grey-16.png")


def png(width, height, depth, color, rows, extra=b""):
    """A PNG written by hand, for what Pillow does not write."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    data = b"".join(b"\0" + row for row in rows)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    )


def rgb_rows(image, sample):
    return [
        b"".join(sample(v) for x in range(image.width) for v in image.getpixel((x, y))) for y in range(image.height)
    ]


(HERE / "rgb-16.png").write_bytes(png(WIDTH, HEIGHT, 16, 2, rgb_rows(rgb, lambda v: struct.pack(">H", v * 257))))
# Claims 3.6 thousand million pixels in 67 bytes.
(HERE / "bomb.png").write_bytes(png(60000, 60000, 8, 2, [b"\0"]))


# Profiles
def profile(description, primaries):
    """A minimal ICC version 2 display profile: three primaries (adapted to D50) and a gamma of 2.2."""

    def s15(*values):
        return b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    def xyz(*values):
        return b"XYZ \0\0\0\0" + s15(*values)

    text = description.encode()
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + b"\0" * 78
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    copyright = b"text\0\0\0\0" + b"Public domain\0\0\0"
    tags = [
        (b"desc", desc + b"\0" * (-len(desc) % 4)),
        (b"cprt", copyright),
        (b"wtpt", xyz(0.9642, 1, 0.8249)),
        (b"rXYZ", xyz(*primaries[0])),
        (b"gXYZ", xyz(*primaries[1])),
        (b"bXYZ", xyz(*primaries[2])),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    offset = 132 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, body in tags:
        table += name + struct.pack(">II", offset + len(data), len(body))
        data += body
    header = struct.pack(
        ">I4sI4s4s4s12s4s4sIIIIIII16s28s",
        offset + len(data), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"\0" * 12, b"acsp", b"\0" * 4,
        0, 0, 0, 0, 0, 0, 0, b"", b"",
    )
    # The D50 illuminant stands at byte 68.
    header = header[:68] + s15(0.9642, 1, 0.8249) + b"\0" * 48
    return header[:128] + table + data


# Display P3 primaries, adapted to D50. Two quarters hold colours that sRGB has as well.
p3 = profile("Wide", [(0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)])
save(quarters("RGB", [(200, 100, 100), (100, 180, 110), (128, 128, 128), (255, 255, 255)]), "wide.png", icc_profile=p3)
save(grey, "wrong-profile.png", icc_profile=p3)
save(rgb, "broken-profile.png", icc_profile=b"not a profile at all")

# GIF and WebP
second = quarters("RGB", COLORS[::-1])
save(rgb, "animation.gif", save_all=True, append_images=[second], duration=100)
save(rgb, "animation.webp", save_all=True, append_images=[second], duration=100, lossless=True)
save(rgb, "lossy.webp", quality=95)
save(quarters("RGBA", [c + (a,) for c, a in zip(COLORS, (255, 128, 0, 64))]), "alpha.webp", lossless=True, exact=True)

# TIFF
save(rgb, "lzw.tif", compression="tiff_lzw")
save(rgb, "deflate.tif", compression="tiff_adobe_deflate")
save(rgb, "pages.tif", save_all=True, append_images=[second])
save(quarters("CMYK", [(0, 200, 200, 20), (200, 0, 200, 40), (220, 180, 0, 20), (0, 20, 220, 0)]), "cmyk.tif")
save(quarters("I;16", [v * 257 for v in GREYS]), "grey-16.tif")
save(grey.point(lambda v: 255 * (v > 128)).convert("1"), "fax.tif", compression="group4")
save(rgb.quantize(8), "palette.tif")
save(quarters("F", [0.1, 0.3, 0.6, 0.9]), "float.tif")
save(quarters("RGBA", [c + (a,) for c, a in zip(COLORS, (255, 128, 0, 64))]), "alpha.tif")

# What Pillow makes of a busy picture with the kernel that RGBImage.resized uses. Values stay away from 0 and 255, where
# Pillow cuts off overshoot after each of its two passes instead of once.
busy = Image.new("RGB", (31, 23))
for y in range(23):
    for x in range(31):
        busy.putpixel((x, y), tuple(80 + v % 96 for v in (x * 37 + y * 91, x * x + y * 53, x * y * 7)))
save(busy, "busy-31x23.png")
for size in [(12, 9), (50, 40), (31, 8), (7, 46), (1, 1)]:
    save(busy.resize(size, Image.Resampling.BICUBIC), f"busy-{size[0]}x{size[1]}.png")

# A TIFF whose header says one tile of 60,000 x 60,000 pixels for a photo of 8 x 8.
directory = TiffImagePlugin.ImageFileDirectory_v2(prefix=b"II")
for tag, value in {256: 8, 257: 8, 258: 8, 259: 1, 262: 1, 277: 1, 322: 60000, 323: 60000, 324: 8, 325: 64}.items():
    directory[tag] = value
    directory.tagtype[tag] = 4
body = io.BytesIO()
body.write(b"II*\0" + struct.pack("<I", 8 + 64) + b"\0" * 64)
directory.save(body)
(HERE / "tile-bomb.tif").write_bytes(body.getvalue())
