import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaDatasets
import PomonaEngine
import PomonaEvaluation
import PomonaJobs
import PomonaStore

extension StudioAPI {
    static let evaluationRoutes: [StudioRoute] = [
        StudioRoute(.get, "/models/{model}/evaluations") { api, call in
            let evaluations = try await api.evaluations(of: try await api.model(call))
            return try StudioJSON.response(try StudioPage(call).list(of: evaluations) { $0 })
        },
        StudioRoute(.post, "/models/{model}/evaluations") { api, call in try await api.evaluate(call) },
        StudioRoute(.get, "/models/{model}/evaluations/{evaluation}") { api, call in
            try await api.evaluation(call)
        },
        StudioRoute(.delete, "/models/{model}/evaluations/{evaluation}") { api, call in
            guard call.word("evaluation") != StudioEvaluation.ownID else {
                throw StudioFailure.conflict("The figures of the training itself go with the model.", code: "inUse")
            }
            let evaluation = try await api.store.catalog.evaluation(try call.id("evaluation"))
            guard evaluation.model == (try call.id("model")) else {
                throw StudioFailure.missing("evaluation", call.word("evaluation"))
            }
            try await api.store.catalog.deleteEvaluation(evaluation.id)
            return StudioJSON.noContent
        },
    ]

    /// What the training itself measured, then what was measured later, without the metrics.
    func evaluations(of model: Model) async throws -> [StudioEvaluation] {
        let own = try await ownEvaluation(of: model)
        let others = try await store.catalog.evaluations(of: model.id, skip: 0, limit: 1_000)
        return (own.map { [$0] } ?? []) + others.map { document($0, group: model.group) }
    }

    private func ownEvaluation(of model: Model) async throws -> StudioEvaluation? {
        guard let result = EvaluationResult(stored: model.performance) else { return nil }
        let parameters = try ModelParameters(of: model)
        var dataset: StudioModel.DatasetPart?
        if result.evaluatedOn == .evaluation {
            let choice = parameters.choices?.evaluation
            dataset =
                choice.map { .init(id: $0.id.studioID, name: $0.name, revision: $0.version) }
                ?? parameters.evaluationDataset.map { .init(name: $0) }
        }
        return StudioEvaluation(
            id: StudioEvaluation.ownID, modelID: model.id.studioID, groupID: model.group.studioID, dataset: dataset,
            frozenID: result.evaluatedOn == .evaluation
                ? try await trainPayload(of: model)?.evaluationRevision?.description : nil,
            measured: result.evaluatedOn.rawValue, status: EvaluationStatus.succeeded.rawValue,
            createdAt: model.createdAt, finishedAt: model.modifiedAt, performance: result.performance)
    }

    func document(_ evaluation: Evaluation, group: ResourceGroup.ID) -> StudioEvaluation {
        StudioEvaluation(
            id: evaluation.id.studioID, modelID: evaluation.model.studioID, groupID: group.studioID,
            dataset: .init(id: evaluation.dataset?.studioID, name: evaluation.datasetName),
            frozenID: evaluation.revision?.description,
            measured: EvaluationResult.Measured.evaluation.rawValue, status: evaluation.status.rawValue,
            createdAt: evaluation.createdAt, finishedAt: evaluation.status.isFinal ? evaluation.modifiedAt : nil,
            performance: EvaluationResult(stored: evaluation.performance)?.performance,
            error: evaluation.failure.map(JobDocument.Failure.init), jobID: evaluation.job?.studioID)
    }

    private func evaluation(_ call: StudioCall) async throws -> Response {
        let model = try await model(call)
        var document: StudioEvaluation
        let result: EvaluationResult?
        var revisions: [DatasetRevision.ID] = []
        if call.word("evaluation") == StudioEvaluation.ownID {
            guard let own = try await ownEvaluation(of: model) else { throw StudioFailure.missing("evaluation", "own") }
            document = own
            result = EvaluationResult(stored: model.performance)
            revisions = try await measuredRevisions(of: model, result)
        } else {
            let evaluation = try await store.catalog.evaluation(try call.id("evaluation"))
            guard evaluation.model == model.id else {
                throw StudioFailure.missing("evaluation", call.word("evaluation"))
            }
            document = self.document(evaluation, group: model.group)
            result = EvaluationResult(stored: evaluation.performance)
            revisions = evaluation.revision.map { [$0] } ?? []
        }
        if let result {
            document.labels = result.labels
            document.detection = result.detection
            document.classification = result.classification
            document.skipped = result.skipped
            document.photos = try await photos(of: result, revisions)
        }
        return try StudioJSON.response(document)
    }

