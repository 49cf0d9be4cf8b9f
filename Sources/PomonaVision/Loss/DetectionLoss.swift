public import PomonaModel
public import PomonaTensor

/// The training loss of the family (Ge et al., arXiv 2107.08430, section 2): overlap of boxes, objectness and classes,
/// each summed over the batch and divided by the number of responsible positions.
public struct DetectionLoss {
    /// Weight of the box term, as published.
    private static let boxWeight = 5.0

    public let classCount: Int
    /// Whether the distance of raw boxes is added, which the published schedule does once mosaics are over.
    public var usesDistance = false

    public init(classCount: Int) {
        self.classCount = classCount
    }

    /// A loss and what it consists of.
    public struct Value {
        /// Scalar to go backward from.
        public let total: Tensor
        /// Its parts by name: `box`, `objectness`, `class` and, where used, `distance`.
        public let parts: [String: Tensor]
        /// Positions that were responsible for an object.
        public let responsibleCount: Int
    }

    /// - Parameters:
    ///   - outputs: `[N, P, 5 + C]` as the detector answers.
    ///   - objects: The objects of each of the N photos, in input pixels.
    ///   - anchors: The P anchor points of the input's size.
    public func callAsFunction(_ outputs: Tensor, objects: [[TargetBox]], anchors: AnchorPoints) throws -> Value {
        let device = outputs.device
        let flat = try outputs.reshaped(-1, 5 + classCount)  // [N * P, 5 + C]
        let targets = try DetectionTargets(objects: objects, anchors: anchors, classCount: classCount) { rows in
            try Gradients.disabled {
                try flat.selecting(.from(rows, shape: [rows.count], device: device), along: 0).values()
            }
        }
        let divisor = Double(max(1, targets.rows.count))
        let wanted = try Tensor.from(targets.objectness, shape: [targets.objectness.count, 1], device: device)
        let objectness = try flat.slice(1, 4..<5).binaryCrossEntropySum(targets: wanted) / divisor

        guard !targets.rows.isEmpty else {
            return Value(total: objectness, parts: ["objectness": objectness], responsibleCount: 0)
        }
        let count = targets.rows.count
        let rows = try Tensor.from(targets.rows, shape: [count], device: device)
        let answers = try flat.selecting(rows, along: 0)  // [F, 5 + C]
        let classTargets = try Tensor.from(targets.classes, shape: [count, classCount], device: device)
        let classes = try answers.slice(1, 5..<5 + classCount).binaryCrossEntropySum(targets: classTargets) / divisor
        let geometry = try Geometry(targets, count: count, device: device)
        let box = try geometry.overlapLoss(answers).sum() * (Self.boxWeight / divisor)
        var parts = ["box": box, "objectness": objectness, "class": classes]
        var total = try box + objectness + classes
        if usesDistance {
            let distance = try geometry.distanceLoss(answers).sum() / divisor
            parts["distance"] = distance
            total = try total + distance
        }
        return Value(total: total, parts: parts, responsibleCount: count)
    }
}

/// The box terms for the responsible rows.
private struct Geometry {
    let boxes: Tensor  // [F, 4] centre and size
    let grid: Tensor  // [F, 2]
    let strides: Tensor  // [F, 1]

    init(_ targets: DetectionTargets, count: Int, device: Device) throws {
        boxes = try .from(targets.boxesCXCYWH, shape: [count, 4], device: device)
        grid = try .from(targets.gridXY, shape: [count, 2], device: device)
        strides = try .from(targets.strides, shape: [count, 1], device: device)
    }

    /// 1 - IoU² per row: `[F]`.
    func overlapLoss(_ answers: Tensor) throws -> Tensor {
        let centre = try (answers.slice(1, 0..<2) + grid) * strides
        let size = try answers.slice(1, 2..<4).exp() * strides
        let (wantedCentre, wantedSize) = try (boxes.slice(1, 0..<2), boxes.slice(1, 2..<4))
        let low = try Tensor.maximum(centre - size * 0.5, wantedCentre - wantedSize * 0.5)
        let high = try Tensor.minimum(centre + size * 0.5, wantedCentre + wantedSize * 0.5)
        let shared = try area((high - low).relu())
        let union = try area(size) + area(wantedSize) - shared
        let overlap = try shared / (union + 1e-16)
        return try 1 - overlap.squared()
    }

    /// Distance between raw answers and what they should be: `[F, 4]`.
    func distanceLoss(_ answers: Tensor) throws -> Tensor {
        let centre = try boxes.slice(1, 0..<2) / strides - grid
        let size = try (boxes.slice(1, 2..<4) / strides + 1e-8).log()
        return try (answers.slice(1, 0..<4) - Tensor.concatenated([centre, size], along: 1)).magnitude()
    }

    private func area(_ size: Tensor) throws -> Tensor {
        try size.slice(1, 0..<1) * size.slice(1, 1..<2)  // [F, 1]
    }
}
