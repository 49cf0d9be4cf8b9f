import Foundation
import PomonaCore
import PomonaDatasets
import PomonaEngine
import PomonaJobs
import PomonaStore

/// Measures a model on a frozen dataset in an engine process.
struct EvaluateHandler: JobHandler {
    let store: Store
    let datasets: DatasetService
    /// `nil` where there was none at the start; it is looked for again then.
    let engine: EngineLocation?

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let payload = try job.body(EvaluatePayload.self)
        let evaluation = try await store.catalog.evaluation(payload.evaluation)
        let model = try await store.catalog.model(evaluation.model)
        guard let weights = model.files.first(where: { $0.role == "weights" }) else {
            throw HouseError.modelHasNoFile(model.name)
        }
        let input = try await datasets.trainingSet(of: [payload.revision])
        let request = EvaluationRequest(
            model: weights.path, evaluationSet: input.set,
            alreadySkipped: input.missing.map {
                SkippedPhoto(file: $0, reason: "it is not in the dataset's container")
            })
        try await context.report(JobProgress(fraction: 0, detail: "\(input.set.photos.count) photos"))
        let event = try await EngineProcess((engine ?? EngineLocation.find()).polite).answer(
            to: .evaluate(request), within: .seconds(300 + 5 * input.set.photos.count), stop: context.stop)
        guard case .evaluated(let result) = event else { throw EngineError.unexpected("no result") }
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let performance = String(decoding: try encoder.encode(result), as: UTF8.self)
        _ = try await store.catalog.updateEvaluation(evaluation.id, lease: context.lease) { row in
            row.performance = performance
            row.revision = payload.revision
            row.status = .succeeded
        }
        return .succeeded
    }
}
