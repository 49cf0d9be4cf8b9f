import PomonaEngine

/// Turns steps into progress reports, about one a second.
final class ProgressKeeper {
    private let plan: RunPlan
    private let firstStep: Int
    private let batchSize: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastReport: ContinuousClock.Instant
    private var sums: [String: Double] = [:]
    private var count = 0

    init(plan: RunPlan, firstStep: Int, batchSize: Int) {
        self.plan = plan
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
    func note(_ losses: [String: Double], step: Int, heldOutScore: Double?) -> TrainingProgress? {
        for (name, value) in losses { sums[name, default: 0] += value }
        count += 1
        guard step == plan.steps || clock.now - lastReport >= .seconds(1) else { return nil }
        let rate = imagesPerSecond(upTo: step)
        let report = TrainingProgress(
            step: step, steps: plan.steps, imagesPerSecond: rate,
            secondsLeft: Double((plan.steps - step) * batchSize) / max(rate, 1e-9) + plan.secondsToFinish,
            losses: sums.mapValues { $0 / Double(count) }, heldOutScore: heldOutScore)
        sums = [:]
        count = 0
        lastReport = clock.now
        return report
    }
}
