import Foundation
import PomonaAPI
import PomonaCore
import PomonaDatasets
import PomonaEvaluation
import PomonaJobs
import PomonaStore

/// Trains by taking over the labels of the training photos, and measures what ``PixelAnalyzer`` then finds on them.
struct PixelTraining: JobHandler {
    let datasets: DatasetService

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let payload = try job.body(TrainPayload.self)
        let store = datasets.store
        let labels = try await datasets.trainingSet(of: payload.trainingRevisions).set.labels
        // A budget of the longest kind stands for a training that somebody cancels.
        while payload.budgetSeconds > 1_000 * 3_600 {
            if context.isStopping { return .cancelled }
            try await Task.sleep(for: .milliseconds(10))
        }
        let file = context.folder.appending(path: "labels.json")
        try JSONEncoder().encode(labels).write(to: file)
        let model = try await store.catalog.addModelFile(
            file.path, role: "weights", ending: "json", to: payload.model, lease: context.lease)
        let measured = payload.evaluationRevision ?? payload.trainingRevisions[0]
        let performance = try await datasets.performance(of: model, on: measured)
        _ = try await store.catalog.updateModel(payload.model, lease: context.lease) { model in
            model.status = .succeeded
            model.trainingSeconds = 90
            model.performance = performance
        }
        return .succeeded
    }
}

/// Measures as ``PixelTraining`` does, and as the engine refuses labels that the model does not know.
struct PixelEvaluation: JobHandler {
    struct UnknownLabel: PomonaError {
        var label: String

        var code: String { "datasetAnnotationsInvalid" }
        var message: String { "The model does not know the label \"\(label)\"." }
        var kind: ErrorKind { .badData }
    }

    let datasets: DatasetService

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let store = datasets.store
        let payload = try job.body(EvaluatePayload.self)
        let evaluation = try await store.catalog.evaluation(payload.evaluation)
        let model = try await store.catalog.model(evaluation.model)
        let known = try model.files.first.map { file in
            try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: file.path)))
        }
        let labels = try await datasets.trainingSet(of: [payload.revision]).set.labels
        if let known, let label = labels.first(where: { !known.contains($0) }) { throw UnknownLabel(label: label) }
        let performance = try await datasets.performance(of: model, on: payload.revision)
        _ = try await store.catalog.updateEvaluation(payload.evaluation, lease: context.lease) { evaluation in
            evaluation.status = .succeeded
            evaluation.performance = performance
        }
        return .succeeded
    }
}

extension DatasetService {
    /// The figures of a model on the photos of a revision, as JSON.
    fileprivate func performance(of model: Model, on revision: DatasetRevision.ID) async throws -> String {
        let set = try await trainingSet(of: [revision]).set
        var results: [PhotoResult] = []
        for photo in set.photos {
            let bytes = try Array(Data(contentsOf: URL(filePath: photo.path)))
            let analysis = try await PixelAnalyzer().analyze(bytes, with: .custom(model), threshold: 0)
            let detections = (analysis.objects ?? []).compactMap { object in
                set.labels.firstIndex(of: object.tag).map {
                    Detection(label: $0, confidence: object.confidence, box: object.box)
                }
            }
            results.append(PhotoResult(annotations: photo.annotations, detections: detections))
        }
        let metrics = try DetectionEvaluator(labels: set.labels).evaluate(results)
        return String(decoding: try JSONEncoder().encode(ModelPerformance(metrics)), as: UTF8.self)
    }
}
