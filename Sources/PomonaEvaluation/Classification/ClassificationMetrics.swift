/// How well a classifier did on a set of photos. All shares are 0...1; means over no photo are `nil`.
public struct ClassificationMetrics: Codable, Equatable, Sendable {
    public let photoCount: Int

    /// The share of photos whose true tag is the most probable one; of equally probable tags the first counts.
    public let accuracyTop1: Double?

    /// The share of photos whose true tag is among the five most probable ones.
    public let accuracyTop5: Double?

    /// The mean over tags that have photos of their average precision (see ``TagClassificationMetrics``).
    public let averagePrecision: Double?

    /// Expected calibration error over fifteen bins: 0 where 80 percent of the photos classified with confidence 0.8 are
    /// right, and so on.
    public let calibrationECE: Double?

    /// The bins behind `calibrationECE`, for a reliability diagram.
    public let calibration: Calibration

    /// One entry for each tag, in the order of the model's labels.
    public let tags: [TagClassificationMetrics]

    public let confusionMatrix: ConfusionMatrix

    /// Wrongly classified photos, the most confident one first.
    public let mistakes: [ClassificationMistake]
}

/// How well a classifier did on one tag.
public struct TagClassificationMetrics: Codable, Equatable, Sendable {
    public let tag: String

    /// Photos that have the tag.
    public let photoCount: Int

    /// The share of those that were classified right; `nil` without photos.
    public let accuracy: Double?

    /// Average precision of all photos ranked by the probability of the tag, not interpolated; `nil` without photos.
    public let averagePrecision: Double?
}

/// A photo that was given a wrong tag.
public struct ClassificationMistake: Codable, Equatable, Sendable {
    /// Index into the evaluated photos.
    public let photo: Int

    /// Indices of the true and the most probable tag.
    public let truth: Int
    public let predicted: Int

    /// The probability of the predicted and of the true tag.
    public let confidence: Double
    public let truthConfidence: Double
}
