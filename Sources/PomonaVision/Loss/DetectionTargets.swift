import PomonaModel
import PomonaTensor

/// What a batch of raw outputs should have been, as SimOTA decides it from the outputs themselves.
///
/// Assignment happens on the host on plain numbers: it is a search, not arithmetic, and needs no gradients.
struct DetectionTargets {
    /// Rows of `[N * P, 5 + C]` that are responsible for an object: `[F]`.
    var rows: [Int64] = []
    /// Objectness each position should answer with: `[N * P]`, 1 at the responsible ones.
    var objectness: [Float]
    /// Class scores of the responsible rows: `[F, C]`, the overlap with the object at its label.
    var classes: [Float] = []
    /// Boxes of the objects as centre and size in input pixels: `[F, 4]`.
    var boxesCXCYWH: [Float] = []
    /// Position of the responsible anchor points in strides: `[F, 2]`.
    var gridXY: [Float] = []
    /// Their strides: `[F, 1]`.
    var strides: [Float] = []

    /// - Parameters:
    ///   - outputs: `[N, P, 5 + C]` in row-major order, as the detector answered.
    ///   - objects: What is in each photo, in input pixels.
    init(
        outputs: [Float], objects: [[TargetBox]], anchors: AnchorPoints, classCount: Int,
        assigner: SimOTAAssigner = SimOTAAssigner()
    ) {
        let (pointCount, columns) = (anchors.count, 5 + classCount)
        objectness = [Float](repeating: 0, count: objects.count * pointCount)
        for (photo, boxes) in objects.enumerated() where !boxes.isEmpty {
            let first = photo * pointCount
            let matches = outputs.withUnsafeBufferPointer { all in
                assigner.assign(
                    outputs: UnsafeBufferPointer(rebasing: all[first * columns..<(first + pointCount) * columns]),
                    classCount: classCount, anchors: anchors, objects: boxes)
            }
            for match in matches {
                append(
                    match, object: boxes[match.object], row: first + match.point, anchors: anchors,
                    classCount: classCount)
            }
        }
    }

    private mutating func append(
        _ match: SimOTAAssigner.Match, object: TargetBox, row: Int, anchors: AnchorPoints, classCount: Int
    ) {
        rows.append(Int64(row))
        objectness[row] = 1
        for label in 0..<classCount { classes.append(label == object.label ? match.overlap : 0) }
        boxesCXCYWH += [
            (object.xMin + object.xMax) / 2, (object.yMin + object.yMax) / 2,
            object.xMax - object.xMin, object.yMax - object.yMin,
        ]
        gridXY += [anchors.gridX[match.point], anchors.gridY[match.point]]
        strides.append(anchors.stride[match.point])
    }
}
