/// Right and wrong detections of a tag, or of all tags together, at some confidence threshold and IoU 0.5.
public struct MatchCounts: Codable, Equatable, Sendable {
    /// Objects that were found.
    public var truePositives: Int

    /// Detections that found nothing, or something found already.
    public var falsePositives: Int

    /// Objects that were not found.
    public var missed: Int

    public init(truePositives: Int, falsePositives: Int, missed: Int) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.missed = missed
    }

    /// The share of detections that are right, 0...1; `nil` without detections.
    public var precision: Double? { Self.share(truePositives, of: truePositives + falsePositives) }

    /// The share of objects that were found, 0...1; `nil` without objects.
    public var recall: Double? { Self.share(truePositives, of: truePositives + missed) }

    /// The harmonic mean of precision and recall, 0...1; `nil` with neither objects nor detections.
    public var f1: Double? { Self.share(2 * truePositives, of: 2 * truePositives + falsePositives + missed) }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
