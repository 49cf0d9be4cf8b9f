"""Divides a labelled set into folds: each photo is judged once by a model that has not seen it."""

import json
import pathlib
import random


def folds(root, count, folder):
    """Merges train and eval of a set below root; returns (training file, evaluation file, photos) of each fold."""
    photos = folder / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    merged = {"images": [], "annotations": [], "categories": []}
    for part in ["train", "eval"]:
        labels = json.loads((root / f"{part}.json").read_text())
        merged["categories"] = labels["categories"]
        renumbered = {}
        for image in labels["images"]:
            renumbered[image["id"]] = len(merged["images"]) + 1
            name = pathlib.Path(image["file_name"]).name
            link = photos / f"{part}-{name}"
            link.unlink(missing_ok=True)
            link.symlink_to((root / part / name).resolve())
            merged["images"].append(dict(image, id=renumbered[image["id"]], file_name=link.name))
        for annotation in labels["annotations"]:
            merged["annotations"].append(
                dict(annotation, id=len(merged["annotations"]) + 1, image_id=renumbered[annotation["image_id"]]))
    of = deal(merged, count)
    answer = []
    for number in range(count):
        files = []
        for name, is_wanted in [("train", lambda fold: fold != number), ("eval", lambda fold: fold == number)]:
            chosen = {image["id"] for image in merged["images"] if is_wanted(of[image["id"]])}
            file = folder / f"{name}-{number}.json"
            file.write_text(json.dumps({
                "categories": merged["categories"],
                "images": [image for image in merged["images"] if image["id"] in chosen],
                "annotations": [item for item in merged["annotations"] if item["image_id"] in chosen],
            }))
            files.append(file)
        answer.append((*files, photos))
    return answer


def deal(labels, count):
    """Deals photos out so that every fold has some of each tag, always in the same way."""
    first = {}
    for annotation in labels["annotations"]:
        first.setdefault(annotation["image_id"], annotation["category_id"])
    order = list(labels["images"])
    random.Random(0).shuffle(order)
    dealt, of = {}, {}
    for image in order:
        tag = first.get(image["id"])
        of[image["id"]] = dealt.get(tag, 0) % count
        dealt[tag] = dealt.get(tag, 0) + 1
    return of
