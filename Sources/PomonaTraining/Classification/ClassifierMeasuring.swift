import PomonaCore
import PomonaEvaluation
import PomonaVision

/// Runs a classifier over tagged photos and scores what it says.
struct ClassifierMeasuring {
    let library: PhotoLibrary
    let labels: [String]

    private static let batchSize = 16

    /// - Parameters:
    ///   - positions: Photos of the library to measure on.
    ///   - shouldStop: Asked before every batch.
    /// - Throws: ``TrainingError/interrupted`` where it was told to stop.
    func metrics(
        _ model: ClassifierModel, positions: [Int], shouldStop: () -> Bool = { false }
    ) throws -> ClassificationMetrics {
        var results: [ClassificationResult] = []
        for start in stride(from: 0, to: positions.count, by: Self.batchSize) {
            guard !shouldStop() else { throw TrainingError.interrupted }
            let group = positions[start..<min(start + Self.batchSize, positions.count)]
            let answers = try model.probabilities(group.map { try library.image($0) })
            for (position, probabilities) in zip(group, answers) {
                // Sums of rounded numbers may end a little above 1.
                results.append(
                    ClassificationResult(
                        truth: library.tag(position), probabilities: probabilities.map { min(1, max(0, Double($0))) }))
            }
        }
        return try ClassificationEvaluator(labels: labels).evaluate(results)
    }
}
