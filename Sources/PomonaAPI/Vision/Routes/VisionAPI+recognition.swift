import Foundation
import HTTPTypes
import Hummingbird
import PomonaStore

extension VisionAPI {
    /// The name by which clients know the model that needs no training.
    static let builtInRecognizer = "ms-pretrained-product-detection"

    /// Looks for products on a photo, and keeps what was found. The run is done with the answer.
    func createRun(_ request: VisionRequest) async throws -> Response {
        let (modelName, name) = (request.name("model"), request.name("run"))
        try ResourceName.check(name, of: "run")
        let group = request.resource.group
        if (try? await store.catalog.run(named: name, modelName: modelName, in: group)) != nil {
            throw VisionError.exists("Run", name)
        }
        let isBuiltIn = modelName.lowercased() == Self.builtInRecognizer
        let model: AnalysisModel = isBuiltIn ? .builtIn : .custom(try await trained(model: modelName, request))
        let threshold = isBuiltIn ? settings.featureThreshold : settings.customThreshold
        let analysis = try await look(try await photos.photo(request), with: model, threshold: threshold)
        let result = try JSONEncoder().encode(RecognitionDocument.Result(analysis))
        let run = try await store.catalog.createRun(
            named: name, modelName: modelName, result: String(decoding: result, as: UTF8.self), in: group)
        return try Self.json(RecognitionDocument(run), status: .created)
    }

    func run(_ request: VisionRequest) async throws -> Response {
        try Self.json(RecognitionDocument(try await found(run: request)))
    }

    func listRuns(_ request: VisionRequest) async throws -> Response {
        let modelName = request.name("model")
        return try await Self.list(
            request, path: "/productrecognition/\(PercentCoding.encode(modelName))/runs", RecognitionDocument.init,
            fetch: { skip, limit in
                try await store.catalog.runs(
                    modelName: modelName, in: request.resource.group, skip: skip, limit: limit)
            })
    }

    func deleteRun(_ request: VisionRequest) async throws -> Response {
        try await store.catalog.deleteRun(try await found(run: request).id)
        return Response(status: .noContent)
    }

    private func found(run request: VisionRequest) async throws -> RecognitionRun {
        let (modelName, name) = (request.name("model"), request.name("run"))
        do {
            return try await store.catalog.run(named: name, modelName: modelName, in: request.resource.group)
        } catch StoreError.missing {
            throw VisionError.notFound("run \"\(name.prefix(255))\" of the model \"\(modelName.prefix(255))\"")
        }
    }
}
