import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaEngine
import PomonaEvaluation
import PomonaExport
import PomonaJobs
import PomonaModel
import PomonaStore

extension StudioAPI {
    static let modelRoutes: [StudioRoute] = [
        StudioRoute(.get, "/groups/{group}/models") { api, call in
            let page = try StudioPage(call)
            let group = try await api.store.catalog.group(try call.id("group"))
            let (models, total) = try await api.store.catalog.newestModels(
                in: group.id, skip: page.offset, limit: page.limit)
            var list = StudioList<StudioModel>(items: [], total: total, offset: page.offset)
            for model in models { list.items.append(try await api.document(model)) }
            return try StudioJSON.response(list)
        },
        StudioRoute(.post, "/groups/{group}/models:estimate") { api, call in
            let body: TrainingWish = try await call.json()
            return try StudioJSON.response(try await api.estimate(body, in: try call.id("group")))
        },
        StudioRoute(.post, "/groups/{group}/models") { api, call in try await api.createModel(call) },
        StudioRoute(.get, "/models/{model}") { api, call in
            try StudioJSON.response(try await api.detailedDocument(try await api.model(call)))
        },
        StudioRoute(.patch, "/models/{model}") { api, call in
            let body: TypedName = try await call.json()
            let model = try await api.store.catalog.renameModel(try call.id("model"), to: body.name)
            return try StudioJSON.response(try await api.document(model))
        },
        StudioRoute(.delete, "/models/{model}") { api, call in
            let model = try await api.model(call)
            let typed: OptionalName = try await call.json()
            if let name = typed.name { try TypedName(name: name).check(against: model.name, of: "model") }
            try await api.store.catalog.deleteModel(model.id)
            return StudioJSON.noContent
        },
        StudioRoute(.post, "/models/{model}:cancel") { api, call in
            let model = try await api.model(call)
            if let job = model.job, !model.status.isFinal { _ = try await api.store.catalog.cancelJob(job) }
            return try StudioJSON.response(
                try await api.document(try await api.store.catalog.model(model.id)), status: .accepted)
        },
        StudioRoute(.get, "/models/{model}/curves") { api, call in
            struct Answer: Encodable { var points: [CurvePoint] }
            let points = try await api.points(of: try await api.model(call))
            return try StudioJSON.response(Answer(points: Self.thinned(points, to: 1_000)))
        },
        StudioRoute(.get, "/models/{model}/log") { api, call in
            let lines = try await api.lines(of: try await api.model(call))
            return try StudioJSON.response(try StudioPage(call).list(of: lines) { $0 })
        },
        StudioRoute(.get, "/models/{model}/download") { api, call in try await api.download(call) },
    ]

    private struct OptionalName: Decodable { var name: String? }

    /// The model that the path names.
    func model(_ call: StudioCall) async throws -> Model { try await store.catalog.model(try call.id("model")) }

    // MARK: Documents

    func document(_ model: Model) async throws -> StudioModel {
        let parameters = try ModelParameters(of: model)
        let job: Job? = if let id = model.job { try? await store.catalog.job(id) } else { nil }
        let result = EvaluationResult(stored: model.performance)
        let weights = model.files.first { $0.role == "weights" }
        let labels = result?.labels ?? []
        let choices = parameters.choices
        return StudioModel(
            id: model.id.studioID, groupID: model.group.studioID, name: model.name, kind: model.kind.studioWord,
            status: model.status.rawValue, isBuiltIn: false, labels: labels.isEmpty ? choices?.labels ?? [] : labels,
            createdAt: model.createdAt, startedAt: job?.startedAt,
            finishedAt: model.status.isFinal ? job?.finishedAt ?? model.modifiedAt : nil,
            budgetSeconds: parameters.budgetSeconds, trainingSeconds: model.trainingSeconds,
            foundation: choices?.foundationID.map {
                StudioModel.FoundationPart(id: $0, name: choices?.foundationName ?? $0)
            },
            trainingDatasets: choices?.training.map(Self.part)
                ?? parameters.trainingDatasets.map { StudioModel.DatasetPart(name: $0) },
            evaluationDataset: choices?.evaluation.map(Self.part)
                ?? parameters.evaluationDataset.map { StudioModel.DatasetPart(name: $0) },
            evaluatedOn: result?.evaluatedOn.rawValue, performance: result?.performance,
            error: model.failure.map(JobDocument.Failure.init), latest: model.progress.flatMap(Self.point),
            wasInterrupted: model.status == .cancelled && weights != nil, bytes: weights?.length,
            evaluationID: result == nil ? nil : StudioEvaluation.ownID, jobID: model.job?.studioID)
    }

