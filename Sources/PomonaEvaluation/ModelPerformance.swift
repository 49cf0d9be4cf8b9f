/// The figures of a model as Azure's Image Analysis 4.0 names them in `modelPerformance`, all 0...1. Figures that do
/// not apply are left out of the JSON.
public struct ModelPerformance: Codable, Equatable, Sendable {
    /// One tag's figure.
    public struct TagPerformance: Codable, Equatable, Sendable {
        /// Classification: the share of the tag's photos that were recognized.
        public var accuracy: Double?

        /// Detection: average precision at IoU 0.50.
        public var averagePrecision50: Double?

        public init(accuracy: Double? = nil, averagePrecision50: Double? = nil) {
            self.accuracy = accuracy
            self.averagePrecision50 = averagePrecision50
        }
    }

    /// Classification: the share of photos whose true tag is the most probable one.
    public var accuracyTop1: Double?

    /// Classification: the share of photos whose true tag is among the five most probable ones.
    public var accuracyTop5: Double?

    /// Classification: the mean of the tags' average precision.
    public var averagePrecision: Double?

    /// Classification: the expected calibration error.
    public var calibrationECE: Double?

    /// Detection: mean average precision at IoU 0.30.
    public var meanAveragePrecision30: Double?

    /// Detection: mean average precision at IoU 0.50.
    public var meanAveragePrecision50: Double?

    /// Detection: mean average precision at IoU 0.75.
    public var meanAveragePrecision75: Double?

    /// Detection: mean average precision over IoU 0.50, 0.55, ..., 0.95. Pomona's own addition to Azure's figures.
    public var meanAveragePrecision: Double?

    /// Every tag's figure by the tag's name; a tag without anything to find in the evaluated photos has an empty one.
    public var tagPerformance: [String: TagPerformance]
}

extension ModelPerformance {
    /// The figures of a detector.
    public init(_ metrics: DetectionMetrics) {
        meanAveragePrecision30 = metrics.meanAveragePrecision30
        meanAveragePrecision50 = metrics.meanAveragePrecision50
        meanAveragePrecision75 = metrics.meanAveragePrecision75
        meanAveragePrecision = metrics.meanAveragePrecision
        tagPerformance = Self.byName(metrics.tags.map { ($0.tag, .init(averagePrecision50: $0.averagePrecision50)) })
    }

    /// The figures of a classifier.
    public init(_ metrics: ClassificationMetrics) {
        accuracyTop1 = metrics.accuracyTop1
        accuracyTop5 = metrics.accuracyTop5
        averagePrecision = metrics.averagePrecision
        calibrationECE = metrics.calibrationECE
        tagPerformance = Self.byName(metrics.tags.map { ($0.tag, .init(accuracy: $0.accuracy)) })
    }

    /// The evaluators refuse tags of the same name, so no entry is lost; metrics read from a file get no trap either.
    private static func byName(_ tags: [(String, TagPerformance)]) -> [String: TagPerformance] {
        Dictionary(tags) { first, _ in first }
    }
}
