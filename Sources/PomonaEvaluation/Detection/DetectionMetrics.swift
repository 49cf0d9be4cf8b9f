/// How well a detector did on a set of photos. All shares are 0...1.
public struct DetectionMetrics: Codable, Equatable, Sendable {
    public let photoCount: Int

    /// Objects that were to be found, crowds left out.
    public let objectCount: Int

    /// Mean over tags of the average precision at IoU 0.30; `nil` where no tag has objects.
    public let meanAveragePrecision30: Double?

    /// Mean over tags of the average precision at IoU 0.50.
    public let meanAveragePrecision50: Double?

    /// Mean over tags of the average precision at IoU 0.75.
    public let meanAveragePrecision75: Double?

    /// Mean over tags and the IoU thresholds 0.50, 0.55, ..., 0.95: COCO's main figure.
    public let meanAveragePrecision: Double?

    /// One entry for each tag, in the order of the model's labels.
    public let tags: [TagDetectionMetrics]

    /// The threshold that `figures` and `mistakes` are counted at.
    public let confidenceThreshold: Double

    /// Right, wrong and missed at `confidenceThreshold`, with the confusion matrix.
    public let figures: ScoredMatches.Figures

    /// The threshold that would have suited these photos best; `nil` where nothing was found.
    public let bestThreshold: BestThreshold?

    /// The worst mistakes at `confidenceThreshold`, the worst first.
    public let mistakes: [Mistake]

    /// What the figures at any other threshold are computed from.
    public let matches: ScoredMatches
}

/// How well a detector did on one tag.
public struct TagDetectionMetrics: Codable, Equatable, Sendable {
    public let tag: String

    /// Objects that were to be found, crowds left out.
    public let objectCount: Int

    /// Average precision at IoU 0.30; `nil` for a tag without objects, as the next three.
    public let averagePrecision30: Double?

    /// Average precision at IoU 0.50.
    public let averagePrecision50: Double?

    /// Average precision at IoU 0.75.
    public let averagePrecision75: Double?

    /// Mean over the IoU thresholds 0.50, 0.55, ..., 0.95.
    public let averagePrecision: Double?

    /// Precision over recall at IoU 0.5; `nil` for a tag without objects.
    public let curve: PrecisionRecallCurve?

    /// The threshold that would have suited this tag on these photos best; `nil` where it was never found.
    public let bestThreshold: BestThreshold?
}
