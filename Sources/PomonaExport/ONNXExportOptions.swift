/// How a model is written as ONNX.
public struct ONNXExportOptions: Codable, Hashable, Sendable {
    public var precision: ONNXPrecision
    public var batch: ONNXBatch
    /// Where given, a detector answers with the detections that remain after non-maximum suppression instead of with
    /// every position's box and scores.
    public var suppression: ONNXSuppression?

    public init(
        precision: ONNXPrecision = .single, batch: ONNXBatch = .dynamic, suppression: ONNXSuppression? = nil
    ) {
        self.precision = precision
        self.batch = batch
        self.suppression = suppression
    }
}

/// What a network's weights are and what it computes with. Inputs and outputs are single precision in either case, and
/// so is the decoding of boxes, whose coordinates half precision would round to a quarter of a pixel.
public enum ONNXPrecision: String, Codable, Sendable, CaseIterable {
    case single = "fp32"
    /// Half the size; faster on processors that compute with it, slower on those that do not.
    case half = "fp16"
}

/// How many photos go in at once.
public enum ONNXBatch: Codable, Hashable, Sendable {
    /// Any number, up to the caller.
    case dynamic
    /// Always this many, at least 1. Some runtimes are faster when they know.
    case fixed(Int)
}

/// Which of overlapping detections a network leaves out.
public struct ONNXSuppression: Codable, Hashable, Sendable {
    /// Intersection over union above which the less confident of two boxes of one label goes, 0...1.
    public var overlap: Double
    /// Least confidence, 0...1.
    public var threshold: Double
    /// Detections kept of each label on each photo, at least 1.
    public var limitPerLabel: Int

    public init(overlap: Double = 0.65, threshold: Double = 0.25, limitPerLabel: Int = 100) {
        self.overlap = overlap
        self.threshold = threshold
        self.limitPerLabel = limitPerLabel
    }
}
