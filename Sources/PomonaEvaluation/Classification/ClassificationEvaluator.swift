/// Judges the probabilities of a classifier against the true tags, one for each photo.
public struct ClassificationEvaluator: Sendable {
    /// The tags in the order of their indices.
    public let labels: [String]

    /// So many mistakes are listed.
    public var mistakeLimit = 50

    /// Whether all cores may be used. The results are the same either way.
    public var isConcurrent = true

    /// - Throws: ``EvaluationError/duplicateTag(name:first:second:)``.
    public init(labels: [String]) throws {
        try EvaluationError.checkDistinct(labels)
        self.labels = labels
    }

    /// Computes all figures.
    ///
    /// - Throws: ``EvaluationError`` for a photo whose true tag or probabilities are none.
    public func evaluate(_ photos: [ClassificationResult]) throws -> ClassificationMetrics {
        for (index, photo) in photos.enumerated() {
            try check(photo, index: index)
        }
        let predicted = photos.map(\.predicted)
        let confusion = ConfusionMatrix(
            size: labels.count, pairs: zip(photos, predicted).map { ($0.truth, $1, 1) })
        let calibration = Calibration(
            zip(photos, predicted).map { ($0.probabilities[$1], $0.truth == $1) })
        let tags = tagMetrics(photos, accuracies: confusion.recognizedShares)
        let ranks = photos.map(\.truthRank)
        return ClassificationMetrics(
            photoCount: photos.count,
            accuracyTop1: share(ranks.count { $0 < 1 }, of: photos.count),
            accuracyTop5: share(ranks.count { $0 < 5 }, of: photos.count),
            averagePrecision: AveragePrecisionTable.mean(tags.map(\.averagePrecision)),
            calibrationECE: photos.isEmpty ? nil : calibration.expectedError(photoCount: photos.count),
            calibration: calibration, tags: tags, confusionMatrix: confusion,
            mistakes: mistakes(photos, predicted: predicted))
    }

    private func check(_ photo: ClassificationResult, index: Int) throws(EvaluationError) {
        guard photo.probabilities.count == labels.count else {
            throw .probabilityCount(photo: index, found: photo.probabilities.count, labelCount: labels.count)
        }
        guard labels.indices.contains(photo.truth) else {
            throw .unknownTruth(photo: index, label: photo.truth, labelCount: labels.count)
        }
        for (label, probability) in photo.probabilities.enumerated() where !(probability >= 0 && probability <= 1) {
            throw .invalidProbability(photo: index, label: label, probability: probability)
        }
    }

    private func tagMetrics(_ photos: [ClassificationResult], accuracies: [Double?]) -> [TagClassificationMetrics] {
        concurrentMap(count: labels.count, isConcurrent: isConcurrent) { tag in
            let isRelevant = photos.map { $0.truth == tag }
            return TagClassificationMetrics(
                tag: labels[tag], photoCount: isRelevant.count { $0 }, accuracy: accuracies[tag],
                averagePrecision: RankedAveragePrecision.of(
                    photos.map { $0.probabilities[tag] }, isRelevant: isRelevant))
        }
    }

    private func mistakes(_ photos: [ClassificationResult], predicted: [Int]) -> [ClassificationMistake] {
        let wrong = photos.indices.filter { photos[$0].truth != predicted[$0] }
        let order = ConfidenceOrder.descending(wrong.map { photos[$0].probabilities[predicted[$0]] })
        return order.prefix(max(0, mistakeLimit)).map { place in
            let photo = wrong[Int(place)]
            let result = photos[photo]
            return ClassificationMistake(
                photo: photo, truth: result.truth, predicted: predicted[photo],
                confidence: result.probabilities[predicted[photo]], truthConfidence: result.probabilities[result.truth])
        }
    }

    private func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
