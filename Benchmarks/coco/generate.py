#!/usr/bin/env python3
"""Writes a label file with the shape of COCO train2017: as many images, boxes and categories, ids in the same ranges,
and the fields that Pomona does not read (polygons, run lengths of crowds, licences, addresses, dates), so that reading
it costs what reading the published file costs. The same seed gives the same bytes. Needs numpy.

    generate.py FILE [--images 118287] [--boxes 860001] [--seed 0]
"""
import argparse
import json

import numpy as np

CATEGORY_IDS = [i for i in range(1, 91) if i not in (12, 26, 29, 30, 45, 66, 68, 69, 71, 83)]
CROWD_SHARE = 0.0118
LARGEST_IMAGE_ID = 581_929
LARGEST_ANNOTATION_ID = 2_232_119
FIRST_CROWD_ID = 900_100_000_000
# Outlines are drawn once and reused: what they say does not matter, only that they are text to be read past.
OUTLINES = 20_000


def outlines(generator):
    """Polygons of about 25 points (a long tail of larger ones), as JSON."""
    made = []
    for _ in range(OUTLINES):
        points = int(min(4 + generator.exponential(21), 400))
        numbers = np.round(generator.uniform(0, 640, points * 2), 2)
        made.append("[[" + ",".join(map(repr, numbers.tolist())) + "]]")
    return made


def run_lengths(generator, width, height):
    runs, left = [], width * height
    while left > 0 and len(runs) < 600:
        run = int(min(generator.integers(1, 2000), left))
        runs.append(run)
        left -= run
    return '{"counts": %s,"size": [%d,%d]}' % (json.dumps(runs), height, width)


def write(path, image_count, box_count, seed):
    generator = np.random.default_rng(seed)
    image_ids = generator.permutation(np.arange(1, LARGEST_IMAGE_ID + 1))[:image_count]
    sizes = np.where(
        generator.random((image_count, 1)) < 0.7,
        np.stack([np.full(image_count, 640), generator.choice([480, 427, 426, 425], image_count)], 1),
        np.stack([generator.choice([480, 427, 426, 425], image_count), np.full(image_count, 640)], 1))
    # A few photos have no box, as in the published file.
    owners = np.sort(generator.integers(0, image_count - image_count // 116, box_count))
    annotation_ids = generator.permutation(np.arange(1, LARGEST_ANNOTATION_ID + 1))[:box_count]
    categories = generator.choice(CATEGORY_IDS, box_count)
    shares = generator.beta(1, 3, (box_count, 2))
    corners = generator.random((box_count, 2))
    crowds = generator.random(box_count) < CROWD_SHARE
    outline_indices = generator.integers(0, OUTLINES, box_count)
    polygons = outlines(generator)

    with open(path, "w", encoding="utf-8") as file:
        file.write('{"info": {"description": "A generated file with the shape of COCO train2017","year": 2017},')
        licenses = [{"url": f"http://example.invalid/{i}", "id": i, "name": f"Licence {i}"} for i in range(1, 9)]
        file.write('"licenses": %s,\n"images": [' % json.dumps(licenses))
        for i, (image_id, (width, height)) in enumerate(zip(image_ids.tolist(), sizes.tolist())):
            name = f"{image_id:012}.jpg"
            file.write(
                f'{"," if i else ""}{{"license": {i % 8 + 1},"file_name": "{name}",'
                f'"coco_url": "http://images.example.invalid/train2017/{name}",'
                f'"height": {height},"width": {width},"date_captured": "2013-11-{i % 28 + 1:02} {i % 24:02}:36:29",'
                f'"flickr_url": "http://farm{i % 9 + 1}.example.invalid/{image_id % 8191}/{image_id * 7919}_{i:x}_z.jpg",'
                f'"id": {image_id}}}')
        file.write('],\n"annotations": [')
        rows = zip(owners.tolist(), annotation_ids.tolist(), categories.tolist(), shares.tolist(), corners.tolist(),
                   crowds.tolist(), outline_indices.tolist())
        for i, (owner, annotation_id, category, share, corner, is_crowd, outline) in enumerate(rows):
            width, height = sizes[owner].tolist()
            # Boxes of whole hundredths, at least two pixels each way and inside of the photo.
            w, h = round(max(2, share[0] * width), 2), round(max(2, share[1] * height), 2)
            x, y = int(corner[0] * (width - w) * 100) / 100, int(corner[1] * (height - h) * 100) / 100
            segmentation = run_lengths(generator, width, height) if is_crowd else polygons[outline]
            identifier = FIRST_CROWD_ID + annotation_id if is_crowd else annotation_id
            file.write(
                f'{"," if i else ""}{{"segmentation": {segmentation},"area": {round(w * h * 0.6, 4)},'
                f'"iscrowd": {int(is_crowd)},"image_id": {image_ids[owner]},"bbox": [{x},{y},{w},{h}],'
                f'"category_id": {category},"id": {identifier}}}')
        file.write('],\n"categories": ')
        categories = [{"supercategory": f"group {c % 12}", "id": c, "name": f"thing {c}"} for c in CATEGORY_IDS]
        file.write(json.dumps(categories))
        file.write("}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--images", type=int, default=118_287)
    parser.add_argument("--boxes", type=int, default=860_001)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    write(arguments.file, arguments.images, arguments.boxes, arguments.seed)
