"""Writes simota.json: which points answer for which objects, by a plain float64 reading of the YOLOX paper's SimOTA.

Needs numpy alone:  python make_simota.py > simota.json

The outputs of the network are made so that predictions lie near the objects, as in a network half trained: that is where
objects want the same points. Cases in which two costs lie closer than float32 can tell are drawn again.
"""

import json

import numpy as np

RADIUS, OVERLAP_WEIGHT, TOP = 1.5, 3.0, 10


def anchor_points(width, height):
    points = []
    for stride in (8, 16, 32):
        for y in range(height // stride):
            for x in range(width // stride):
                points.append((x, y, stride))
    return np.array(points, dtype=np.float64)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def overlap(box, boxes):
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    return shared / (np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - shared)


def assign(outputs, points, objects):
    """Returns (matches, gap): point, object and overlap of each match, and the least distance of two compared costs."""
    stride = points[:, 2]
    centres = (points[:, :2] + 0.5) * stride[:, None]
    middle = (outputs[:, :2] + points[:, :2]) * stride[:, None]
    extent = np.exp(outputs[:, 2:4]) * stride[:, None]
    boxes = np.concatenate([middle - extent / 2, middle + extent / 2], axis=1)
    scores = np.sqrt(sigmoid(outputs[:, 5:]) * sigmoid(outputs[:, 4:5]))

    near = np.stack([
        np.all(np.abs(centres - (o[1:3] + o[3:5]) / 2) < RADIUS * stride[:, None], axis=1) for o in objects])
    pool = np.flatnonzero(near.any(axis=0))
    costs, overlaps = [], []
    for index, o in enumerate(objects):
        shares = overlap(o[1:], boxes[pool])
        wanted = np.zeros(scores.shape[1])
        wanted[int(o[0])] = 1
        entropy = -(wanted * np.log(scores[pool]) + (1 - wanted) * np.log(1 - scores[pool])).sum(axis=1)
        costs.append(entropy - OVERLAP_WEIGHT * np.log(shares + 1e-8) + 1e6 * ~near[index, pool])
        overlaps.append(shares)
    costs, overlaps = np.array(costs), np.array(overlaps)

    taken = np.zeros_like(costs, dtype=bool)
    gap = np.inf
    for cost, shares, own in zip(costs, overlaps, taken):
        total = np.sort(shares)[::-1][:TOP].sum()
        gap = min(gap, abs(total - round(total)))
        count = min(max(1, int(total)), len(pool))
        order = np.argsort(cost, kind="stable")
        own[order[:count]] = True
        if count < len(order):
            gap = min(gap, cost[order[count]] - cost[order[count - 1]])
    matches = []
    for column, point in enumerate(pool):
        claims = np.flatnonzero(taken[:, column])
        if len(claims) == 0:
            continue
        chosen = claims[0]
        if len(claims) > 1:
            ranked = np.sort(costs[:, column])
            gap = min(gap, ranked[1] - ranked[0])
            chosen = np.argmin(costs[:, column])
        matches.append([int(point), int(chosen), round(float(overlaps[chosen, column]), 6)])
    return matches, gap


def case(generator, width, height, classes, count, crowd):
    points = anchor_points(width, height)
    sides = generator.uniform(12, 60, (count, 2))
    spread = np.array([width, height]) * (0.25 if crowd else 1)
    middles = np.array([width, height]) * (0.4 if crowd else 0) + generator.uniform(0, 1, (count, 2)) * spread
    objects = np.concatenate(
        [generator.integers(0, classes, (count, 1)), middles - sides / 2, middles + sides / 2], axis=1)
    outputs = np.empty((len(points), 5 + classes))
    for row, (x, y, stride) in enumerate(points):
        nearest = objects[np.argmin(np.linalg.norm(middles - (np.array([x, y]) + 0.5) * stride, axis=1))]
        target = (nearest[1:3] + nearest[3:5]) / 2 / stride - (x, y)
        size = np.log((nearest[3:5] - nearest[1:3]) / stride)
        outputs[row, :2] = np.clip(target, -1.5, 2.5) + generator.normal(0, 0.3, 2)
        outputs[row, 2:4] = size + generator.normal(0, 0.4, 2)
    outputs[:, 4:] = generator.normal(-1, 2, (len(points), 1 + classes))
    outputs, objects = np.round(outputs, 3), np.round(objects, 2)
    matches, gap = assign(outputs, points, objects)
    if gap < 1e-3:
        return case(generator, width, height, classes, count, crowd)
    return {
        "width": width, "height": height, "classes": classes, "outputs": outputs.ravel().tolist(),
        "objects": objects.tolist(), "matches": matches,
    }


def main():
    generator = np.random.default_rng(12)
    cases = [case(generator, 64, 64, 3, 1, False), case(generator, 96, 64, 2, 3, False)]
    cases += [case(generator, 96, 96, 3, count, True) for count in (2, 4, 6, 8)]
    print(json.dumps(cases, separators=(",", ":")))


main()
