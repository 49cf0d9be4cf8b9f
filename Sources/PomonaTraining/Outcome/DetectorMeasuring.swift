import PomonaCore
import PomonaEvaluation
import PomonaModel
import PomonaVision

/// Runs a detector over labelled photos and scores what it finds.
struct DetectorMeasuring {
    let library: PhotoLibrary
    let labels: [String]

    /// Least confidence that enters the curves: below it lie only the tails of precision and recall.
    private static let threshold = 0.001
    private static let batchSize = 8

    /// - Parameters:
    ///   - positions: Photos of the library to measure on.
    ///   - shouldStop: Asked before every batch.
    /// - Throws: ``TrainingError/interrupted`` where it was told to stop.
    func metrics(
        _ model: DetectorModel, positions: [Int], shouldStop: () -> Bool = { false }
    ) throws -> DetectionMetrics {
        var results: [PhotoResult] = []
        for start in stride(from: 0, to: positions.count, by: Self.batchSize) {
            guard !shouldStop() else { throw TrainingError.interrupted }
            let group = positions[start..<min(start + Self.batchSize, positions.count)]
            let photos = try group.map { (image: try library.image($0), size: library.photos[$0].size) }
            let detections = try model.detections(photos, threshold: Self.threshold, tags: .every)
            for (position, found) in zip(group, detections) {
                results.append(PhotoResult(annotations: library.photos[position].annotations, detections: found))
            }
        }
        return try DetectionEvaluator(labels: labels).evaluate(results)
    }
}
