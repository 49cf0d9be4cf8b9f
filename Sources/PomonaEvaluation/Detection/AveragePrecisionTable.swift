/// Average precision of every tag at every IoU threshold, as pycocotools' `COCOeval` computes it for boxes, with area
/// range "all" and 101 recall levels.
public struct AveragePrecisionTable: Equatable, Sendable {
    /// The thresholds in the order they were given.
    public let iouThresholds: [Double]

    /// The objects of each tag that are to be found, crowds left out.
    public let objectCounts: [Int]

    /// `[thresholds][tags]`, 0...1; `nil` for a tag without objects (pycocotools writes -1).
    public let averagePrecision: [[Double?]]

    /// The share of objects found by all detections together: `[thresholds][tags]`, 0...1; `nil` as above.
    public let recall: [[Double?]]

    /// The mean over the tags that have objects, at the threshold of that index; `nil` where no tag has any.
    public func mean(at threshold: Int) -> Double? { Self.mean(averagePrecision[threshold]) }

    /// The mean over tags and thresholds, for the thresholds of those indices.
    public func mean(over thresholds: Range<Int>) -> Double? {
        Self.mean(averagePrecision[thresholds].flatMap { $0 })
    }

    /// The mean of one tag over thresholds.
    public func mean(tag: Int, over thresholds: Range<Int>) -> Double? {
        Self.mean(averagePrecision[thresholds].map { $0[tag] })
    }

    static func mean(_ values: [Double?]) -> Double? {
        let known = values.compactMap { $0 }
        return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
}
