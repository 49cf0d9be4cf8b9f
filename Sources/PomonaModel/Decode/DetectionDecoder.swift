import Foundation
public import PomonaCore

/// Turns a detector's raw output for one photo into detections.
public struct DetectionDecoder: Sendable {
    /// Overlap above which the less confident of two boxes of one tag is dropped.
    public var suppressionOverlap = 0.65
    /// Detections kept per photo.
    public var limit = 300
    /// Which tags one point may be reported as.
    public var tags = TagsPerPoint.best

    public let anchors: AnchorPoints
    public let classCount: Int

    public init(input: ImageSize, classCount: Int) {
        anchors = AnchorPoints(input: input)
        self.classCount = classCount
    }

    /// Which of a point's tags become detections.
    public enum TagsPerPoint: Sendable {
        /// The likeliest alone: what a person wants drawn.
        case best
        /// Each that reaches the threshold: average precision ranks every tag's detections by themselves, and a box that is
        /// 0.4 cat and 0.5 dog says something about both.
        case every
    }

    /// - Parameters:
    ///   - output: `[P, 5 + C]`: raw box, objectness logit, class logits per anchor point.
    ///   - letterbox: Where the photo stood in the input.
    ///   - threshold: Least confidence, objectness times class score.
    /// - Returns: Most confident first, boxes in pixels of the photo; at most `limit`.
    public func detections(
        _ output: UnsafeBufferPointer<Float>, letterbox: Letterbox, threshold: Double
    ) -> [Detection] {
        let columns = 5 + classCount
        precondition(output.count == anchors.count * columns, "the output has not the shape [P, 5 + C]")
        // Both factors are at most 1, so a point whose objectness is too low needs no further look.
        let least = Float(max(threshold, 1e-6))
        var candidates: [Detection] = []
        for point in 0..<anchors.count {
            let row = UnsafeBufferPointer(rebasing: output[point * columns..<(point + 1) * columns])
            let objectness = Self.sigmoid(row[4])
            guard objectness >= least else { continue }
            var best = 5
            for column in 5..<columns where row[column] > row[best] { best = column }
            guard objectness * Self.sigmoid(row[best]) >= least else { continue }
            let box = letterbox.boxToPhoto(box(row, point))
            guard box.area > 0 else { continue }
            for column in tags == .best ? best..<best + 1 : 5..<columns {
                let confidence = objectness * Self.sigmoid(row[column])
                guard confidence >= least else { continue }
                candidates.append(Detection(label: column - 5, confidence: Double(confidence), box: box))
            }
        }
        return NonMaximumSuppression(overlap: suppressionOverlap, limit: limit)(candidates)
    }

    /// The box in input pixels.
    private func box(_ row: UnsafeBufferPointer<Float>, _ point: Int) -> Box {
        let stride = anchors.stride[point]
        let (x, y) = ((row[0] + anchors.gridX[point]) * stride, (row[1] + anchors.gridY[point]) * stride)
        // Sizes beyond any photo would overflow to infinity and take part in comparisons as such.
        let (width, height) = (exp(min(row[2], 12)) * stride, exp(min(row[3], 12)) * stride)
        return Box(
            xMin: Double(x - width / 2), yMin: Double(y - height / 2), xMax: Double(x + width / 2),
            yMax: Double(y + height / 2))
    }

    private static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
}
