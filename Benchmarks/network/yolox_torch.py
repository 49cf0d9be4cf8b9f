"""The peer of the network benchmarks: the nano size of the YOLOX family in PyTorch, under the published names.

Written from the paper (arXiv 2107.08430) and the names of the published state dict, for comparison only: network,
SimOTA, losses and one step with AdamW, clipping and averaged weights, as pomona-engine takes it.
"""

import torch
from torch import nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)


class Norm(nn.Sequential):
    """Convolution without bias, batch normalisation, SiLU; `conv` and `bn` by name."""

    def __init__(self, inputs, outputs, kernel, stride=1, groups=1):
        super().__init__()
        self.add_module("conv", nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False))
        self.add_module("bn", nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03))
        self.add_module("act", nn.SiLU(inplace=True))


class Depthwise(nn.Sequential):
    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        self.add_module("dconv", Norm(inputs, inputs, kernel, stride, groups=inputs))
        self.add_module("pconv", Norm(inputs, outputs, 1))


class Bottleneck(nn.Module):
    def __init__(self, channels, adds):
        super().__init__()
        self.conv1, self.conv2, self.adds = Norm(channels, channels, 1), Depthwise(channels, channels, 3), adds

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        return x + y if self.adds else y


class CSP(nn.Module):
    def __init__(self, inputs, outputs, count, adds=True):
        super().__init__()
        hidden = outputs // 2
        self.conv1, self.conv2, self.conv3 = Norm(inputs, hidden, 1), Norm(inputs, hidden, 1), Norm(outputs, outputs, 1)
        self.m = nn.Sequential(*[Bottleneck(hidden, adds) for _ in range(count)])

    def forward(self, x):
        return self.conv3(torch.cat([self.m(self.conv1(x)), self.conv2(x)], 1))


