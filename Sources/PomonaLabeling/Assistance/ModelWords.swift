import Foundation
import PomonaEngine
import PomonaEvaluation
public import PomonaStore

/// What a trained model's figures mean for suggestions.
struct ModelWords {
    private let result: EvaluationResult

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

    /// From which confidence on a tag is worth suggesting: the threshold that did best on the photos held out of training,
    /// the tag's own or else that of all tags together; `nil` for a model that was never right there.
    func threshold(of tag: String) -> Double? {
        if let detection = result.detection {
            return detection.tags.first { $0.tag == tag }?.bestThreshold?.threshold
                ?? detection.bestThreshold?.threshold
        }
        return classificationThreshold
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
            if let threshold = detection.bestThreshold?.threshold { parts.append("threshold \(Self.text(threshold))") }
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
