import PomonaModel

extension ExportReadme {
    /// A program that prints what is on a photo.
    var python: String {
        [pythonInput, pythonAnswer].joined(separator: "\n\n")
    }

    /// Opens the network and fills its input.
    private var pythonInput: String {
        #"""
        import json
        import sys

        import numpy
        import onnxruntime
        from PIL import Image, ImageOps

        session = onnxruntime.InferenceSession("\#(network)", providers=["CPUExecutionProvider"])
        metadata = session.get_modelmeta().custom_metadata_map
        labels, form = json.loads(metadata["labels"]), json.loads(metadata["input"])
        width, height = form["size"]["width"], form["size"]["height"]

        photo = ImageOps.exif_transpose(Image.open(sys.argv[1])).convert("RGB")
        scale = min(width / photo.width, height / photo.height)
        small = photo.resize((max(1, int(photo.width * scale)), max(1, int(photo.height * scale))), Image.BICUBIC)
        left, top = 0, 0
        if form["placement"] == "centre":
            left, top = (width - small.width) // 2, (height - small.height) // 2
        canvas = numpy.full((height, width, 3), form["fill"], numpy.uint8)
        canvas[top:top + small.height, left:left + small.width] = small
        if form["channelOrder"] == "bgr":
            canvas = canvas[:, :, ::-1]
        images = numpy.ascontiguousarray(canvas.transpose(2, 0, 1)[None], numpy.float32)
        images *= numpy.float32(form["white"] / 255)
        """# + repeatedInput
    }

    /// A network for several photos at once gets the one as often as it wants.
    private var repeatedInput: String {
        guard case .fixed(let count) = options.batch, count > 1 else { return "" }
        return "\nimages = numpy.repeat(images, \(count), 0)"
    }

    private var pythonAnswer: String {
        switch (description.kind, options.suppression) {
        case (.classifier, _): Self.pythonClassifier
        case (.detector, nil): Self.pythonDetector
        case (.detector, .some): Self.pythonSuppressed
        }
    }

    private static let pythonClassifier = #"""
        scores, = session.run(["scores"], {"images": images})
        for label in numpy.argsort(-scores[0]):
            print(f"{labels[label]} {scores[0][label]:.4f}")
        """#

    private static let pythonDetector = #"""
        boxes, scores = session.run(["boxes", "scores"], {"images": images})
        boxes, scores = boxes[0], scores[0]
        best = scores.argmax(1)
        confidence = scores[numpy.arange(len(best)), best]


        def overlap(a, b):
            width = min(a[2], b[2]) - max(a[0], b[0])
            height = min(a[3], b[3]) - max(a[1], b[1])
            shared = max(width, 0) * max(height, 0)
            return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


        kept = []
        for index in numpy.argsort(-confidence):
            if confidence[index] < 0.3:
                break
            if all(best[index] != best[other] or overlap(boxes[index], boxes[other]) <= 0.65 for other in kept):
                kept.append(index)
        for index in kept:
            x1, y1, x2, y2 = (boxes[index] - [left, top, left, top]) / scale
            print(f"{labels[best[index]]} {confidence[index]:.4f} {x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}")
        """#

    private static let pythonSuppressed = #"""
        names = ["detection_boxes", "detection_scores", "detection_labels", "detection_photos"]
        boxes, scores, indices, photos = session.run(names, {"images": images})
        for index in numpy.argsort(-scores):
            if photos[index] == 0:
                x1, y1, x2, y2 = (boxes[index] - [left, top, left, top]) / scale
                print(f"{labels[indices[index]]} {scores[index]:.4f} {x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}")
        """#
}
