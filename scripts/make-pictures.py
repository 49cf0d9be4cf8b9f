"""Makes the README's pictures out of those that the browser walks left: make test, then .clients/bin/python scripts/make-pictures.py"""

import pathlib

from PIL import Image

root = pathlib.Path(__file__).resolve().parent.parent
target = root / "docs/pictures"
target.mkdir(exist_ok=True)
for source, name in [
    ("exercise/light-dataset.png", "dataset"), ("exercise/model.png", "model"),
    ("exercise/try.png", "try"),
]:
    picture = Image.open(root / ".build/artefacts" / source).convert("RGB")
    picture.save(target / f"{name}.webp", quality=80, method=6)
    print(f"{name}.webp: {(target / f'{name}.webp').stat().st_size // 1000} kB")
