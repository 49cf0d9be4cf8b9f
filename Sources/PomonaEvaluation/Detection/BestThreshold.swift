/// The confidence threshold with the highest F1 on the photos of this very evaluation.
///
/// It tells what the model could reach with a threshold fitted to these photos. It was chosen by looking at them, so its
/// F1 is too good an estimate for new photos, and no other figure of the evaluation makes use of it.
public struct BestThreshold: Codable, Equatable, Sendable {
    /// Where a threshold comes from; written into reports so that no reader takes it for an independent choice.
    public enum Origin: String, Codable, Sendable {
        case evaluatedPhotos
    }

    /// Detections with at least this confidence are kept.
    public let threshold: Double

    public let precision: Double
    public let recall: Double
    public let f1: Double

    /// Always `evaluatedPhotos`: it was picked on the set it is reported for.
    public let pickedOn: Origin
}

/// Walks down the detections of a tag and remembers the threshold with the highest F1, of equal ones the highest.
struct BestThresholdSearch {
    private let objectCount: Int
    private var counts: MatchCounts
    private var confidence = Double.infinity
    private var best: (counts: MatchCounts, f1: Double, threshold: Double)?

    init(objectCount: Int) {
        self.objectCount = objectCount
        counts = MatchCounts(truePositives: 0, falsePositives: 0, missed: objectCount)
    }

    /// Takes the next detection; confidences must not rise.
    mutating func add(confidence: Double, isCorrect: Bool) {
        // No threshold separates detections of the same confidence, so only the last of them is a place to stop.
        if confidence < self.confidence { considerStoppingHere() }
        self.confidence = confidence
        if isCorrect {
            counts.truePositives += 1
            counts.missed -= 1
        } else {
            counts.falsePositives += 1
        }
    }

    /// The best threshold of all that was added; `nil` where no threshold finds anything.
    mutating func finish() -> BestThreshold? {
        considerStoppingHere()
        guard let best, let precision = best.counts.precision, let recall = best.counts.recall else { return nil }
        return BestThreshold(
            threshold: best.threshold, precision: precision, recall: recall, f1: best.f1, pickedOn: .evaluatedPhotos)
    }

    private mutating func considerStoppingHere() {
        guard counts.truePositives > 0, let f1 = counts.f1, f1 > best?.f1 ?? 0 else { return }
        best = (counts, f1, confidence)
    }
}
