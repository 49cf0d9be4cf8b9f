import Foundation
import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaTraining
import PomonaVision

/// One training step on a batch of eight inputs with three objects each.
struct TrainingStepBench {
    private let steps: DetectionSteps
    private let batch: Batch
    private static let side = 416

    init(weights: String, isBackboneFrozen: Bool) throws {
        let foundation = try FoundationWeights(path: weights)
        let detector = try Detector(architecture: foundation.architecture, classCount: 3, seed: 0, device: .cpu)
        try foundation.load(into: detector, labels: [])
        var recipe = Recipe(start: .published)
        recipe.backboneLearningRateScale = isBackboneFrozen ? 0 : 1
        steps = try DetectionSteps(detector: detector, recipe: recipe, input: foundation.input)
        var generator = SeededGenerator(seed: 1)
        let pixels = (0..<8 * 3 * Self.side * Self.side).map { _ in Float(generator.index(below: 256)) }
        let objects = (0..<3).map { index -> TargetBox in
            let (x, y) = (Float(60 + 30 * index), Float(80 + 20 * index))
            return TargetBox(label: index, xMin: x - 45, yMin: y - 60, xMax: x + 45, yMax: y + 60)
        }
        batch = Batch(step: 0, images: pixels, objects: Array(repeating: objects, count: 8))
    }

    func run() throws {
        try Turns.take { _ = try steps.take(batch, learningRate: 1e-6, usesDistance: false) }
    }
}
