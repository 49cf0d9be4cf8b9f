import HTTPTypes
import Hummingbird
import PomonaCOCO
import PomonaCore
import PomonaDatasets
import PomonaJobs
import PomonaStore

extension VisionAPI {
    /// Azure's limits for a training budget, in hours.
    static let budgetRange = 1...1344

    /// Makes a model and queues its training. Its datasets are frozen before there is a model, so whatever is wrong with
    /// them is told at once and nothing was changed.
    func createModel(_ request: VisionRequest) async throws -> Response {
        let name = request.name("name")
        try ResourceName.check(name, of: "model")
        let object = try await request.object()
        let training = try object.required("trainingParameters", try object.object("trainingParameters"))
        let kindText = try training.required("modelKind", try training.string("modelKind"))
        guard let kind = Model.Kind(wireName: kindText) else {
            throw training.wrong(
                "modelKind", found: "\"\(kindText.prefix(100))\"",
                expected: Model.Kind.allCases.map(\.wireName).joined(separator: ", "))
        }
        let hours = try training.required(
            "timeBudgetInHours", try training.integer("timeBudgetInHours", in: Self.budgetRange))
        let trainingName = try training.required("trainingDatasetName", try training.string("trainingDatasetName"))
        let evaluation = try object.object("evaluationParameters")
        let evaluationName = try evaluation?.string("testDatasetName")

        let group = request.resource.group
        if (try? await store.catalog.model(named: name, in: group)) != nil { throw VisionError.exists("Model", name) }
        let trainingSet = try await usable(dataset: trainingName, for: kind, request)
        let evaluationSet = try await optional(evaluationName) { try await usable(dataset: $0, for: kind, request) }
        let revision = try await frozen(trainingSet)
        let evaluationRevision = try await optional(evaluationSet) { try await frozen($0) }

        let budget = Double(hours) * 3600
        let parameters = ModelParameters(
            trainingDatasets: [trainingSet.name], evaluationDataset: evaluationSet?.name, budgetSeconds: budget)
        let new = NewModel(
            name: name, kind: kind, parameters: try parameters.text(),
            revisions: [revision, evaluationRevision].compactMap(\.self))
        let model = try await store.catalog.createModel(new, in: group) { id in
            try NewJob(
                .training, title: "Train \(name)", subject: JobSubject(kind: "model", row: id.rawValue),
                TrainPayload(
                    model: id, trainingRevisions: [revision], evaluationRevision: evaluationRevision,
                    budgetSeconds: budget),
                group: group, person: nil)
        }
        return try Self.json(ModelDocument(model), status: .created)
    }

    func model(_ request: VisionRequest) async throws -> Response {
        try Self.json(ModelDocument(try await found(model: request.name("name"), request)))
    }

    func listModels(_ request: VisionRequest) async throws -> Response {
        try await Self.list(
            request, path: "/models", ModelDocument.init,
            fetch: { try await store.catalog.models(in: request.resource.group, skip: $0, limit: $1) })
    }

    func deleteModel(_ request: VisionRequest) async throws -> Response {
        try await store.catalog.deleteModel(try await found(model: request.name("name"), request).id)
        return Response(status: .noContent)
    }

    /// Asks training to stop. It answers with the model, which the sample client insists on.
    func cancelModel(_ request: VisionRequest) async throws -> Response {
        let model = try await found(model: request.name("name"), request)
        if let job = model.job, !model.status.isFinal { _ = try await store.catalog.cancelJob(job) }
        return try Self.json(ModelDocument(try await store.catalog.model(model.id)), status: .accepted)
    }

    /// The model of a name in the group that the key opens.
    func found(model name: String, _ request: VisionRequest) async throws -> Model {
        do {
            return try await store.catalog.model(named: name, in: request.resource.group)
        } catch StoreError.missing {
            throw VisionError.notFound("model \"\(name.prefix(255))\"")
        }
    }

    /// A dataset that a model of a kind can learn from or be measured on.
    ///
    /// - Throws: `InvalidRequest`.
    func usable(dataset name: String, for kind: Model.Kind, _ request: VisionRequest) async throws -> Dataset {
        let dataset: Dataset
        do {
            dataset = try await store.catalog.dataset(named: name, in: request.resource.group)
        } catch StoreError.missing {
            throw VisionError.invalidRequest(
                "There is no dataset named \"\(name.prefix(255))\".", inner: .datasetNotFound)
        }
        guard dataset.kind == kind.datasetKind else {
            throw VisionError.invalidRequest(
                "The dataset \"\(name)\" is of the kind \(dataset.kind.annotationKind), and a \(kind.wireName) needs "
                    + "\(kind.datasetKind.annotationKind).", inner: .badArgument)
        }
        return dataset
    }

    /// The dataset as it stands.
    ///
    /// - Throws: `InvalidRequest` for whatever is wrong with its files.
    func frozen(_ dataset: Dataset) async throws -> DatasetRevision.ID {
        do {
            return try await datasets.freeze(dataset.id)
        } catch let error as any PomonaError {
            guard [.usage, .badData, .missing, .conflict].contains(error.kind) else { throw error }
            throw VisionError.invalidRequest(
                "The dataset \"\(dataset.name)\" cannot be used: \(error.message)", inner: Self.inner(of: error))
        }
    }

    private static let emptiness: Set<COCORule> = [.noImages, .noCategories, .noBoxes, .noTags]

    private static func inner(of error: any PomonaError) -> VisionError.Inner {
        // A file without images, tags or boxes is sound, and says nothing.
        if case COCOError.invalid(_, let findings) = error {
            let isEmpty = findings.contains { $0.severity == .error && Self.emptiness.contains($0.rule) }
            return isEmpty ? .datasetEmpty : .datasetAnnotationsInvalid
        }
        return switch error.code {
        case "datasetNotFound": .datasetNotFound
        case "datasetEmpty": .datasetEmpty
        default: .datasetCorrupt
        }
    }

    private func optional<Value, Result>(
        _ value: Value?, _ body: (Value) async throws -> Result
    ) async throws -> Result? {
        guard let value else { return nil }
        return try await body(value)
    }
}