class Pooling(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1, self.conv2 = Norm(channels, channels // 2, 1), Norm(channels * 2, channels, 1)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv2(torch.cat([x] + [F.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13)], 1))


class Stem(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv = Norm(12, outputs, 3)

    def forward(self, x):
        parts = [x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]]
        return self.conv(torch.cat(parts, 1))


class Backbone(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.stem = Stem(c)
        self.dark2 = nn.Sequential(Depthwise(c, 2 * c, 3, 2), CSP(2 * c, 2 * c, 1))
        self.dark3 = nn.Sequential(Depthwise(2 * c, 4 * c, 3, 2), CSP(4 * c, 4 * c, 3))
        self.dark4 = nn.Sequential(Depthwise(4 * c, 8 * c, 3, 2), CSP(8 * c, 8 * c, 3))
        self.dark5 = nn.Sequential(
            Depthwise(8 * c, 16 * c, 3, 2), Pooling(16 * c), CSP(16 * c, 16 * c, 1, adds=False))

    def forward(self, x):
        fine = self.dark3(self.dark2(self.stem(x)))
        middle = self.dark4(fine)
        return fine, middle, self.dark5(middle)


class Neck(nn.Module):
    def __init__(self, c=64):
        super().__init__()
        self.backbone = Backbone()
        self.lateral_conv0, self.C3_p4 = Norm(4 * c, 2 * c, 1), CSP(4 * c, 2 * c, 1, adds=False)
        self.reduce_conv1, self.C3_p3 = Norm(2 * c, c, 1), CSP(2 * c, c, 1, adds=False)
        self.bu_conv2, self.C3_n3 = Depthwise(c, c, 3, 2), CSP(2 * c, 2 * c, 1, adds=False)
        self.bu_conv1, self.C3_n4 = Depthwise(2 * c, 2 * c, 3, 2), CSP(4 * c, 4 * c, 1, adds=False)
        self.is_frozen = False

    def forward(self, x):
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.is_frozen):
            fine, middle, coarse = self.backbone(x)
        top = self.lateral_conv0(coarse)
        half = self.reduce_conv1(self.C3_p4(torch.cat([F.interpolate(top, scale_factor=2), middle], 1)))
        low = self.C3_p3(torch.cat([F.interpolate(half, scale_factor=2), fine], 1))
        mid = self.C3_n3(torch.cat([self.bu_conv2(low), half], 1))
        return low, mid, self.C3_n4(torch.cat([self.bu_conv1(mid), top], 1))


class Head(nn.Module):
    def __init__(self, classes, c=64):
        super().__init__()
        self.stems = nn.ModuleList(Norm(n * c, c, 1) for n in (1, 2, 4))
        for name in ("cls_convs", "reg_convs"):
            pairs = [nn.Sequential(Depthwise(c, c, 3), Depthwise(c, c, 3)) for _ in STRIDES]
            setattr(self, name, nn.ModuleList(pairs))
        self.cls_preds = nn.ModuleList(nn.Conv2d(c, classes, 1) for _ in STRIDES)
        self.reg_preds = nn.ModuleList(nn.Conv2d(c, 4, 1) for _ in STRIDES)
        self.obj_preds = nn.ModuleList(nn.Conv2d(c, 1, 1) for _ in STRIDES)

    def forward(self, levels):
        outputs = []
        for i, x in enumerate(levels):
            x = self.stems[i](x)
            box, what = self.reg_convs[i](x), self.cls_convs[i](x)
            joined = torch.cat([self.reg_preds[i](box), self.obj_preds[i](box), self.cls_preds[i](what)], 1)
            outputs.append(joined.flatten(2))
        return torch.cat(outputs, 2).transpose(1, 2)


class Nano(nn.Module):
    def __init__(self, classes=80):
        super().__init__()
        self.backbone, self.head = Neck(), Head(classes)

    def forward(self, x):
        return self.head(self.backbone(x))


def grid(side):
    """Grid positions `[P, 2]` and strides `[P, 1]` of a square input."""
    places, strides = [], []
    for stride in STRIDES:
        n = side // stride
        y, x = torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij")
        places.append(torch.stack([x, y], 2).reshape(-1, 2).float())
        strides.append(torch.full((n * n, 1), float(stride)))
    return torch.cat(places), torch.cat(strides)


def overlap(a, b):
    """Pairwise IoU of centre-size boxes `[M, 4]`, `[K, 4]`."""
    low = torch.maximum((a[:, :2] - a[:, 2:] / 2)[:, None], (b[:, :2] - b[:, 2:] / 2)[None])
    high = torch.minimum((a[:, :2] + a[:, 2:] / 2)[:, None], (b[:, :2] + b[:, 2:] / 2)[None])
    shared = (high - low).clamp(min=0).prod(2)
    return shared / (a[:, 2:].prod(1)[:, None] + b[:, 2:].prod(1)[None] - shared + 1e-16)


@torch.no_grad()
def assign(output, labels, boxes, places, strides):
    """SimOTA for one photo: responsible points, their objects and overlaps."""
    decoded = torch.cat([(output[:, :2] + places) * strides, output[:, 2:4].exp() * strides], 1)
    centres = (places + 0.5) * strides
    offsets = (centres[None] - boxes[:, None, :2]).abs()
    inside = (offsets < boxes[:, None, 2:] / 2).all(2)
    near = (offsets < 1.5 * strides[None]).all(2)
    points = torch.nonzero((inside | near).any(0)).flatten()
    ious = overlap(boxes, decoded[points])
    scores = (output[points, 5:].sigmoid() * output[points, 4:5].sigmoid()).sqrt()
    wanted = F.one_hot(labels, scores.shape[1]).float()
    expanded = scores[None].expand(len(boxes), -1, -1)
    kinds = F.binary_cross_entropy(expanded, wanted[:, None].expand_as(expanded), reduction="none").sum(2)
    cost = kinds - 3 * torch.log(ious + 1e-8) + 1e6 * ~(inside & near)[:, points]
    counts = ious.topk(min(10, len(points)), dim=1).values.sum(1).int().clamp(min=1)
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    for row, count in enumerate(counts.tolist()):
        chosen[row, cost[row].topk(count, largest=False).indices] = True
    several = chosen.sum(0) > 1
    if several.any():
        cheapest = cost[:, several].argmin(0)
        chosen[:, several] = False
        chosen[cheapest, torch.nonzero(several).flatten()] = True
    objects, columns = torch.nonzero(chosen, as_tuple=True)
    return points[columns], objects, ious[objects, columns]


def loss(outputs, targets, places, strides):
    batch, count, width = outputs.shape
    flat = outputs.reshape(-1, width)
    rows, classes, wanted, steps, spots = [], [], [], [], []
    for index, (labels, boxes) in enumerate(targets):
        points, objects, ious = assign(outputs[index].detach(), labels, boxes, places, strides)
        rows.append(points + index * count)
        classes.append(F.one_hot(labels[objects], width - 5) * ious[:, None])
        wanted.append(boxes[objects])
        steps.append(strides[points])
        spots.append(places[points])
    rows, classes, wanted = torch.cat(rows), torch.cat(classes), torch.cat(wanted)
    steps, spots = torch.cat(steps), torch.cat(spots)
    present = torch.zeros(len(flat), 1)
    present[rows] = 1
    answers = flat[rows]
    box = torch.cat([(answers[:, :2] + spots) * steps, answers[:, 2:4].exp() * steps], 1)
    low = torch.maximum(box[:, :2] - box[:, 2:] / 2, wanted[:, :2] - wanted[:, 2:] / 2)
    high = torch.minimum(box[:, :2] + box[:, 2:] / 2, wanted[:, :2] + wanted[:, 2:] / 2)
    shared = (high - low).clamp(min=0).prod(1)
    iou = shared / (box[:, 2:].prod(1) + wanted[:, 2:].prod(1) - shared + 1e-16)
    parts = (
        5 * (1 - iou**2).sum()
        + F.binary_cross_entropy_with_logits(flat[:, 4:5], present, reduction="sum")
        + F.binary_cross_entropy_with_logits(answers[:, 5:], classes, reduction="sum"))
    return parts / max(1, len(rows))


class Training:
    """One network in training; batch normalisation in evaluation mode, as fine-tuning a folded foundation needs."""

    def __init__(self, network, frozen):
        self.network = network.eval()
        self.network.backbone.is_frozen = frozen
        if frozen:
            self.network.backbone.backbone.requires_grad_(False)
        trainable = [p for p in network.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in trainable if p.ndim > 1], "weight_decay": 0.05},
            {"params": [p for p in trainable if p.ndim <= 1], "weight_decay": 0}]
        self.optimizer = torch.optim.AdamW(groups, lr=1e-6)
        self.trainable = trainable
        self.average = [p.detach().clone() for p in trainable]

    def step(self, images, targets, places, strides):
        value = loss(self.network(images), targets, places, strides)
        self.optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.trainable, 10)
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, [p.detach() for p in self.trainable], 0.002)
        return float(value)


def fold(network):
    """Folds every batch normalisation into its convolution."""
    for module in network.modules():
        if isinstance(module, Norm) and isinstance(module.bn, nn.BatchNorm2d):
            module.conv = torch.nn.utils.fuse_conv_bn_eval(module.conv.eval(), module.bn.eval())
            module.bn = nn.Identity()
    return network
