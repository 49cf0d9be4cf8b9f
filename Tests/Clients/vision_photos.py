"""The photos that scripts show to models, and what must be found on them: drawn ones, which a stand-in for a model finds to
the pixel, and those that `pomona sample` renders, from which a model learns in half a minute."""

import dataclasses
import json
import pathlib

import pictures


@dataclasses.dataclass
class Photo:
    """Boxes are (left, top, width, height) in pixels."""

    name: str
    data: bytes
    size: tuple
    objects: list
    # Of a stand-in, which finds what is drawn exactly.
    least_overlap: float = 1
    least_confidence: float = 1

    def box_of(self, tag):
        return next(box for name, box in self.objects if name == tag)

    def check(self, found):
        """Found are (tag, confidence, box): each object once, and nothing else that is as sure."""
        sure = [item for item in found if item[1] >= self.least_confidence]
        words = f"{self.name} shows {self.objects}, found were {found}"
        assert sorted(tag for tag, _, _ in sure) == sorted(tag for tag, _ in self.objects), words
        for tag, box in self.objects:
            best = max(overlap(box, other) for name, _, other in sure if name == tag)
            assert best >= self.least_overlap, words


def overlap(a, b):
    """What two boxes have in common, as a share of what they cover."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0
    return width * height / (a[2] * a[3] + b[2] * b[3] - width * height)


def drawn():
    boxes = [
        (tag, (left, top, right - left, bottom - top))
        for tag, (left, top, right, bottom) in pictures.FRUIT_BOXES.items()
    ]
    return Photo("fruit.png", pictures.fruit(), pictures.FRUIT_SIZE, boxes)


class Sample:
    """The labelled photos that `pomona sample` wrote into a folder."""

    # Each has all three tags, and from four photos a training takes no more steps than the fewest it ever takes.
    TRAINING = [4, 14, 17, 27]
    EVALUATION = [5, 12, 15, 24, 31]
    # Of the evaluation: an apple and an orange.
    UNSEEN = 12
    # One fruit each.
    SINGLE = [1, 3, 6, 7, 8, 9]

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "evaluation-images"
        labels = json.loads((self.folder / "eval-labels.json").read_text())
        self.tags = [category["name"] for category in labels["categories"]]
        self.images, self.annotations = labels["images"], labels["annotations"]

    def photo(self, number):
        image = self.images[number - 1]
        objects = [
            (self.tags[item["category_id"] - 1], tuple(item["bbox"]))
            for item in self.annotations if item["image_id"] == image["id"]
        ]
        size = (image["width"], image["height"])
        data = (self.folder / image["file_name"]).read_bytes()
        return Photo(image["file_name"], data, size, objects, least_overlap=0.7, least_confidence=0.5)

    def photos(self, numbers):
        return [self.photo(number) for number in numbers]
