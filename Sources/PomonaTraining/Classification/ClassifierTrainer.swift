import Foundation
import PomonaCore
public import PomonaEngine
import PomonaEvaluation
import PomonaModel
import PomonaTensor
import PomonaVision

/// Trains one classifier from a request: a foundation's backbone as it is, and a linear layer over its features.
///
/// The backbone looks at every photo a few times in different views, which takes nearly all of the time; the linear layer
/// is then fitted to what it saw, its penalty and its confidence chosen by cross-validation. Where no evaluation set is given,
/// a part of the photos is held out from that fit and judges it; then the layer is fitted once more to all of them. The scores
/// of such a model, and what its result and its file say of them, are those of the first fit.
public final class ClassifierTrainer {
    private let request: TrainingRequest
    private let report: (EngineEvent) -> Void
    private let shouldStop: () -> Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// Rounds over all photos; large sets need fewer views of each.
    private static let mostRounds = 8
    private static let enoughViews = 4000
    /// Share of the budget after which no further round begins.
    private static let lookingShare = 0.6

    /// - Parameters:
    ///   - report: Hears of the plan and of progress.
    ///   - shouldStop: Asked before every batch; a run told to stop makes a model of what it has seen of every photo.
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
        let labels = request.trainingSet.labels
        let origin = try RunOrigin(request)
        guard let foundation = origin.foundation else { throw TrainingError.classifierWithoutFoundation }
        let photos = try ClassificationPhotos(request, inputSide: origin.input.size.width, report: report)
        let classifier = try Classifier(
            architecture: origin.architecture, classCount: labels.count, seed: request.seed, device: device)
        try foundation.load(into: classifier)
        try classifier.parameters.fold()
        classifier.parameters.setNormalization(.running)

