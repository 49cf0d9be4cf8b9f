import Foundation
public import PomonaCore
public import PomonaJobs
public import PomonaStore

/// The inference experiment: asks the model of the training before it for labels of all photos of the project.
///
/// What is not labeled gets suggestions; what is labeled is only compared. Photos that were done before the program ended
/// are simply asked again.
public struct InferenceHandler: JobHandler {
    /// How many photos are written down together.
    private static let batch = 16

    private let service: LabelingService
    private let model: any LabelSuggesting

    public init(service: LabelingService, model: any LabelSuggesting) {
        self.service = service
        self.model = model
    }

    public func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let payload = try job.body(InferencePayload.self)
        let catalog = service.catalog
        let project = try await catalog.project(payload.project)
        let experiment = try await catalog.experiment(payload.experiment)
        guard let trained = try await trainedModel(of: experiment, context) else { return .cancelled }
        guard let words = ModelWords(trained) else { throw AssistanceError.noModel }
        let judge = SuggestionJudge(project: project, words: words)
        let tasks = try await catalog.tasks(in: project.id).tasks
        let novelty = try await Novelty(tasks, catalog)
        var (inferences, preLabeled, unreadable) = ([TaskInference](), 0, 0)
        for (index, task) in tasks.enumerated() {
            if context.isStopping { return .cancelled }
            do {
                let photo = try await bytes(of: task, in: project)
                let found = try await model.suggestions(for: photo, from: trained, threshold: judge.least)
                inferences.append(judge.inference(on: task, found, novelty: novelty[task.id] ?? 0))
            } catch let error as any PomonaError where error.kind == .badData || error.kind == .missing {
                // One photo that cannot be read keeps no other from its suggestions.
                unreadable += 1
            }
            guard inferences.count == Self.batch || index == tasks.count - 1 else { continue }
            preLabeled += try await catalog.keepInferences(inferences, in: project.id, lease: context.lease)
            inferences = []
            try await context.report(
                JobProgress(
                    fraction: Double(index + 1) / Double(tasks.count), detail: "photo \(index + 1) of \(tasks.count)"))
        }
        let open = tasks.count(where: \.state.isQueued)
        var summary = "\(open) \(open == 1 ? "photo" : "photos"), \(preLabeled) pre-labeled"
        if !judge.thresholds.isEmpty { summary += ", \(judge.thresholdWords)" }
        if unreadable > 0 { summary += ", \(unreadable) unreadable" }
        try await catalog.setSummary(summary, of: experiment.id)
        return .succeeded
    }

    /// The model that the training of the same number made, once that is over; `nil` where this job is to stop before.
    private func trainedModel(of experiment: Experiment, _ context: JobContext) async throws -> Model? {
        let catalog = service.catalog
        let ticks = catalog.changes.ticks()
        var ended = ticks.makeAsyncIterator()
        while true {
            guard let id = experiment.model else { throw AssistanceError.noModel }
            let model = try await catalog.model(id)
            switch model.status {
            case .succeeded: return model
            case .failed: throw AssistanceError.trainingFailed(model.failure?.message)
            case .cancelled: throw AssistanceError.trainingCancelled
            case .notStarted, .training, .cancelling:
                if context.isStopping { return nil }
                // Its own lease is renewed by the queue, which is a change as well: the wait never lasts.
                guard await ended.next() != nil else { return nil }
            }
        }
    }

    private func bytes(of task: LabelingTask, in project: LabelingProject) async throws -> [UInt8] {
        let reading = try await service.store.blobs.read(try service.catalog.address(of: task, in: project))
        return try await reading.bytes.collected(upTo: service.settings.importLimit)
    }
}

/// Why an inference experiment could not be made.
public enum AssistanceError: PomonaError {
    case noModel
    case trainingFailed(String?)
    case trainingCancelled

    public var code: String {
        switch self {
        case .noModel: "modelMissing"
        case .trainingFailed: "trainingFailed"
        case .trainingCancelled: "trainingCancelled"
        }
    }

    public var message: String {
        switch self {
        case .noModel: "The model of the training experiment is not there any more."
        case .trainingFailed(let reason): "The training before it failed\(reason.map { ": \($0)" } ?? ".")"
        case .trainingCancelled: "The training before it was cancelled."
        }
    }

    public var kind: ErrorKind { .conflict }
}
