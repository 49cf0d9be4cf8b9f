import PomonaEvaluation
import PomonaModel
import PomonaTensor
import PomonaVision

/// Keeps the averaged weights that did best on the held-out part.
final class BestKeeper {
    private(set) var step: Int?
    private(set) var score = -Double.infinity
    /// Average precision at IoU 0.5 at the last judgement.
    private(set) var lastScore: Double?
    private(set) var judgementsWithoutGain = 0
    private(set) var tensors: [(name: String, tensor: HostTensor)] = []
    private let patience: Int

    /// A held-out part of a few photos cannot tell such small differences apart; within them the later weights win,
    /// which have learned more.
    private static let tolerance = 0.02

    init(patience: Int) {
        self.patience = patience
    }

    var hasRunOutOfPatience: Bool { judgementsWithoutGain >= patience }

    /// Considers the average's present values.
    func offer(_ average: MovingAverage, metrics: DetectionMetrics, step: Int) throws {
        let precision50 = metrics.meanAveragePrecision50 ?? 0
        let offered = (precision50 + (metrics.meanAveragePrecision ?? 0)) / 2
        lastScore = precision50
        judgementsWithoutGain = offered > score + 0.001 ? 0 : judgementsWithoutGain + 1
        guard offered >= score - Self.tolerance else { return }
        tensors = try average.tensors.map { ($0.name, try $0.tensor.hostTensor()) }
        self.step = step
        score = max(score, offered)
    }

    /// Puts the best weights into the network, or the last average where none was ever judged.
    func finish(into detector: Detector, average: MovingAverage) throws {
        detector.parameters.unfold()
        if tensors.isEmpty {
            for (name, tensor) in average.tensors { _ = try detector.parameters.assign(name, from: tensor) }
        } else {
            for (name, tensor) in tensors {
                let value = try Tensor.from(
                    tensor.floats, shape: tensor.shape, device: detector.parameters.device)
                _ = try detector.parameters.assign(name, from: value)
            }
        }
    }

    /// Continues from a checkpoint.
    func restore(
        step: Int?, score: Double, lastScore: Double?, judgementsWithoutGain: Int,
        tensors: [(name: String, tensor: HostTensor)]
    ) {
        self.step = step
        self.score = score
        self.lastScore = lastScore
        self.judgementsWithoutGain = judgementsWithoutGain
        self.tensors = tensors
    }
}
