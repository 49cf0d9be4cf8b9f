import Foundation
import PomonaCore

/// Chooses a classifier's penalty and temperature by cross-validation on the training photos.
struct ProbeTuning {
    let penalty: Double
    /// Divides the logits so that confidences can be taken at their word (Guo et al., "On Calibration of Modern Neural
    /// Networks", 2017, section 4.2).
    let temperature: Double

    private static let penalties = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
    private static let folds = 4

    /// - Parameters:
    ///   - isPlain: Whether a row shows its photo as prediction will see it; only such rows judge.
    ///   - note: Called after each fit.
    init(
        _ examples: ProbeExamples, classCount: Int, seed: UInt64, isPlain: [Bool], note: () throws -> Void
    ) throws {
        let fold = Self.folds(examples, seed: seed)
        var best: (penalty: Double, loss: Double, logits: [Float], labels: [Int])?
        for penalty in Self.penalties {
            var logits: [Float] = []
            var labels: [Int] = []
            for number in 0..<Self.folds {
                let taught = examples.selecting { fold[examples.photos[$0]] != number }
                let judged = examples.selecting { fold[examples.photos[$0]] == number && isPlain[$0] }
                guard taught.count > 0, judged.count > 0 else { continue }
                logits += try LinearProbe(taught, classCount: classCount, penalty: penalty).logits(judged.features)
                labels += judged.labels
                try note()
            }
            let loss = Self.loss(
                logits, labels, classCount: classCount, temperature: Self.temperature(logits, labels, classCount))
            if best.map({ loss < $0.loss }) ?? true { best = (penalty, loss, logits, labels) }
        }
        penalty = best?.penalty ?? 0.01
        temperature = best.map { Self.temperature($0.logits, $0.labels, classCount) } ?? 1
    }

    /// The number of fits a tuning makes at most.
    static var fits: Int { penalties.count * folds }

    /// Deals the photos of every tag out in turn, so that each fold has some of each.
    private static func folds(_ examples: ProbeExamples, seed: UInt64) -> [Int: Int] {
        var labels: [Int: Int] = [:]
        for (photo, label) in zip(examples.photos, examples.labels) { labels[photo] = label }
        var generator = SeededGenerator(seed: seed, 0xF01D)
        var dealt: [Int: Int] = [:]
        var result: [Int: Int] = [:]
        for photo in labels.keys.sorted().shuffled(using: &generator) {
            let label = labels[photo, default: 0]
            result[photo] = dealt[label, default: label] % Self.folds
            dealt[label, default: label] += 1
        }
        return result
    }

    /// Least loss between making much surer and much less sure.
    private static func temperature(_ logits: [Float], _ labels: [Int], _ classCount: Int) -> Double {
        let steps = (-20...20).map { exp(Double($0) / 8) }
        return steps.min {
            loss(logits, labels, classCount: classCount, temperature: $0)
                < loss(logits, labels, classCount: classCount, temperature: $1)
        } ?? 1
    }

    /// Mean negative logarithm of the true tag's probability.
    private static func loss(_ logits: [Float], _ labels: [Int], classCount: Int, temperature: Double) -> Double {
        guard !labels.isEmpty else { return .infinity }
        var sum = 0.0
        for (row, label) in labels.enumerated() {
            let values = logits[row * classCount..<(row + 1) * classCount].map { Double($0) / temperature }
            let highest = values.max() ?? 0
            sum += highest + log(values.reduce(0) { $0 + exp($1 - highest) }) - values[label]
        }
        return sum / Double(labels.count)
    }
}