        let rounds = FeatureRounds(
            classifier: classifier, photos: photos, input: origin.input, known: try foundation.knownClasses(),
            seed: request.seed)
        let looking = try look(rounds, photos, device: device)
        let fits = try fit(looking, heldOut: Set(photos.split.heldOut))
        classifier.parameters.unfold()
        func setHead(_ probe: LinearProbe) throws {
            let layer = rounds.layer(probe)
            try classifier.setHead(weight: layer.weight, bias: layer.bias)
        }
        try setHead(fits.judged)
        let model = ClassifierModel(
            classifier: classifier,
            description: ModelDescription(
                kind: .classifier, labels: labels, architecture: origin.architecture, input: origin.input,
                provenance: try provenance(looking)))
        let evaluation = try measure(model, photos)
        try setHead(fits.final)
        try save(model, evaluation)
        return TrainingResult(
            evaluation: evaluation, trainingSeconds: elapsed(), imagesPerSecond: looking.imagesPerSecond,
            steps: looking.batches, peakMemoryMB: ProcessMemory.peakMegabytes, foundation: request.foundation,
            seed: request.seed, wasInterrupted: looking.wasInterrupted)
    }

    /// What the backbone saw.
    private struct Looking {
        var examples: ProbeExamples
        var isPlain: [Bool] = []
        var rounds = 0
        var batches = 0
        var imagesPerSecond = 0.0
        var wasInterrupted = false
    }

    private func look(_ rounds: FeatureRounds, _ photos: ClassificationPhotos, device: Device) throws -> Looking {
        let wanted =
            request.steps.map { max(1, $0 / max(1, rounds.batchesPerRound)) }
            ?? max(2, min(Self.mostRounds, Self.enoughViews / max(1, photos.training.photos.count)))
        let total = wanted * rounds.batchesPerRound
        var looking = Looking(examples: ProbeExamples(featureCount: rounds.featureCount))
        let begin = clock.now
        var roundSeconds = 0.0
        while looking.rounds < wanted {
            let roundBegin = clock.now
            var round = Looking(examples: ProbeExamples(featureCount: rounds.featureCount))
            for number in 0..<rounds.batchesPerRound {
                if shouldStop() { looking.wasInterrupted = true }
                if looking.wasInterrupted { break }
                let (features, positions) = try rounds.batch(number, round: looking.rounds)
                round.examples.features += features
                round.examples.labels += positions.map(photos.training.tag)
                round.examples.photos += positions
                round.isPlain += positions.map { _ in looking.rounds == 0 }
                looking.batches += 1
                let seconds = (clock.now - begin) / .seconds(1)
                looking.imagesPerSecond = Double(looking.batches * FeatureRounds.batchSize) / max(seconds, 1e-3)
                if looking.batches == 1 {
                    try plan(total, rounds, photos, batchSeconds: seconds, device: device)
                }
                report(
                    .progress(
                        TrainingProgress(
                            step: looking.batches, steps: total, imagesPerSecond: looking.imagesPerSecond,
                            secondsLeft: seconds / Double(looking.batches) * Double(total - looking.batches),
                            losses: [:], heldOutScore: nil)))
            }
            if looking.wasInterrupted { break }
            looking.examples.features += round.examples.features
            looking.examples.labels += round.examples.labels
            looking.examples.photos += round.examples.photos
            looking.isPlain += round.isPlain
            looking.rounds += 1
            roundSeconds = (clock.now - roundBegin) / .seconds(1)
            if elapsed() + roundSeconds > request.budgetSeconds * Self.lookingShare, request.steps == nil { break }
        }
        guard looking.rounds > 0 else { throw TrainingError.stoppedBeforeModel }
        return looking
    }

    /// Says what is planned once the first batch has shown how fast this machine is.
    private func plan(
        _ total: Int, _ rounds: FeatureRounds, _ photos: ClassificationPhotos, batchSeconds: Double, device: Device
    ) throws {
        // One round over all photos, measuring, and the fits.
        let least = elapsed() + batchSeconds * Double(rounds.batchesPerRound + 1 + photos.measuredCount / 16) + 2
        guard request.budgetSeconds >= least else {
            throw TrainingError.notEnoughBudget(seconds: request.budgetSeconds, minimum: least)
        }
        report(
            .planned(
                TrainingPlan(
                    steps: total, batchSize: FeatureRounds.batchSize, trainingPhotos: photos.split.training.count,
                    heldOutPhotos: photos.split.heldOut.count, secondsPerStep: batchSeconds, device: device.rawValue)))
    }

    /// - Returns: The layer that was fitted without what is held out, and the one fitted to all photos; the same where nothing
    ///   is held out.
    private func fit(_ looking: Looking, heldOut: Set<Int>) throws -> (judged: LinearProbe, final: LinearProbe) {
        // The operations are so small that threads would mostly wait for each other.
        try TensorRuntime.setThreadCount(1)
        defer {
            try? TensorRuntime.setThreadCount(request.threads ?? ProcessInfo.processInfo.activeProcessorCount)
        }
        let count = request.trainingSet.labels.count
        let all = looking.examples
        let isTaught = all.photos.map { !heldOut.contains($0) }
        let taught = all.selecting { isTaught[$0] }
        let tuning = try ProbeTuning(
            taught, classCount: count, seed: request.seed,
            isPlain: zip(looking.isPlain, isTaught).filter(\.1).map(\.0)
        ) {
            if shouldStop(), !looking.wasInterrupted { throw TrainingError.stoppedBeforeModel }
        }
        func probe(_ examples: ProbeExamples) throws -> LinearProbe {
            try LinearProbe(examples, classCount: count, penalty: tuning.penalty).cooled(by: tuning.temperature)
        }
        let judged = try probe(taught)
        return (judged, heldOut.isEmpty ? judged : try probe(all))
    }

    /// The finished model on the evaluation set, else on the held-out part, else on what it was trained on.
    private func measure(_ model: ClassifierModel, _ photos: ClassificationPhotos) throws -> EvaluationResult {
        let labels = request.trainingSet.labels
        let isHeldOut = !photos.split.heldOut.isEmpty
        let (library, positions, place): (PhotoLibrary, [Int], EvaluationResult.Measured) =
            if let evaluation = photos.evaluation {
                (evaluation, Array(evaluation.photos.indices), .evaluation)
            } else if isHeldOut {
                (photos.plain, photos.split.heldOut, .heldOut)
            } else {
                (photos.plain, photos.split.training, .training)
            }
        let metrics = try ClassifierMeasuring(library: library, labels: labels).metrics(model, positions: positions)
        return EvaluationResult(
            evaluatedOn: place, classification: metrics, photos: positions.map { library.photos[$0].name },
            skipped: photos.skipped)
    }

    private func provenance(_ looking: Looking) throws -> [String: String] {
        [
            "program": "pomona \(ProgramVersion.current)",
            "recipe": "{\"head\":\"linear\",\"rounds\":\(looking.rounds)}",
            "steps": "\(looking.batches)", "stepsTaken": "\(looking.batches)", "seed": "\(request.seed)",
            "foundation": request.foundation.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "none",
            "dataset": try Provenance.hash(request.trainingSet), "statistics": "folded",
        ]
    }

    private func save(_ model: ClassifierModel, _ evaluation: EvaluationResult) throws {
        var description = model.description
        if let metrics = evaluation.classification {
            description.provenance["metrics"] = try Provenance.json(ModelPerformance(metrics))
            description.provenance["evaluatedOn"] = evaluation.evaluatedOn.rawValue
        }
        try ClassifierModel(classifier: model.classifier, description: description).save(to: request.output)
    }

    /// Seconds since the run began.
    private func elapsed() -> Double {
        (clock.now - start) / .seconds(1)
    }
}

extension ClassificationPhotos {
    /// Photos that the finished model is measured on.
    fileprivate var measuredCount: Int { evaluation?.photos.count ?? split.heldOut.count }
}
