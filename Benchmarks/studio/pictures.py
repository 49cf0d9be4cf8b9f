"""Photos for measurements, made by numpy and pillow: as hard to decode as a real one, different for each seed."""

import io

import numpy
from PIL import Image


def jpeg(width, height, seed=0, quality=88):
    """Soft colours with fine grain, as a camera writes them."""
    chance = numpy.random.default_rng(seed)
    coarse = chance.integers(30, 225, (max(2, height // 256), max(2, width // 256), 3), dtype=numpy.uint8)
    photo = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    grain = chance.integers(-9, 10, (512, 512), dtype=numpy.int16)
    strips = []
    # In strips, so that a photo of 200 megapixels needs no gigabytes.
    for top in range(0, height, 512):
        part = numpy.asarray(photo.crop((0, top, width, min(height, top + 512))), dtype=numpy.int16)
        noise = numpy.tile(grain, (1, width // 512 + 1))[: part.shape[0], :width, None]
        strips.append(numpy.clip(part + noise, 0, 255).astype(numpy.uint8))
    file = io.BytesIO()
    Image.fromarray(numpy.concatenate(strips)).save(file, "JPEG", quality=quality)
    return file.getvalue()


def small_jpegs(numbers, width=96, height=72):
    """Many small photos quickly: few are encoded, and each gets a comment of its own, so that no two are the same."""
    bases = [jpeg(width, height, seed, 75) for seed in range(50)]
    for number in numbers:
        base = bases[number % len(bases)]
        words = f"number {number}".encode()
        yield base[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + base[2:]
