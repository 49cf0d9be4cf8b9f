import Foundation
import PomonaCore
import PomonaEngine
import PomonaTensor
import PomonaVision

/// What a run decides before its first step and keeps to the end.
struct RunPlan: Codable, Equatable {
    var steps: Int
    /// Measured before the first step.
    var secondsPerStep: Double
    /// What measuring and writing the finished model will take, by estimate.
    var secondsToFinish: Double
    /// Steps between two judgements.
    var judgementInterval: Int

    func isJudgement(after taken: Int) -> Bool {
        taken == steps || taken % judgementInterval == 0
    }
}

/// Fixes the number of steps from the recipe, and lowers it only where the budget cannot hold it.
struct RunPlanner {
    let request: TrainingRequest
    let photos: RunPhotos
    let origin: RunOrigin
    let device: Device
    /// Seconds since the run began.
    let elapsed: () -> Double

    /// Least steps that are worth calling training.
    private static let leastSteps = 10
    /// Share of the rest of the budget that is planned for: steps can turn out slower than measured.
    private static let plannedShare = 0.85

    func plan(_ source: BatchSource) throws -> RunPlan {
        let step = try measureStep(source)
        // A prediction costs about a quarter of a training step of as many photos.
        let perPhoto = step / Double(origin.recipe.batchSize) / 4
        let heldOut = perPhoto * Double(photos.split.heldOut.count)
        let finish = 1 + perPhoto * Double(photos.evaluation?.photos.count ?? photos.split.heldOut.count)
        let left = request.budgetSeconds - elapsed() - finish
        let minimum = elapsed() + finish + heldOut + Double(Self.leastSteps) * step
        guard request.budgetSeconds >= minimum else {
            throw TrainingError.notEnoughBudget(seconds: request.budgetSeconds, minimum: minimum)
        }
        let judging = heldOut * Double(origin.recipe.judgements)
        let affordable = Int((left - judging) * Self.plannedShare / step)
        let wanted =
            request.steps ?? origin.recipe.steps(photos: photos.split.training.count, start: origin.start)
        let steps = request.steps ?? max(Self.leastSteps, min(wanted, affordable))
        return RunPlan(
            steps: steps, secondsPerStep: step, secondsToFinish: finish,
            judgementInterval: max(
                min(steps, origin.recipe.leastStepsBetweenJudgements), steps / origin.recipe.judgements))
    }

    /// The time of one step, taken on a network that is thrown away. The first step also pays for memory and compiled
    /// kernels, so the fastest of the others counts.
    private func measureStep(_ source: BatchSource) throws -> Double {
        let schedule = LearningRateSchedule(peak: 1e-6, warmUpSteps: 1, steps: 4, finalShare: 1)
        let steps = try DetectionSteps(
            detector: origin.makeDetector(seed: request.seed, device: device), recipe: origin.recipe,
            schedule: schedule, input: origin.input)
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<3 {
            let batch = try source.batch(0, of: 1000)
            let begin = clock.now
            _ = try steps.take(batch, isPlain: false)
            times.append((clock.now - begin) / .seconds(1))
        }
        return times.dropFirst().min() ?? times[0]
    }
}
