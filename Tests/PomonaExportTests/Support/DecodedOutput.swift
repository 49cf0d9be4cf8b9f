import Foundation
import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// What a detector answers through libtorch, decoded by the formulas of the YOLOX paper.
struct DecodedOutput {
    /// `[N, P, 4]` corners in input pixels.
    var boxes: [Double] = []
    /// `[N, P, C]`
    var scores: [Double] = []
    let points: Int
    let labels: Int

    init(model: DetectorModel, images: [Float], count: Int) throws {
        let size = model.description.input.size
        let raw: [Float] = try Gradients.disabled {
            try model.detector(.from(images, shape: [count, 3, size.height, size.width])).values()
        }
        let anchors = AnchorPoints(input: size)
        points = anchors.count
        labels = model.description.labels.count
        for row in 0..<count * points {
            let values = raw[row * (5 + labels)..<(row + 1) * (5 + labels)].map(Double.init)
            let point = row % points
            let stride = Double(anchors.stride[point])
            let (x, y) = (
                (values[0] + Double(anchors.gridX[point])) * stride,
                (values[1] + Double(anchors.gridY[point])) * stride
            )
            let (width, height) = (exp(values[2]) * stride, exp(values[3]) * stride)
            boxes += [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
            func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
            scores += values[5...].map { sigmoid($0) * sigmoid(values[4]) }
        }
    }

    /// The largest distance of a box's coordinate, relative to the box's extent where that is larger than a pixel.
    func largestDifference(boxes other: [Float]) -> Double {
        guard other.count == boxes.count else { return .infinity }
        return boxes.indices.map { index in
            let corner = index / 4 * 4
            let extent = max(boxes[corner + 2] - boxes[corner], boxes[corner + 3] - boxes[corner + 1], 1)
            return abs(boxes[index] - Double(other[index])) / extent
        }.max() ?? 0
    }

    func largestDifference(scores other: [Float]) -> Double {
        guard other.count == scores.count else { return .infinity }
        return zip(scores, other).map { abs($0 - Double($1)) }.max() ?? 0
    }

    /// Every position's best label with its box, in input pixels.
    func best(of photo: Int) -> [Detection] {
        (photo * points..<(photo + 1) * points).map { row in
            let own = scores[row * labels..<(row + 1) * labels]
            let label = own.indices.max { own[$0] < own[$1] } ?? own.startIndex
            return Detection(
                label: label - own.startIndex, confidence: scores[label],
                box: Box(
                    xMin: boxes[row * 4], yMin: boxes[row * 4 + 1], xMax: boxes[row * 4 + 2],
                    yMax: boxes[row * 4 + 3]))
        }
    }
}