    private static func part(_ dataset: ModelParameters.Choices.DatasetVersion) -> StudioModel.DatasetPart {
        StudioModel.DatasetPart(id: dataset.id.studioID, name: dataset.name, revision: dataset.version)
    }

    private static func point(_ text: String) -> CurvePoint? {
        try? JSONDecoder().decode(CurvePoint.self, from: Data(text.utf8))
    }

    /// With what only the page of the one model shows.
    private func detailedDocument(_ model: Model) async throws -> StudioModel {
        var document = try await document(model)
        document.evaluations = try await evaluations(of: model)
        if let weights = model.files.first(where: { $0.role == "weights" }) {
            let head = ModelFileHead(path: weights.path)
            document.recipe = head?.recipe
            document.provenance = head?.provenance
        }
        return document
    }

    // MARK: Curves and log

    private func history(of model: Model) async throws -> [JobEvent] {
        guard let job = model.job else { return [] }
        var events: [JobEvent] = []
        while true {
            let more = try await store.catalog.events(of: job, after: events.last?.id, limit: 5_000)
            events += more
            if more.count < 5_000 { return events }
        }
    }

    private func points(of model: Model) async throws -> [CurvePoint] {
        // A run that went on from a checkpoint takes some steps a second time; the later ones count.
        var points: [CurvePoint] = []
        for event in try await history(of: model) where event.kind == "point" {
            guard let point = Self.point(event.body) else { continue }
            while let last = points.last, last.step >= point.step { points.removeLast() }
            points.append(point)
        }
        return points
    }

    private static func thinned(_ points: [CurvePoint], to limit: Int) -> [CurvePoint] {
        guard points.count > limit else { return points }
        return (0..<limit).map { points[$0 * (points.count - 1) / (limit - 1)] }
    }

    private func lines(of model: Model) async throws -> [LogLine] {
        try await history(of: model).compactMap(LogLine.init)
    }

    private func download(_ call: StudioCall) async throws -> Response {
        let model = try await model(call)
        let format = try call.choice("format", default: ModelFormat.safetensors)
        guard let weights = model.files.first(where: { $0.role == "weights" }) else {
            throw StudioFailure(
                .notFound, "notFound", "The model \"\(model.name)\" has no file.",
                hint: model.status.isFinal ? nil : "It is there when the training has ended.")
        }
        let bytes: [UInt8] =
            switch format {
            case .safetensors: try await Self.contents(of: weights.path)
            case .onnx: try await Self.exported(weights.path)
            }
        return Self.file(
            bytes, name: "\(model.name).\(format.rawValue)", mediaType: "application/octet-stream")
    }

    private enum ModelFormat: String, CaseIterable { case safetensors, onnx }

    @concurrent private static func exported(_ path: String) async throws -> [UInt8] {
        [UInt8](try ONNXExport.data(of: try SafetensorsFile(path: path)))
    }

    @concurrent private static func contents(of path: String) async throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}

extension LogLine {
    /// `nil` for an event that is no line of a log.
    init?(_ event: JobEvent) {
        struct Body: Decodable {
            var level: String
            var text: String
        }
        guard event.kind == "log", let body = try? JSONDecoder().decode(Body.self, from: Data(event.body.utf8)) else {
            return nil
        }
        self.init(at: event.createdAt, level: body.level, text: body.text)
    }
}
