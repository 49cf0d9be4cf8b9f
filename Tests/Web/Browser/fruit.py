"""The sample's rendered photos: where they are put, and what a person would draw on them."""

import json
import pathlib
import subprocess
import uuid

SIDES = ("xMin", "yMin", "xMax", "yMax")


class Fruit:
    """What `pomona sample` wrote into a folder; rendered first where nobody has done it."""

    def __init__(self, program, work, folder=None):
        self.folder = pathlib.Path(folder or pathlib.Path(work, "sample"))
        if not folder:
            subprocess.run([program, "sample", str(self.folder)], check=True, stdout=subprocess.DEVNULL)
        labels = json.loads(next((self.folder / "answers").glob("*.json")).read_text())
        tags = {category["id"]: category["name"] for category in labels["categories"]}
        names = {image["id"]: image["file_name"] for image in labels["images"]}
        self.boxes = {name: [] for name in names.values()}
        for item in labels["annotations"]:
            left, top, width, height = item["bbox"]
            self.boxes[names[item["image_id"]]].append((tags[item["category_id"]], (left, top, left + width, top + height)))

    def plain(self, count):
        """Names of the first photos with one or two things on them."""
        return [name for name, boxes in sorted(self.boxes.items()) if len(boxes) <= 2][:count]

    def upload(self, studio, account, container, names=None):
        """A container with the sample's photos of that name, and the label files that lie with them."""
        new = studio.call("POST", f"/accounts/{account}/containers", {"name": container})["id"]
        for file in sorted((self.folder / container).iterdir()):
            if names is not None and file.name not in names:
                continue
            kind = "application/json" if file.suffix == ".json" else "image/jpeg"
            studio.call("PUT", f"/containers/{new}/blobs", file.read_bytes(), headers={
                "X-Pomona-Name": file.name, "X-Pomona-Upload": str(uuid.uuid4()), "Content-Type": kind})
        return new


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = max(0, width) * max(0, height)
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def compared(wanted, found, least=0.5):
    """Which of what is wanted is missing in what was found, and which of the latter is right; both (tag, sides)."""
    missing, right = list(wanted), []
    for number, (tag, sides) in enumerate(found):
        match = next((want for want in missing if want[0] == tag and overlap(want[1], sides) >= least), None)
        if match:
            missing.remove(match)
            right.append(number)
    return missing, right
