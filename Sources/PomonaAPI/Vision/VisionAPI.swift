import HTTPTypes
public import Hummingbird
import Logging
import NIOCore
public import PomonaDatasets
public import PomonaStore

/// Azure's Image Analysis 4.0 on top of a studio: datasets, custom models, evaluations and the analysis of photos.
///
/// ``addRoutes(to:)`` puts it on a router. The key of a request selects the Vision resource, and with it the resource group
/// whose things the request sees. A request is read (``VisionRequest``), its route found (``VisionRoute``), and then done by
/// the function of that operation in `Routes/`.
public struct VisionAPI: Sendable {
    /// Where it begins on the server.
    static let basePath = "/computervision"

    let store: Store
    let datasets: DatasetService
    let analyzer: any PhotoAnalyzing
    let settings: VisionAPISettings
    let photos: PhotoSource

    public init(
        store: Store, datasets: DatasetService, analyzer: any PhotoAnalyzing,
        settings: VisionAPISettings = VisionAPISettings()
    ) {
        self.store = store
        self.datasets = datasets
        self.analyzer = analyzer
        self.settings = settings
        photos = PhotoSource(store: store, settings: settings)
    }

    /// Adds everything below `/computervision` to a router, and `/openapi.json`, which describes it.
    public func addRoutes(to router: Router<APIRequestContext>) {
        for method in [HTTPRequest.Method.get, .put, .patch, .post, .delete] {
            for path in ["computervision", "computervision/**"] as [RouterPath] {
                router.on(path, method: method) { request, context in
                    await respond(to: request, from: context.remoteAddress, logger: context.logger)
                }
            }
        }
        router.get("openapi.json") { _, _ in Self.openAPI() }
    }

    /// Answers every request, with an error document where it must.
    func respond(to request: Request, from address: SocketAddress?, logger: Logger) async -> Response {
        var response: Response
        do {
            let resource = try await resource(request.headers)
            let call = try VisionRequest(request, from: address, overTLS: settings.isOverTLS, resource: resource)
            RequestTrace.take("\(Self.basePath): \(call.operation)")
            response = try await perform(call)
        } catch {
            response = Self.refusal(error, logger: logger)
        }
        Self.stamp(&response, for: request.headers)
        return response
    }

    /// The resource that a request's key opens. A bearer token is a key as well: clients that know only tokens can send one.
    private func resource(_ headers: HTTPFields) async throws -> VisionResource {
        var key = HTTPField.Name("Ocp-Apim-Subscription-Key").flatMap { headers[$0] }
        if key == nil, let authorization = headers[.authorization], authorization.lowercased().hasPrefix("bearer ") {
            key = String(authorization.dropFirst("bearer ".count).trimmingSpaces())
        }
        guard let key, !key.isEmpty, let resource = try await store.catalog.visionResource(withKey: key) else {
            throw VisionError.accessDenied
        }
        return resource
    }

    private func perform(_ request: VisionRequest) async throws -> Response {
        switch request.operation {
        case .createDataset: try await createDataset(request)
        case .dataset: try await dataset(request)
        case .updateDataset: try await updateDataset(request)
        case .deleteDataset: try await deleteDataset(request)
        case .listDatasets: try await listDatasets(request)
        case .createModel: try await createModel(request)
        case .model: try await model(request)
        case .deleteModel: try await deleteModel(request)
        case .cancelModel: try await cancelModel(request)
        case .listModels: try await listModels(request)
        case .createEvaluation: try await createEvaluation(request)
        case .evaluation: try await evaluation(request)
        case .deleteEvaluation: try await deleteEvaluation(request)
        case .listEvaluations: try await listEvaluations(request)
        case .analyze: try await analyze(request)
        case .createRun: try await createRun(request)
        case .run: try await run(request)
        case .deleteRun: try await deleteRun(request)
        case .listRuns: try await listRuns(request)
        case .matchPlanogram: try await matchPlanogram(request)
        case .rectify: try await rectify(request)
        case .stitch: try await stitch(request)
        }
    }
}
