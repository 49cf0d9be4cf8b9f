import PomonaCore
import PomonaEvaluation

/// A square of 10 x 10 pixels (or another size) whose left edge is at `x`; at `y` zero.
func square(_ x: Double, side: Double = 10) -> Box {
    Box(xMin: x, yMin: 0, xMax: x + side, yMax: side)
}

func object(_ label: Int, _ box: Box) -> Annotation { Annotation(label: label, box: box) }

func crowd(_ label: Int, _ box: Box) -> Annotation { Annotation(label: label, box: box, isCrowd: true) }

func detection(_ label: Int, _ confidence: Double, _ box: Box) -> Detection {
    Detection(label: label, confidence: confidence, box: box)
}

func photo(_ annotations: [Annotation], _ detections: [Detection]) -> PhotoResult {
    PhotoResult(annotations: annotations, detections: detections)
}

func isClose(_ one: Double?, _ other: Double?, tolerance: Double = 1e-12) -> Bool {
    switch (one, other) {
    case (let one?, let other?): abs(one - other) <= tolerance
    case (nil, nil): true
    default: false
    }
}
