import Foundation
import PomonaCOCO
import PomonaDatasets

/// The doctor's report on labels and photos for a person to read.
struct ReportText {
    private static let most = 10

    private let report: DatasetReport?

    init(_ report: JSON) {
        self.report = (try? JSONEncoder().encode(report)).flatMap {
            try? JSONDecoder().decode(DatasetReport.self, from: $0)
        }
    }

    var text: String {
        guard let report else { return "The doctor's report cannot be read by this program; --json has it." }
        var lines: [String] = []
        if let coco = report.coco { lines.append(coco.text) }
        for (heading, words) in report.headings.sorted(by: { $0.key < $1.key }) where heading.hasPrefix("file ") {
            lines.append("\(heading): \(words)")
        }
        lines += Self.lines(report.photos) + Self.lines(report.duplicates)
        if report.notExaminedCount > 0 {
            lines.append(
                "\(report.notExaminedCount) photos were not looked at yet; their duplicates are not among these.")
        }
        if report.coco == nil { lines += report.repairs.map { "A repair would do this: \($0)" } }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ photos: DatasetReport.Photos) -> [String] {
        var lines = ["Photos: \(photos.found) found in the container, \(photos.missingCount) missing"]
        lines += photos.missing.prefix(most).map { "  \($0)" }
        let rest = photos.missingCount - min(most, photos.missing.count)
        if rest > 0 { lines.append("  and \(rest) more") }
        if photos.takenFromContainer > 0 {
            lines.append(
                "\(photos.takenFromContainer) photos are named by an address elsewhere and were taken from the container."
            )
        }
        return lines
    }

    private static func lines(_ duplicates: [DatasetReport.Duplicates]) -> [String] {
        guard !duplicates.isEmpty else { return ["Duplicates: none"] }
        var lines = ["Duplicates: \(duplicates.count)"]
        lines += duplicates.prefix(most).map { duplicate in
            let names = duplicate.photos.joined(separator: ", ")
            let other = duplicate.otherDataset.map { " (the last one in the dataset \($0))" } ?? ""
            return "  \(names)\(other) \(duplicate.isExact ? "are the same" : "look alike")"
        }
        if duplicates.count > most { lines.append("  and \(duplicates.count - most) more") }
        return lines
    }
}
