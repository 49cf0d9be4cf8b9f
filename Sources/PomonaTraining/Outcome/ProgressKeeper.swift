import PomonaEngine

/// Turns steps into progress reports, about one a second.
final class ProgressKeeper {
    private let firstStep: Int
    private let batchSize: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastReport: ContinuousClock.Instant
    private var sums: [String: Double] = [:]
    private var count = 0

    init(firstStep: Int, batchSize: Int) {
        self.firstStep = firstStep
        self.batchSize = batchSize
        start = clock.now
        lastReport = clock.now
    }

    /// Photos learned from per second so far, judging included.
    func imagesPerSecond(upTo step: Int) -> Double {
        Double((step - firstStep) * batchSize) / max(1e-9, (clock.now - start) / .seconds(1))
    }

    /// Takes note of a step; answers with a report where one is due.
    func note(_ losses: [String: Double], _ run: RunState) -> TrainingProgress? {
        for (name, value) in losses { sums[name, default: 0] += value }
        count += 1
        guard run.isAtEnd || clock.now - lastReport >= .seconds(1) else { return nil }
        let rate = imagesPerSecond(upTo: run.taken)
        let photosLeft = Double((run.plan.total - run.taken) * batchSize)
        let report = TrainingProgress(
            step: run.taken, steps: run.plan.total, imagesPerSecond: rate,
            secondsLeft: photosLeft / max(rate, 1e-9) + run.plan.secondsToFinish,
            losses: sums.mapValues { $0 / Double(count) }, heldOutScore: run.judgement)
        sums = [:]
        count = 0
        lastReport = clock.now
        return report
    }
}
