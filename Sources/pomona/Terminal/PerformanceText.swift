import Foundation
import PomonaEngine
import PomonaEvaluation

/// A model's figures as a person reads them.
struct PerformanceText {
    let text: String

    init(_ result: EvaluationResult) {
        let place =
            switch result.evaluatedOn {
            case .evaluation: "the evaluation photos"
            case .heldOut: "training photos that were held out"
            case .training: "the training photos themselves, too few to hold any out"
            }
        var lines = result.detection.map { Self.lines($0, place) } ?? []
        lines += result.classification.map { Self.lines($0, place) } ?? []
        if !result.skipped.isEmpty {
            lines.append("Left out: \(result.skipped.count) photos")
            lines += result.skipped.prefix(10).map { "  \($0.file): \($0.reason)" }
        }
        text = lines.joined(separator: "\n")
    }

    private static let tagLimit = 30

    private static func lines(_ metrics: DetectionMetrics, _ place: String) -> [String] {
        [
            "Measured on \(place) (\(metrics.photoCount) photos, \(metrics.objectCount) objects):",
            "  mAP@30 \(percent(metrics.meanAveragePrecision30))  mAP@50 \(percent(metrics.meanAveragePrecision50))  "
                + "mAP@75 \(percent(metrics.meanAveragePrecision75))  "
                + "mAP@[.50:.95] \(percent(metrics.meanAveragePrecision))",
        ]
            + rows(metrics.tags.map(\.tag)) { index, name in
                let tag = metrics.tags[index]
                let best = tag.bestThreshold.map { "   best threshold \(String(format: "%.2f", $0.threshold))" } ?? ""
                return "  \(name)  AP@50 \(percent(tag.averagePrecision50))  of \(tag.objectCount)\(best)"
            }
    }

    private static func lines(_ metrics: ClassificationMetrics, _ place: String) -> [String] {
        [
            "Measured on \(place) (\(metrics.photoCount) photos):",
            "  top-1 \(percent(metrics.accuracyTop1))  top-5 \(percent(metrics.accuracyTop5))  "
                + "average precision \(percent(metrics.averagePrecision))  "
                + "calibration error \(percent(metrics.calibrationECE))",
        ]
            + rows(metrics.tags.map(\.tag)) { index, name in
                let tag = metrics.tags[index]
                return "  \(name)  right \(percent(tag.accuracy))  of \(tag.photoCount)"
            }
    }

    /// One line for each of the first tags, their names in one column.
    private static func rows(_ tags: [String], _ line: (_ index: Int, _ name: String) -> String) -> [String] {
        let width = tags.map(\.count).max() ?? 0
        let shown = tags.prefix(tagLimit).enumerated().map { index, tag in
            line(index, tag.padding(toLength: min(width, 40), withPad: " ", startingAt: 0))
        }
        return shown + (tags.count > tagLimit ? ["  and \(tags.count - tagLimit) more tags"] : [])
    }

    static func percent(_ share: Double?) -> String {
        share.map { String(format: "%5.1f %%", $0 * 100) } ?? "   -   "
    }
}
