import Foundation
import PomonaCore
import PomonaEngine
import PomonaTensor
import PomonaVision

/// What a run decides before its first step and, but for a machine that becomes slower, keeps to the end.
///
/// A run has one part where an evaluation set measures the model. Where held-out photos do, it has two: they are measured
/// after the first, and teach with the others in the second.
struct RunPlan: Codable, Equatable {
    /// Steps of the first part.
    var steps: Int
    /// Steps of the second part; 0 where nothing is held out.
    var finalSteps: Int
    /// Measured before the first step.
    var secondsPerStep: Double
    /// What measuring and writing the finished model will take, by estimate.
    var secondsToFinish: Double
    /// Steps between two judgements.
    var judgementInterval: Int

    var total: Int { steps + finalSteps }

    /// Where a step stands in its part of the run.
    struct Place {
        /// Counts from 0 in each part.
        var step: Int
        /// Steps of the part.
        var steps: Int
        /// Whether all photos teach.
        var isFinal: Bool

        /// Whether the step belongs to a share at the part's end.
        func isWithin(last share: Double) -> Bool { Double(step) >= Double(steps) * (1 - share) }
    }

    func place(of step: Int) -> Place {
        step < steps
            ? Place(step: step, steps: steps, isFinal: false)
            : Place(step: step - steps, steps: finalSteps, isFinal: true)
    }

    /// Whether the first part's model is judged after so many steps.
    func isJudgement(after taken: Int) -> Bool {
        taken <= steps && (taken == steps || taken % judgementInterval == 0)
    }

    /// Makes the run shorter, so that it still ends as a run should: with a low rate and photos as they are.
    ///
    /// - Parameters:
    ///   - taken: Steps taken.
    ///   - affordable: Steps that the budget still holds.
    mutating func shorten(after taken: Int, to affordable: Int) {
        let left = total - taken
        guard affordable < left, left > 0 else { return }
        if taken >= steps {
            finalSteps = taken - steps + affordable
        } else {
            let share = Double(affordable) / Double(left)
            finalSteps = Int(Double(finalSteps) * share)
            steps = taken + max(min(1, affordable), affordable - finalSteps)
        }
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
        let judged = perPhoto * Double(photos.judged.positions.count)
        let finish = 1 + perPhoto * Double(photos.evaluation?.photos.count ?? photos.split.heldOut.count)
        let left = request.budgetSeconds - elapsed() - finish
        let minimum = elapsed() + finish + judged + Double(Self.leastSteps) * step
        guard request.budgetSeconds >= minimum else {
            throw TrainingError.notEnoughBudget(seconds: request.budgetSeconds, minimum: minimum)
        }
        let judging = judged * Double(origin.recipe.judgements)
        let affordable = Int((left - judging) * Self.plannedShare / step)
        let finalShare = photos.split.heldOut.isEmpty ? 0 : origin.recipe.finalStepShare
        let wanted = origin.recipe.steps(photos: photos.split.labeledCount, start: origin.start)
        let total =
            request.steps
            ?? max(Self.leastSteps, min(Int((Double(wanted) * (1 + finalShare)).rounded()), affordable))
        let finalSteps = Int(Double(total) * finalShare / (1 + finalShare))
        let steps = total - finalSteps
        return RunPlan(
            steps: steps, finalSteps: finalSteps, secondsPerStep: step, secondsToFinish: finish,
            judgementInterval: max(
                min(steps, origin.recipe.leastStepsBetweenJudgements), steps / origin.recipe.judgements))
    }

    /// The time of one step, taken on a network that is thrown away. The first step also pays for memory and compiled
    /// kernels, so the fastest of the others counts.
    private func measureStep(_ source: BatchSource) throws -> Double {
        let steps = try DetectionSteps(
            detector: origin.makeDetector(seed: request.seed, device: device), recipe: origin.recipe,
            input: origin.input)
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<3 {
            let batch = try source.batch(0, at: RunPlan.Place(step: 0, steps: 1000, isFinal: false))
            let begin = clock.now
            _ = try steps.take(batch, learningRate: 1e-6, usesDistance: false)
            times.append((clock.now - begin) / .seconds(1))
        }
        return times.dropFirst().min() ?? times[0]
    }
}
