import Foundation
import PomonaCore
import PomonaEvaluation

/// The stored figures of `Golden/make_golden.py`.
enum GoldenFile {
    static func read<Content: Decodable>(_ name: String) throws -> Content {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        return try JSONDecoder().decode(Content.self, from: Data(contentsOf: folder.appending(path: name)))
    }

    static let detectionSets = [
        "plain", "ties", "crowds", "empty-photos", "over-300", "one-confidence", "duplicates", "one-photo",
        "absent-tags", "mixed",
    ]
}

/// Detections with pycocotools' figures.
struct DetectionGolden: Decodable {
    struct Photo: Decodable {
        /// Rows of tag, x, y, width, height, isCrowd.
        var truth: [[Double]]
        /// Rows of tag, confidence, x, y, width, height.
        var detections: [[Double]]
    }

    struct Expected: Decodable {
        var iouThresholds: [Double]
        /// `[thresholds][tags]`, -1 for a tag without objects.
        var averagePrecision: [[Double]]
        var recall: [[Double]]
        /// `[tags][recall levels]`.
        var precision50: [[Double]]
        var confidence50: [[Double]]
    }

    var tagCount: Int
    var photos: [Photo]
    var expected: Expected

    var labels: [String] { (0..<tagCount).map { "tag \($0)" } }

    var results: [PhotoResult] {
        photos.map { photo in
            PhotoResult(
                annotations: photo.truth.map {
                    Annotation(label: Int($0[0]), box: box($0[1...4]), isCrowd: $0[5] == 1)
                },
                detections: photo.detections.map {
                    Detection(label: Int($0[0]), confidence: $0[1], box: box($0[2...5]))
                })
        }
    }

    private func box(_ numbers: ArraySlice<Double>) -> Box {
        let (x, y) = (numbers[numbers.startIndex], numbers[numbers.startIndex + 1])
        return Box(
            xMin: x, yMin: y, xMax: x + numbers[numbers.startIndex + 2], yMax: y + numbers[numbers.startIndex + 3])
    }
}

/// Probabilities with numpy's figures.
struct ClassificationGolden: Decodable {
    struct Expected: Decodable {
        var accuracyTop1: Double
        var accuracyTop5: Double
        var averagePrecision: Double
        var calibrationECE: Double
        var tagAveragePrecision: [Double?]
        var tagAccuracy: [Double?]
    }

    var truths: [Int]
    var probabilities: [[Double]]
    var expected: Expected
}
