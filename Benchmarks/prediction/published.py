"""Published YOLOX weights as a model file: the same tensors with the description that Pomona's own files carry."""
import json
import struct

# Depth, width and whether convolutions are depthwise, by the channels of the first convolution (4 times as many go in).
SIZES = {16: (0.33, 0.25, True), 24: (0.33, 0.375, False), 32: (0.33, 0.5, False), 48: (0.67, 0.75, False),
         64: (1.0, 1.0, False), 80: (1.33, 1.25, False)}


def write_model(weights, path, side=416):
    """Writes the tensors of a safetensors file and a description to another one."""
    with open(weights, "rb") as file:
        count, = struct.unpack("<Q", file.read(8))
        header, tensors = json.loads(file.read(count)), file.read()
    depth, width, depthwise = SIZES[header["backbone.backbone.stem.conv.conv.weight"]["shape"][0]]
    labels = header["head.cls_preds.0.weight"]["shape"][0]
    header["__metadata__"] = {
        "format": "pomona-model/1",
        "kind": "detector",
        "labels": json.dumps([f"label {index}" for index in range(labels)]),
        "architecture": json.dumps(
            {"activation": "silu", "depth": depth, "isDepthwise": depthwise, "width": width}),
        "input": json.dumps({"channelOrder": "bgr", "fill": 114, "placement": "topLeft", "white": 255,
                             "size": {"width": side, "height": side}}),
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + tensors)
