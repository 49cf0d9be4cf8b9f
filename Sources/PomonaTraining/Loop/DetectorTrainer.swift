import Foundation
import PomonaCore
public import PomonaEngine
import PomonaEvaluation
import PomonaModel
import PomonaTensor
import PomonaVision

/// Trains one detector from a request: the whole run from photos to a model file.
///
/// Read ``run()`` from top to bottom: it is the training loop. What it decides before the first step is ``RunPlan``'s, what
/// one step does is ``DetectionSteps``', who is best is ``BestKeeper``'s.
public final class DetectorTrainer {
    private let request: TrainingRequest
    private let report: (EngineEvent) -> Void
    private let shouldStop: () -> Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var earlierSeconds = 0.0

    /// - Parameters:
    ///   - report: Hears of the plan and of progress.
    ///   - shouldStop: Asked before every step; a run told to stop saves the best so far.
    public init(
        _ request: TrainingRequest, report: @escaping (EngineEvent) -> Void, shouldStop: @escaping () -> Bool
    ) {
        self.request = request
        self.report = report
        self.shouldStop = shouldStop
        start = clock.now
    }

    /// Trains, measures and writes the model.
    ///
    /// - Throws: ``TrainingError`` or the error of the stage that failed; then no model file is left behind.
    public func run() throws -> TrainingResult {
        let device = try ComputeDevice.resolve(request.device, threads: request.threads)
        let origin = try RunOrigin(request, labelCount: request.trainingSet.labels.count)
        let photos = try RunPhotos(request, inputSide: origin.input.size.width, report: report)
        let feeding = BatchSource(request: request, photos: photos, origin: origin)
        let checkpoints = request.checkpointFolder.map { Checkpoints(folder: $0) }
        let resumed = try request.resumes ? checkpoints?.load(matching: request, photos: photos) : nil
        earlierSeconds = checkpoints?.earlierSeconds ?? 0
        let plan =
            try resumed?.plan
            ?? RunPlanner(request: request, photos: photos, origin: origin, device: device, elapsed: elapsed)
            .plan(feeding)
        report(
            .planned(
                TrainingPlan(
                    steps: plan.steps, batchSize: origin.recipe.batchSize, trainingPhotos: photos.split.training.count,
                    heldOutPhotos: photos.split.heldOut.count, secondsPerStep: plan.secondsPerStep,
                    device: device.rawValue)))

        let detector = try origin.makeDetector(seed: request.seed, device: device)
        let schedule = LearningRateSchedule(
            peak: origin.recipe.learningRate, warmUpSteps: origin.recipe.warmUpSteps, steps: plan.steps,
            finalShare: origin.recipe.finalLearningRateShare)
        let steps = try DetectionSteps(
            detector: detector, recipe: origin.recipe, schedule: schedule, input: origin.input)
        let model = DetectorModel(
            detector: detector,
            description: try ModelDescription(
                kind: .detector, labels: request.trainingSet.labels, architecture: origin.architecture,
                input: origin.input, provenance: Provenance(request, origin: origin, plan: plan).texts))
        let judge = DetectorMeasuring(library: photos.training, labels: request.trainingSet.labels)
        let best = BestKeeper(patience: origin.recipe.patience)
        try resumed?.restore(steps, best)

        let firstStep = resumed?.step ?? 0
        let feeder = feeding.feeder(steps: firstStep..<plan.steps, of: plan.steps)
        defer { feeder.stop() }
        let progress = ProgressKeeper(plan: plan, firstStep: firstStep, batchSize: origin.recipe.batchSize)
        var wasInterrupted = false
        var taken = firstStep
        while taken < plan.steps {
            if shouldStop() {
                wasInterrupted = true
                break
            }
            let isOverdue = elapsed() + plan.secondsToFinish > request.budgetSeconds
            if isOverdue || best.hasRunOutOfPatience { break }
            let parts = try steps.take(feeder.next(), isPlain: feeding.isPlain(taken, of: plan.steps))
            taken += 1
            if plan.isJudgement(after: taken), !photos.split.heldOut.isEmpty {
                let metrics = try steps.averaged { try judge.metrics(model, positions: photos.split.heldOut) }
                try best.offer(steps.average, metrics: metrics, step: taken)
            }
            if let event = progress.note(parts, step: taken, heldOutScore: best.lastScore) { report(.progress(event)) }
            if let checkpoints, checkpoints.isDue {
                try checkpoints.save(request, plan: plan, step: taken, steps: steps, best: best, photos: photos)
            }
        }
        guard taken > 0 else { throw TrainingError.stoppedBeforeModel }
        if wasInterrupted, let checkpoints {
            try checkpoints.save(request, plan: plan, step: taken, steps: steps, best: best, photos: photos)
        }
        let rate = progress.imagesPerSecond(upTo: taken)
        try best.finish(into: detector, average: steps.average)
        let evaluation = try measure(model, photos)
        try save(model, evaluation, steps: taken)
        if !wasInterrupted { checkpoints?.remove() }
        return TrainingResult(
            evaluation: evaluation, trainingSeconds: elapsed(), imagesPerSecond: rate, steps: taken,
            peakMemoryMB: ProcessMemory.peakMegabytes, foundation: request.foundation, seed: request.seed,
            wasInterrupted: wasInterrupted)
    }

    /// Seconds since the run began, those before the checkpoint that it goes on from among them.
    private func elapsed() -> Double {
        earlierSeconds + (clock.now - start) / .seconds(1)
    }

    /// The finished model on the evaluation set, else on the held-out part, else on what it was trained on.
    private func measure(_ model: DetectorModel, _ photos: RunPhotos) throws -> EvaluationResult {
        try model.detector.parameters.fold()
        defer { model.detector.parameters.unfold() }
        model.detector.parameters.setNormalization(.running)
        let labels = request.trainingSet.labels
        if let evaluation = photos.evaluation {
            let metrics = try DetectorMeasuring(library: evaluation, labels: labels)
                .metrics(model, positions: Array(evaluation.photos.indices))
            return EvaluationResult(
                evaluatedOn: .evaluation, detection: metrics, photos: evaluation.photos.map(\.name),
                skipped: photos.skipped)
        }
        let isHeldOut = !photos.split.heldOut.isEmpty
        let positions = isHeldOut ? photos.split.heldOut : photos.split.training
        let metrics = try DetectorMeasuring(library: photos.training, labels: labels)
            .metrics(model, positions: positions)
        return EvaluationResult(
            evaluatedOn: isHeldOut ? .heldOut : .training, detection: metrics,
            photos: positions.map { photos.training.photos[$0].name }, skipped: photos.skipped)
    }

    private func save(_ model: DetectorModel, _ evaluation: EvaluationResult, steps: Int) throws {
        var description = model.description
        description.provenance["stepsTaken"] = "\(steps)"
        if let metrics = evaluation.detection {
            description.provenance["metrics"] = try Provenance.json(ModelPerformance(metrics))
            description.provenance["evaluatedOn"] = evaluation.evaluatedOn.rawValue
        }
        try DetectorModel(detector: model.detector, description: description).save(to: request.output)
    }
}
