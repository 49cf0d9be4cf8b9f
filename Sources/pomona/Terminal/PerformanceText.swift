import Foundation
import PomonaEngine
import PomonaEvaluation

/// A model's figures as a person reads them.
struct PerformanceText {
    let text: String

    init(_ result: EvaluationResult) {
        guard let metrics = result.detection else {
            text = ""
            return
        }
        let place =
            switch result.evaluatedOn {
            case .evaluation: "the evaluation photos"
            case .heldOut: "training photos that were held out"
            case .training: "the training photos themselves, too few to hold any out"
            }
        var lines = [
            "Measured on \(place) (\(metrics.photoCount) photos, \(metrics.objectCount) objects):",
            "  mAP@30 \(Self.percent(metrics.meanAveragePrecision30))  "
                + "mAP@50 \(Self.percent(metrics.meanAveragePrecision50))  "
                + "mAP@75 \(Self.percent(metrics.meanAveragePrecision75))  "
                + "mAP@[.50:.95] \(Self.percent(metrics.meanAveragePrecision))",
        ]
        let width = metrics.tags.map(\.tag.count).max() ?? 0
        for tag in metrics.tags.prefix(30) {
            let name = tag.tag.padding(toLength: min(width, 40), withPad: " ", startingAt: 0)
            let best = tag.bestThreshold.map { "   best threshold \(String(format: "%.2f", $0.threshold))" } ?? ""
            lines.append("  \(name)  AP@50 \(Self.percent(tag.averagePrecision50))  of \(tag.objectCount)\(best)")
        }
        if metrics.tags.count > 30 { lines.append("  and \(metrics.tags.count - 30) more tags") }
        if !result.skipped.isEmpty {
            lines.append("Left out: \(result.skipped.count) photos")
            lines += result.skipped.prefix(10).map { "  \($0.file): \($0.reason)" }
        }
        text = lines.joined(separator: "\n")
    }

    static func percent(_ share: Double?) -> String {
        share.map { String(format: "%5.1f %%", $0 * 100) } ?? "   -   "
    }
}
