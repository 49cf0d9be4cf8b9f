import HTTPTypes
public import Hummingbird
import Logging
public import PomonaDatasets
public import PomonaStore
public import PomonaWeb

/// What the page in the browser calls (docs/studio-api.md), and the page itself.
///
/// ``addRoutes(to:)`` puts all of it on a router. A request's route is found in one table (``StudioRoute``), its person by
/// the cookie, and then the function of that route is called; what it throws becomes an answer in one place
/// (``StudioFailure``). Each part of the product adds its routes in a file of `Routes/` (labeling: `Labeling/`).
public struct StudioAPI: Sendable {
    /// Where it begins on the server.
    static let basePath = "/api/v1"

    public let store: Store
    public let datasets: DatasetService
    let analyzer: any PhotoAnalyzing
    let foundations: any FoundationProviding
    let machine: any MachineReporting
    let web: WebResources?
    let settings: StudioSettings
    let examiner: PhotoExaminer
    private let routes: StudioRouteTable

    /// - Parameters:
    ///   - analyzer: looks at photos with models.
    ///   - foundations: the weights that trainings can start from.
    ///   - machine: what this machine is and has.
    ///   - web: the page's files; `nil` where they were not found, which is then said in words.
    public init(
        store: Store, datasets: DatasetService, analyzer: any PhotoAnalyzing, foundations: any FoundationProviding,
        machine: any MachineReporting, web: WebResources?, settings: StudioSettings = StudioSettings()
    ) {
        self.store = store
        self.datasets = datasets
        self.analyzer = analyzer
        self.foundations = foundations
        self.machine = machine
        self.web = web
        self.settings = settings
        examiner = datasets.examiner
        routes = StudioRouteTable(Self.allRoutes)
    }

    /// Every route there is, part by part.
    private static var allRoutes: [StudioRoute] {
        sessionRoutes + eventRoutes + groupRoutes + storageRoutes + blobRoutes + datasetRoutes + photoRoutes
            + cocoFileRoutes + foundationRoutes + modelRoutes + evaluationRoutes + predictionRoutes + visionRoutes
            + jobRoutes + aboutRoutes + labelingRoutes
    }

    /// Adds everything below `/api/v1`, the sign-in link and the page to a router. The page answers every other `GET`, so
    /// a router prefers whatever else stands on it.
    public func addRoutes<Context: RequestContext>(to router: Router<Context>) {
        for method in [HTTPRequest.Method.get, .put, .patch, .post, .delete] {
            router.on("api/**", method: method) { request, context in
                await respond(to: request, logger: context.logger)
            }
        }
        addPage(to: router)
    }

    /// Looks at photos that came by other ways than the page, until the task is cancelled. The server runs it beside
    /// everything else; without it photos are looked at when somebody asks for them.
    public func run() async {
        await examiner.run()
    }

    /// Answers a request below `/api/`, with an error document where it must.
    func respond(to request: Request, logger: Logger) async -> Response {
        do {
            let (route, names) = try routes.route(of: request)
            RequestTrace.take(Self.basePath + route.path)
            let call = try await StudioCall(request, names: names, api: self, logger: logger)
            try call.check(route.access)
            return try await route.run(self, call)
        } catch {
            return StudioFailure.response(to: error, logger: logger)
        }
    }
}
