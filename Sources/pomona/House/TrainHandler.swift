import Foundation
import PomonaCore
import PomonaDatasets
import PomonaEngine
import PomonaJobs
import PomonaModel
import PomonaStore

/// Trains a model in an engine process, from a frozen dataset to the model's file and figures.
struct TrainHandler: JobHandler {
    let store: Store
    let datasets: DatasetService
    /// `nil` where there was none at the start; it is looked for again then.
    let engine: EngineLocation?
    let foundations: HouseFoundations

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let payload = try job.body(TrainPayload.self)
        let model = try await store.catalog.model(payload.model)
        let output = context.folder.appending(path: "model.safetensors").path
        var request = try await request(payload, model, in: context.folder, output: output)
        if request.resumes { try await context.goesOn(from: Self.place(in: request)) }
        let reporter = TrainingFeed(context, store: store, model: model.id)
        await reporter.log("info", "Training on \(request.trainingSet.photos.count) photos begins.")

        let result: TrainingResult
        do { result = try await train(request, reporter, context) } catch let error as Failure
            where error.code == "checkpointUnusable" && request.resumes
        {
            // Such as after a foundation was replaced: another start, so another training.
            await reporter.log("warning", "The training begins again. \(error.message)")
            request.resumes = false
            result = try await train(request, reporter, context)
        }
        if result.wasInterrupted, context.stopReason != .cancelled {
            // A word to all processes of a group may reach the engine before this program heard of its own end.
            guard context.stopReason != nil else { throw EngineError.stoppedElsewhere }
            // The program ends: what there is lies in the checkpoint, and the next program goes on from it.
            return .cancelled
        }
        try await keep(result, output: output, of: model.id, payload, context)
        await reporter.log("info", "Trained \(result.steps) steps in \(Int(result.trainingSeconds)) s.")
        return result.wasInterrupted ? .cancelled : .succeeded
    }

    private func train(
        _ request: TrainingRequest, _ reporter: TrainingFeed, _ context: JobContext
    ) async throws -> TrainingResult {
        let event = try await EngineProcess((engine ?? EngineLocation.find()).polite).answer(
            to: .train(request), within: Self.limit(request), stop: context.stop
        ) {
            await reporter.hear($0)
        }
        guard case .trained(let result) = event else { throw EngineError.unexpected("no result") }
        return result
    }

    /// The engine keeps its budget by itself; this is for one that hangs.
    private static func limit(_ request: TrainingRequest) -> Duration { .seconds(request.budgetSeconds * 1.5 + 300) }

    private func request(
        _ payload: TrainPayload, _ model: Model, in folder: URL, output: String
    ) async throws -> TrainingRequest {
        let training = try await datasets.trainingSet(of: payload.trainingRevisions)
        var evaluation: FrozenTrainingSet?
        if let revision = payload.evaluationRevision {
            evaluation = try await datasets.trainingSet(of: [revision])
        }
        let checkpoint = folder.appending(path: "checkpoint").path
        func skipped(_ set: FrozenTrainingSet?) -> [SkippedPhoto] {
            (set?.missing ?? []).map { SkippedPhoto(file: $0, reason: "it is not in the dataset's container") }
        }
        return TrainingRequest(
            kind: model.kind == .genericClassifier ? .classifier : .detector, trainingSet: training.set,
            evaluationSet: evaluation?.set,
            alreadySkipped: AlreadySkipped(training: skipped(training), evaluation: skipped(evaluation)),
            foundation: try foundations.path(of: foundation(of: payload, model, in: folder)),
            budgetSeconds: payload.budgetSeconds,
            steps: payload.steps, seed: payload.seed, checkpointFolder: checkpoint,
            resumes: FileManager.default.fileExists(atPath: Self.checkpoint(in: checkpoint)), output: output)
    }

    /// The id of the weights to start from. A choice that was left to the server is made once: another that is offered first
    /// later is another start.
    private func foundation(of payload: TrainPayload, _ model: Model, in folder: URL) -> String {
        if let named = payload.foundation { return named }
        let note = folder.appending(path: "foundation")
        if let chosen = try? String(contentsOf: note, encoding: .utf8) { return chosen }
        let chosen = foundations.defaultID(for: model.kind == .genericClassifier ? .classifier : .detector)
        try? chosen.write(to: note, atomically: true, encoding: .utf8)
        return chosen
    }

    private static func checkpoint(in folder: String) -> String { folder + "/checkpoint.safetensors" }

    /// A checkpoint is written only after further steps, so its time tells one place from another.
    private static func place(in request: TrainingRequest) throws -> String {
        let path = checkpoint(in: request.checkpointFolder ?? "")
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return "\(date?.timeIntervalSince1970 ?? 0)"
    }

    private func keep(
        _ result: TrainingResult, output: String, of model: Model.ID, _ payload: TrainPayload, _ context: JobContext
    ) async throws {
        _ = try await store.catalog.addModelFile(
            output, role: "weights", ending: "safetensors", to: model, lease: context.lease)
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let performance = String(decoding: try encoder.encode(result.evaluation), as: UTF8.self)
        _ = try await store.catalog.updateModel(model, lease: context.lease) { row in
            row.performance = performance
            row.trainingSeconds = result.trainingSeconds
            row.revision = payload.trainingRevisions.first
            if !result.wasInterrupted { row.status = .succeeded }
        }
    }
}