    /// What the training measured its model on.
    private func measuredRevisions(of model: Model, _ result: EvaluationResult?) async throws -> [DatasetRevision.ID] {
        guard let payload = try await trainPayload(of: model) else { return model.revision.map { [$0] } ?? [] }
        return result?.evaluatedOn == .evaluation
            ? payload.evaluationRevision.map { [$0] } ?? [] : payload.trainingRevisions
    }

    /// What the training was told; `nil` where its job is forgotten.
    private func trainPayload(of model: Model) async throws -> TrainPayload? {
        guard let id = model.job else { return nil }
        return try? await store.catalog.job(id).body(TrainPayload.self)
    }

    /// The photos that mistakes name, by their number among the measured ones.
    private func photos(
        of result: EvaluationResult, _ revisions: [DatasetRevision.ID]
    ) async throws -> [String: MeasuredPhoto] {
        let wanted = Set(
            (result.detection?.mistakes.map(\.photo) ?? []) + (result.classification?.mistakes.map(\.photo) ?? []))
        guard !wanted.isEmpty, !revisions.isEmpty else { return [:] }
        var photos: [String: MeasuredPhoto] = [:]
        for revision in revisions {
            let names = Set(wanted.filter { result.photos.indices.contains($0) }.map { result.photos[$0] })
            let frozen = try await datasets.trainingSet(of: [revision]).set
            let container = try await container(of: revision)
            let byName = Dictionary(
                frozen.photos.filter { names.contains($0.name) }.map { ($0.name, $0) },
                uniquingKeysWith: { first, _ in first })
            for number in wanted where result.photos.indices.contains(number) && photos["\(number)"] == nil {
                guard let photo = byName[result.photos[number]], let container,
                    let item = try await store.catalog.item(named: photo.name, in: container)
                else { continue }
                photos["\(number)"] = MeasuredPhoto(
                    blobID: item.id.studioID, name: photo.name, width: photo.size.width, height: photo.size.height,
                    annotations: photo.annotations.compactMap { annotation in
                        let name = frozen.labels[annotation.label]
                        return result.labels.firstIndex(of: name).map { .init(label: $0, box: annotation.box) }
                    }, detections: Self.found(in: number, result))
            }
        }
        return photos
    }

    private static func found(in photo: Int, _ result: EvaluationResult) -> [MeasuredPhoto.Found] {
        (result.detection?.mistakes ?? []).filter { $0.photo == photo && $0.kind != .missed }.compactMap {
            $0.detection.map { MeasuredPhoto.Found(label: $0.label, confidence: $0.confidence, box: $0.box) }
        }
    }

    private func container(of revision: DatasetRevision.ID) async throws -> BlobContainer.ID? {
        guard let dataset = try await store.catalog.revision(revision).dataset,
            let address = try await store.catalog.dataset(dataset).container
        else { return nil }
        return try await store.blobs.container(address).id
    }

    private func evaluate(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable { var datasetID: String }
        let body: Body = try await call.json()
        let model = try await model(call)
        guard model.status.isFinal, !model.files.isEmpty else {
            throw StudioFailure.conflict("The model \"\(model.name)\" is not trained (yet).")
        }
        guard let id = Dataset.ID(studioID: body.datasetID) else {
            throw StudioFailure.field("datasetID", "There is no such dataset.")
        }
        let dataset = try await store.catalog.dataset(id)
        guard (dataset.kind == .imageClassification) == (model.kind == .genericClassifier) else {
            throw StudioFailure.field(
                "datasetID", "The dataset \"\(dataset.name)\" is of another type than the model.", code: "incorrectKind"
            )
        }
        let revision = try await datasets.freeze(dataset.id)
        let names = Set(try await store.catalog.evaluations(of: model.id, skip: 0, limit: 10_000).map(\.name))
        var name = dataset.name
        var number = 1
        while names.contains(name) {
            number += 1
            name = "\(dataset.name) (\(number))"
        }
        let person = try call.person.id
        let evaluation = try await store.catalog.createEvaluation(
            named: name, of: model.id, on: dataset.id, revision: revision
        ) { id in
            try NewJob(
                .evaluation, title: "Evaluate \(model.name) on \(dataset.name)",
                subject: JobSubject(kind: "model", row: model.id.rawValue),
                EvaluatePayload(evaluation: id, revision: revision), group: model.group, person: person)
        }
        return try StudioJSON.response(document(evaluation, group: model.group), status: .created)
    }
}
