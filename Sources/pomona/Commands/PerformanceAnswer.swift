import PomonaEngine
import PomonaEvaluation

/// The last line of `train --json` and `evaluate --json`.
struct PerformanceAnswer: Encodable {
    let evaluation: EvaluationResult
    var training: TrainingResult?

    private enum Keys: String, CodingKey {
        case evaluatedOn, skipped, trainingSeconds, imagesPerSecond, steps, peakMemoryMB, foundation, seed, interrupted
    }

    func encode(to encoder: any Encoder) throws {
        if let detection = evaluation.detection { try ModelPerformance(detection).encode(to: encoder) }
        if let classification = evaluation.classification { try ModelPerformance(classification).encode(to: encoder) }
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(evaluation.evaluatedOn, forKey: .evaluatedOn)
        try container.encode(evaluation.skipped, forKey: .skipped)
        guard let training else { return }
        try container.encode(training.trainingSeconds, forKey: .trainingSeconds)
        try container.encode(training.imagesPerSecond, forKey: .imagesPerSecond)
        try container.encode(training.steps, forKey: .steps)
        try container.encode(training.peakMemoryMB, forKey: .peakMemoryMB)
        try container.encode(training.foundation ?? "none", forKey: .foundation)
        try container.encode(training.seed, forKey: .seed)
        if training.wasInterrupted { try container.encode(true, forKey: .interrupted) }
    }
}
