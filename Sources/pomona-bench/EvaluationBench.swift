import Foundation
import PomonaCore
import PomonaEvaluation

/// Times the evaluation of a file of results and prints the times and the figures as one JSON object.
/// `Benchmarks/evaluation/compare.py` writes such files and compares with pycocotools.
enum EvaluationBench {
    /// What is printed.
    private struct Report: Encodable {
        /// All that the evaluator computes (average precision, curves, thresholds, confusions, mistakes).
        var metricsMilliseconds: Double
        /// Average precision alone, which is what pycocotools computes, on one core.
        var oneCoreMilliseconds: Double
        /// The same on all cores.
        var allCoresMilliseconds: Double
        var meanAveragePrecision50: Double?
        /// `[thresholds][tags]`, -1 for a tag without objects.
        var averagePrecision: [[Double]]
        var recall: [[Double]]
    }

    /// - Parameter arguments: The path of the file.
    static func run(arguments: [String]) throws {
        guard arguments.count == 1 else { throw EvaluationBenchError.usage }
        let results = try ResultsFile(path: arguments[0])
        var evaluator = try DetectionEvaluator(labels: (0..<results.tagCount).map(String.init))

        var table: AveragePrecisionTable?
        let allCores = try milliseconds {
            table = try evaluator.averagePrecision(of: results.photos, iouThresholds: results.iouThresholds)
        }
        evaluator.isConcurrent = false
        let oneCore = try milliseconds {
            table = try evaluator.averagePrecision(of: results.photos, iouThresholds: results.iouThresholds)
        }
        var metrics: DetectionMetrics?
        let all = try milliseconds { metrics = try evaluator.evaluate(results.photos) }

        let report = Report(
            metricsMilliseconds: all, oneCoreMilliseconds: oneCore, allCoresMilliseconds: allCores,
            meanAveragePrecision50: metrics?.meanAveragePrecision50,
            averagePrecision: table?.averagePrecision.map { $0.map { $0 ?? -1 } } ?? [],
            recall: table?.recall.map { $0.map { $0 ?? -1 } } ?? [])
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    private static func milliseconds(_ work: () throws -> Void) rethrows -> Double {
        let duration = try ContinuousClock().measure(work)
        return duration / .milliseconds(1)
    }
}

enum EvaluationBenchError: PomonaError {
    case usage
    case notResults(path: String, found: Int, expected: Int)

    var code: String {
        switch self {
        case .usage: "usage"
        case .notResults: "notResults"
        }
    }

    var message: String {
        switch self {
        case .usage: "usage: pomona-bench evaluation FILE"
        case .notResults(let path, let found, let expected):
            "\(path) is no results file of Benchmarks/evaluation/compare.py: \(found) bytes, expected \(expected)."
        }
    }

    var kind: ErrorKind { if case .usage = self { .usage } else { .badData } }
}

/// Results as `compare.py` writes them: 64-bit little-endian integers `photos, tags, thresholds, annotations, detections`,
/// then 64-bit floats: the thresholds; for each annotation `photo, tag, x, y, width, height, isCrowd`; for each
/// detection `photo, tag, x, y, width, height, confidence`.
private struct ResultsFile {
    let tagCount: Int
    let iouThresholds: [Double]
    let photos: [PhotoResult]

    init(path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let headerCount = 5
        guard data.count >= headerCount * 8 else {
            throw EvaluationBenchError.notResults(path: path, found: data.count, expected: headerCount * 8)
        }
        let words = data.withUnsafeBytes { bytes in
            (0..<data.count / 8).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
            }
        }
        let header = words.prefix(headerCount).map { Int(truncatingIfNeeded: $0) }
        let sizes = header.map { min(max($0, 0), data.count) }
        let expected = 8 * (headerCount + sizes[2] + 7 * (sizes[3] + sizes[4]))
        guard data.count == expected, header == sizes else {
            throw EvaluationBenchError.notResults(path: path, found: data.count, expected: expected)
        }
        let values = words.dropFirst(headerCount).map(Double.init(bitPattern:))
        tagCount = sizes[1]
        iouThresholds = Array(values.prefix(sizes[2]))
        var photos = [PhotoResult](repeating: PhotoResult(annotations: [], detections: []), count: sizes[0])
        for row in 0..<sizes[3] + sizes[4] {
            let start = sizes[2] + row * 7
            let (photo, label, extra) = (Int(values[start]), Int(values[start + 1]), values[start + 6])
            let (x, y) = (values[start + 2], values[start + 3])
            let box = Box(xMin: x, yMin: y, xMax: x + values[start + 4], yMax: y + values[start + 5])
            if row < sizes[3] {
                photos[photo].annotations.append(Annotation(label: label, box: box, isCrowd: extra != 0))
            } else {
                photos[photo].detections.append(Detection(label: label, confidence: extra, box: box))
            }
        }
        self.photos = photos
    }
}
