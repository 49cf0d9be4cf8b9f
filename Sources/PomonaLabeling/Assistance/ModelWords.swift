import Foundation
import PomonaEngine
import PomonaEvaluation
public import PomonaStore

/// What a trained model's figures mean for suggestions.
struct ModelWords {
    private let result: EvaluationResult

    /// Objects of a tag that a threshold of its own is found on at least. With fewer, one odd finding moves it anywhere.
    private static let leastObjects = 10

    init(_ result: EvaluationResult) { self.result = result }

    /// - Returns: `nil` for a model without figures.
    init?(_ model: Model) {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let text = model.performance,
            let result = try? decoder.decode(EvaluationResult.self, from: Data(text.utf8))
        else { return nil }
        self.result = result
    }

    /// From which confidence on a tag is worth suggesting, by the photos held out of training (or, for want of enough
    /// photos, by those it learned from): the tag's own where enough of its objects are there, or else that of all tags
    /// together; `nil` for a model that was never right there.
    func threshold(of tag: String) -> Double? {
        guard let detection = result.detection else { return classificationThreshold }
        let index = detection.tags.firstIndex { $0.tag == tag }
            .flatMap { detection.matches.objectCounts[$0] < Self.leastObjects ? nil : Int32($0) }
        return index.flatMap { Self.threshold(in: detection.matches, of: $0) }
            ?? Self.threshold(in: detection.matches, of: nil)
    }

    /// The middle of all thresholds with the highest F1. Between the last detection that is kept and the first that is not
    /// every threshold does equally well on these photos; the middle leaves other photos the most room to differ.
    ///
    /// - Parameter tag: `nil` for all tags together.
    static func threshold(in matches: ScoredMatches, of tag: Int32?) -> Double? {
        let places = matches.confidences.indices.filter {
            matches.outcomes[$0] != .ignored && (tag == nil || matches.predicted[$0] == tag)
        }
        let objects = tag.map { matches.objectCounts[Int($0)] } ?? matches.objectCounts.reduce(0, +)
        var (found, best, threshold) = (0, 0.0, Double?.none)
        for (kept, place) in places.enumerated() {
            if matches.outcomes[place] == .truePositive { found += 1 }
            let confidence = matches.confidences[place]
            let next = kept + 1 < places.count ? matches.confidences[places[kept + 1]] : 0
            // No threshold separates detections of the same confidence.
            guard next < confidence, found > 0 else { continue }
            let f1 = 2 * Double(found) / Double(kept + 1 + objects)
            if f1 > best { (best, threshold) = (f1, (confidence + next) / 2) }
        }
        return threshold
    }

    /// The bound of a bin above which more photos were right than wrong by the largest margin.
    private var classificationThreshold: Double? {
        guard let bins = result.classification?.calibration.bins else { return nil }
        var (margin, best, threshold) = (0, 0, Double?.none)
        for bin in bins.reversed() where bin.count > 0 {
            margin += 2 * bin.correct - bin.count
            if margin > best { (best, threshold) = (margin, bin.lower) }
        }
        return threshold
    }

    /// Such as `AP50 0.83, threshold 0.46`.
    var summary: String {
        var parts: [String] = []
        if let detection = result.detection {
            if let precision = detection.meanAveragePrecision50 { parts.append("AP50 \(Self.text(precision))") }
            if let threshold = Self.threshold(in: detection.matches, of: nil) {
                parts.append("threshold \(Self.text(threshold))")
            }
        }
        if let accuracy = result.classification?.accuracyTop1 { parts.append("accuracy \(Self.text(accuracy))") }
        if result.evaluatedOn == .training { parts.append("measured on the photos it learned from") }
        return parts.joined(separator: ", ")
    }

    static func text(_ share: Double) -> String {
        let hundredths = Int((share * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

extension LabelingService {
    /// What came out of an experiment, in words; `nil` while there is nothing to say.
    public func summary(of experiment: Experiment) async throws -> String? {
        if let summary = experiment.summary { return summary }
        guard experiment.kind == .training, let id = experiment.model,
            let words = ModelWords(try await catalog.model(id))
        else { return nil }
        let photos = "\(experiment.labeledCount) \(experiment.labeledCount == 1 ? "photo" : "photos")"
        return [photos, words.summary].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