/// Writes what a running engine says to the job's history and the model's row, a few times a second at most.
actor TrainingFeed {
    private let context: JobContext
    private let store: Store
    private let model: Model.ID
    private let clock = ContinuousClock()
    private let begin: ContinuousClock.Instant
    private var waiting: [NewJobEvent] = []
    private var progress: JobProgress?
    private var lastWrite: ContinuousClock.Instant?
    private static let interval = Duration.milliseconds(500)

    /// A point of the training curves, as the studio shows it.
    struct Point: Codable {
        var step: Int
        var steps: Int
        var seconds: Double
        var imagesPerSecond: Double
        var secondsLeft: Double
        var losses: [String: Double]
        var heldOutScore: Double?
    }

    struct Line: Codable {
        var level: String
        var text: String
    }

    init(_ context: JobContext, store: Store, model: Model.ID) {
        self.context = context
        self.store = store
        self.model = model
        begin = clock.now
    }

    func hear(_ event: EngineEvent) async {
        switch event {
        case .notice(let text): await log("warning", text)
        case .planned(let plan):
            let heldOut =
                plan.heldOutPhotos > 0 ? ", \(plan.heldOutPhotos) measure the model before they teach as well" : ""
            await log(
                "info",
                "\(plan.steps) steps of \(plan.batchSize) photos on \(plan.device), about "
                    + "\(String(format: "%.2f", plan.secondsPerStep)) s each; \(plan.trainingPhotos) photos teach\(heldOut)."
            )
        case .progress(let progress): await add(progress)
        default: break
        }
    }

    func log(_ level: String, _ text: String) async {
        append("log", Line(level: level, text: text))
        await write()
    }

    private func add(_ progress: TrainingProgress) async {
        let seconds = (clock.now - begin) / .seconds(1)
        let point = Point(
            step: progress.step, steps: progress.steps, seconds: seconds, imagesPerSecond: progress.imagesPerSecond,
            secondsLeft: progress.secondsLeft, losses: progress.losses.filter(\.value.isFinite),
            heldOutScore: progress.heldOutScore)
        append("point", point)
        self.progress = JobProgress(
            fraction: Double(progress.step) / Double(max(1, progress.steps)),
            detail: "step \(progress.step) of \(progress.steps)", secondsLeft: progress.secondsLeft)
        if lastWrite.map({ clock.now - $0 >= Self.interval }) ?? true { await write() }
    }

    private func append(_ kind: String, _ body: some Encodable) {
        guard let data = try? JSONEncoder().encode(body) else { return }
        waiting.append(NewJobEvent(kind: kind, body: String(decoding: data, as: UTF8.self)))
    }

    /// A failure to write is left to the next call, or to the lease's own renewal to notice.
    private func write() async {
        let events = waiting
        waiting = []
        lastWrite = clock.now
        do {
            try await context.report(progress, events: events)
            if let point = events.last(where: { $0.kind == "point" }) {
                _ = try await store.catalog.updateModel(model, lease: context.lease) { $0.progress = point.body }
            }
        } catch {
            waiting = events + waiting
        }
    }
}
