/// Judges the detections of a model against the truth.
///
/// Average precision is what pycocotools' `COCOeval` computes for boxes (area range "all", 101 recall levels), after
/// Lin et al., "Microsoft COCO: Common Objects in Context", 2014, and the evaluation page of cocodataset.org. Start
/// reading at ``LabelMatcher`` and ``InterpolatedPrecision``.
public struct DetectionEvaluator: Sendable {
    /// The tags in the order of their indices.
    public let labels: [String]

    /// So many detections of each photo and tag count, the most confident ones. Microsoft's service took 300,
    /// pycocotools takes 100 unless told otherwise.
    public var maximumDetections = 300

    /// Confusion matrix and mistakes are those of detections with at least this confidence. Average precision
    /// counts all detections.
    public var confidenceThreshold = 0.3

    /// So many mistakes of each kind are listed.
    public var mistakesPerKind = 50

    /// Whether all cores may be used. The results are the same either way.
    public var isConcurrent = true

    /// - Throws: ``EvaluationError/duplicateTag(name:first:second:)``.
    public init(labels: [String]) throws {
        try EvaluationError.checkDistinct(labels)
        self.labels = labels
    }

    /// Computes all figures.
    ///
    /// - Throws: ``EvaluationError`` for a photo whose labels, boxes or confidences are none.
    public func evaluate(_ photos: [PhotoResult]) throws -> DetectionMetrics {
        let table = try DetectionTable(photos, labelCount: labels.count)
        let results = evaluateLabels(of: table, at: IoUThresholds.reported, detailAt: IoUThresholds.at50)
        let precisions = averagePrecisionTable(results, IoUThresholds.reported)
        let codes = mergedCodes(results, count: table.candidates.count)
        let matches = scoredMatches(table, codes: codes)
        let finder = MistakeFinder(table: table, codes: codes, confidenceThreshold: confidenceThreshold)
        return DetectionMetrics(
            photoCount: photos.count, objectCount: table.objectCounts().reduce(0, +),
            meanAveragePrecision30: precisions.mean(at: IoUThresholds.at30),
            meanAveragePrecision50: precisions.mean(at: IoUThresholds.at50),
            meanAveragePrecision75: precisions.mean(at: IoUThresholds.at75),
            meanAveragePrecision: precisions.mean(over: IoUThresholds.cocoRange),
            tags: tagMetrics(precisions, results, bestThresholds: matches.bestThresholds()),
            confidenceThreshold: confidenceThreshold, figures: matches.figures(at: confidenceThreshold),
            bestThreshold: matches.bestThreshold(),
            mistakes: finder.worstMistakes(limitPerKind: mistakesPerKind), matches: matches)
    }

    /// Computes average precision alone, at any IoU thresholds.
    ///
    /// - Parameter iouThresholds: Above 0 and not above 1, in any order.
    /// - Throws: ``EvaluationError`` for such a threshold, or for a photo as in ``evaluate(_:)``.
    public func averagePrecision(
        of photos: [PhotoResult], iouThresholds: [Double]
    ) throws -> AveragePrecisionTable {
        try IoUThresholds.check(iouThresholds)
        let table = try DetectionTable(photos, labelCount: labels.count)
        return averagePrecisionTable(evaluateLabels(of: table, at: iouThresholds, detailAt: nil), iouThresholds)
    }
}
