/// Every detection of an evaluation with what became of it at IoU 0.5: enough to compute all figures at any
/// confidence threshold, for a slider that moves them.
///
/// Matching goes from the most confident detection down, so what becomes of a detection never depends on less confident
/// ones: the figures at a threshold are those of the detections at or above it. Detections beyond the evaluator's
/// maximum per photo and tag are left out. The arrays run in parallel, most confident first; as JSON they take about 30
/// bytes a detection.
public struct ScoredMatches: Codable, Equatable, Sendable {
    /// What a detection is among those of its own tag.
    public enum Outcome: UInt8, Codable, Sendable {
        case falsePositive = 0
        case truePositive = 1
        /// It lies on a crowd and counts neither for nor against.
        case ignored = 2
    }

    /// Objects of each tag that are to be found, crowds left out.
    public let objectCounts: [Int]

    /// 0...1, never rising.
    public let confidences: [Double]

    /// The tag of each detection.
    public let predicted: [Int32]

    /// What each detection is among those of its own tag, as average precision counts it.
    public let outcomes: [Outcome]

    /// The tag of the object that each detection lies on whatever its own tag, as the confusion matrix counts it:
    /// `objectCounts.count` for the background, -1 for an ignored detection.
    public let actual: [Int32]

    /// All figures at one confidence threshold.
    public struct Figures: Codable, Equatable, Sendable {
        /// Detections with at least this confidence were counted.
        public let threshold: Double

        /// All tags together.
        public let overall: MatchCounts

        /// Each tag.
        public let tags: [MatchCounts]

        /// Tags, and the background as the last row and column; greedily matched whatever the tags.
        public let confusionMatrix: ConfusionMatrix
    }

    /// Counts the detections at or above a confidence threshold.
    public func figures(at threshold: Double) -> Figures {
        let kept = count(atLeast: threshold)
        return Figures(
            threshold: threshold, overall: overall(first: kept), tags: tags(first: kept),
            confusionMatrix: confusionMatrix(first: kept))
    }

    /// The threshold with the highest F1 of all tags together, picked on this very set.
    public func bestThreshold() -> BestThreshold? {
        var search = BestThresholdSearch(objectCount: objectCounts.reduce(0, +))
        for index in confidences.indices where outcomes[index] != .ignored {
            search.add(confidence: confidences[index], isCorrect: outcomes[index] == .truePositive)
        }
        return search.finish()
    }

    /// The threshold with the highest F1 of each tag, picked on this very set; `nil` for a tag never found.
    public func bestThresholds() -> [BestThreshold?] {
        var searches = objectCounts.map(BestThresholdSearch.init(objectCount:))
        for index in confidences.indices where outcomes[index] != .ignored {
            searches[Int(predicted[index])].add(
                confidence: confidences[index], isCorrect: outcomes[index] == .truePositive)
        }
        return searches.indices.map { searches[$0].finish() }
    }

    /// How many detections have at least that confidence, by bisection.
    private func count(atLeast threshold: Double) -> Int {
        var (low, high) = (0, confidences.count)
        while low < high {
            let middle = (low + high) / 2
            if confidences[middle] >= threshold { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func tags(first kept: Int) -> [MatchCounts] {
        var counts = objectCounts.map { MatchCounts(truePositives: 0, falsePositives: 0, missed: $0) }
        for index in 0..<kept {
            let tag = Int(predicted[index])
            switch outcomes[index] {
            case .truePositive:
                counts[tag].truePositives += 1
                counts[tag].missed -= 1
            case .falsePositive: counts[tag].falsePositives += 1
            case .ignored: break
            }
        }
        return counts
    }

    private func overall(first kept: Int) -> MatchCounts {
        tags(first: kept).reduce(into: MatchCounts(truePositives: 0, falsePositives: 0, missed: 0)) { sum, tag in
            sum.truePositives += tag.truePositives
            sum.falsePositives += tag.falsePositives
            sum.missed += tag.missed
        }
    }

    private func confusionMatrix(first kept: Int) -> ConfusionMatrix {
        let background = objectCounts.count
        var missed = objectCounts
        var pairs = (0..<kept).compactMap { index -> (actual: Int, predicted: Int, count: Int)? in
            let tag = Int(actual[index])
            guard tag >= 0 else { return nil }
            if tag < background { missed[tag] -= 1 }
            return (tag, Int(predicted[index]), 1)
        }
        pairs += missed.enumerated().map { ($0.offset, background, $0.element) }
        return ConfusionMatrix(size: background + 1, pairs: pairs)
    }
}
