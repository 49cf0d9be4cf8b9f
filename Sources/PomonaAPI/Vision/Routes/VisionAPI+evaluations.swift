import HTTPTypes
import Hummingbird
import PomonaJobs
import PomonaStore

extension VisionAPI {
    func createEvaluation(_ request: VisionRequest) async throws -> Response {
        let name = request.name("evaluation")
        try ResourceName.check(name, of: "evaluation")
        let model = try await found(model: request.name("name"), request)
        let object = try await request.object()
        let parameters = try object.required("evaluationParameters", try object.object("evaluationParameters"))
        let datasetName = try parameters.required("testDatasetName", try parameters.string("testDatasetName"))
        if (try? await store.catalog.evaluation(named: name, of: model.id)) != nil {
            throw VisionError.exists("Evaluation", name)
        }
        guard model.status == .succeeded else {
            throw StoreError.stateForbids(
                "model", named: model.name, state: model.status.rawValue, action: "evaluated")
        }
        let dataset = try await usable(dataset: datasetName, for: model.kind, request)
        let revision = try await frozen(dataset)
        let group = request.resource.group
        let evaluation = try await store.catalog.createEvaluation(
            named: name, of: model.id, on: dataset.id, revision: revision
        ) { id in
            try NewJob(
                .evaluation, title: "Evaluate \(model.name) on \(dataset.name)",
                subject: JobSubject(kind: "evaluation", row: id.rawValue),
                EvaluatePayload(evaluation: id, revision: revision), group: group, person: nil)
        }
        return try Self.json(EvaluationDocument(evaluation, modelName: model.name), status: .created)
    }

    func evaluation(_ request: VisionRequest) async throws -> Response {
        let (model, evaluation) = try await found(evaluation: request)
        return try Self.json(EvaluationDocument(evaluation, modelName: model.name))
    }

    func listEvaluations(_ request: VisionRequest) async throws -> Response {
        let model = try await found(model: request.name("name"), request)
        return try await Self.list(
            request, path: "/models/\(PercentCoding.encode(model.name))/evaluations",
            { EvaluationDocument($0, modelName: model.name) },
            fetch: { try await store.catalog.evaluations(of: model.id, skip: $0, limit: $1) })
    }

    func deleteEvaluation(_ request: VisionRequest) async throws -> Response {
        try await store.catalog.deleteEvaluation(try await found(evaluation: request).1.id)
        return Response(status: .noContent)
    }

    private func found(evaluation request: VisionRequest) async throws -> (Model, Evaluation) {
        let model = try await found(model: request.name("name"), request)
        let name = request.name("evaluation")
        do {
            return (model, try await store.catalog.evaluation(named: name, of: model.id))
        } catch StoreError.missing {
            throw VisionError.notFound("evaluation \"\(name.prefix(255))\" of the model \"\(model.name)\"")
        }
    }
}
