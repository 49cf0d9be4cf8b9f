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
/// one step does is ``DetectionSteps``', how good the model is says ``RunMeasuring``.
public final class DetectorTrainer {
    private let request: TrainingRequest
    private let report: (EngineEvent) -> Void
    private let shouldStop: () -> Bool
    private let clock = ContinuousClock()
    private let begin: ContinuousClock.Instant

    /// - Parameters:
    ///   - report: Hears of the plan and of progress.
    ///   - shouldStop: Asked before every step; a run told to stop saves the best so far.
    public init(
        _ request: TrainingRequest, report: @escaping (EngineEvent) -> Void, shouldStop: @escaping () -> Bool
    ) {
        self.request = request
        self.report = report
        self.shouldStop = shouldStop
        begin = clock.now
    }

    /// Trains, measures and writes the model.
    ///
    /// - Throws: ``TrainingError`` or the error of the stage that failed; then no model file is left behind.
    public func run() throws -> TrainingResult {
        let device = try ComputeDevice.resolve(request.device, threads: request.threads)
        let origin = try RunOrigin(request)
        let photos = try RunPhotos(request, inputSide: origin.input.size.width, report: report)
        let feeding = BatchSource(request: request, photos: photos, origin: origin)
        let checkpoints = try request.checkpointFolder.map { try Checkpoints(folder: $0, request, origin: origin) }
        let resumed = try request.resumes ? checkpoints?.load(matching: request, photos: photos) : nil
        var run = try resumed?.state ?? start(origin, photos, device, feeding)
        report(
            .planned(
                TrainingPlan(
                    steps: run.plan.total, batchSize: origin.recipe.batchSize,
                    trainingPhotos: photos.split.training.count, heldOutPhotos: photos.split.heldOut.count,
                    secondsPerStep: run.plan.secondsPerStep, device: device.rawValue)))

        let detector = try origin.makeDetector(seed: request.seed, device: device)
        let steps = try DetectionSteps(detector: detector, recipe: origin.recipe, input: origin.input)
        let model = DetectorModel(
            detector: detector,
            description: try ModelDescription(
                kind: .detector, labels: request.trainingSet.labels, architecture: origin.architecture,
                input: origin.input, provenance: Provenance(request, origin: origin, plan: run.plan).texts))
        let measuring = RunMeasuring(model: model, steps: steps, photos: photos, labels: request.trainingSet.labels)
        try resumed?.restore(steps)

        let progress = ProgressKeeper(firstStep: run.taken, batchSize: origin.recipe.batchSize)
        var pace = Pace(budget: request.budgetSeconds, isExact: request.steps != nil)
        var feeder = feeding.feeder(from: run.taken, run.plan, threads: device.feederThreads)
        defer { feeder.stop() }
        var wasInterrupted = false
        while !run.isAtEnd {
            if shouldStop() {
                wasInterrupted = true
                break
            }
            if pace.shortens(&run) {
                guard !run.isAtEnd else {
                    report(.notice("The budget is used up: the run ends after \(run.taken) steps."))
                    break
                }
                feeder.stop()
                feeder = feeding.feeder(from: run.taken, run.plan, threads: device.feederThreads)
                report(.notice("The machine is slower than at the start: \(run.plan.total) steps are what fits now."))
                continue
            }
            let parts = try steps.take(
                feeder.next(), learningRate: origin.recipe.learningRate(at: run.place),
                usesDistance: run.place.isWithin(last: origin.recipe.distanceShare))
            run.taken += 1
            if run.plan.isJudgement(after: run.taken) { run.judgement = try measuring.judge() }
            if run.taken == run.plan.steps, run.plan.finalSteps > 0 { run.heldOutResult = try measuring.result() }
            if let event = progress.note(parts, run) { report(.progress(event)) }
            if let checkpoints, checkpoints.isDue {
                try checkpoints.save(request, run, steps: steps, photos: photos)
            }
        }
        guard run.taken > 0 else { throw TrainingError.stoppedBeforeModel }
        if wasInterrupted, let checkpoints {
            try checkpoints.save(request, run, steps: steps, photos: photos)
        }
        let rate = progress.imagesPerSecond(upTo: run.taken)
        let evaluation = try run.heldOutResult ?? measuring.result()
        try steps.finish()
        try save(model, evaluation, steps: run.taken)
        if !wasInterrupted { checkpoints?.remove() }
        return TrainingResult(
            evaluation: evaluation, trainingSeconds: run.seconds, imagesPerSecond: rate, steps: run.taken,
            peakMemoryMB: ProcessMemory.peakMegabytes, foundation: request.foundation, seed: request.seed,
            wasInterrupted: wasInterrupted)
    }

    /// A run before its first step.
    private func start(
        _ origin: RunOrigin, _ photos: RunPhotos, _ device: Device, _ feeding: BatchSource
    ) throws -> RunState {
        let elapsed = { [clock, begin] in (clock.now - begin) / .seconds(1) }
        let plan = try RunPlanner(request: request, photos: photos, origin: origin, device: device, elapsed: elapsed)
            .plan(feeding)
        return RunState(plan: plan, secondsBefore: elapsed())
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
