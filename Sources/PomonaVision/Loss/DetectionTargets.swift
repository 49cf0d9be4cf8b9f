import Dispatch
import PomonaModel
import Synchronization

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
    ///   - objects: What is in each of the N photos, in input pixels.
    ///   - answers: Given rows of `[N * P, 5 + C]`, what the network says there: `[K, 5 + C]` in row-major order.
    init(
        objects: [[TargetBox]], anchors: AnchorPoints, classCount: Int,
        assigner: SimOTAAssigner = SimOTAAssigner(), answers: ([Int64]) throws -> [Float]
    ) rethrows {
        let (pointCount, columns) = (anchors.count, 5 + classCount)
        objectness = [Float](repeating: 0, count: objects.count * pointCount)
        let candidates = objects.map { assigner.candidates(among: anchors, for: $0) }
        let asked = candidates.enumerated().flatMap { photo, points in
            points.map { Int64(photo * pointCount + $0) }
        }
        guard !asked.isEmpty else { return }
        let told = try answers(asked)
        let starts = candidates.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        // Photos do not know of each other, and with many classes each takes milliseconds.
        let matches = Mutex([[SimOTAAssigner.Match]](repeating: [], count: objects.count))
        told.withUnsafeBufferPointer { told in
            // Only read.
            nonisolated(unsafe) let told = told
            DispatchQueue.concurrentPerform(iterations: objects.count) { photo in
                let rows = starts[photo] * columns..<starts[photo + 1] * columns
                let found = assigner.assign(
                    answers: UnsafeBufferPointer(rebasing: told[rows]), of: candidates[photo], classCount: classCount,
                    anchors: anchors, objects: objects[photo])
                matches.withLock { $0[photo] = found }
            }
        }
        for (photo, matches) in matches.withLock(\.self).enumerated() {
            for match in matches {
                append(
                    match, object: objects[photo][match.object], row: photo * pointCount + match.point,
                    anchors: anchors, classCount: classCount)
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
