import Foundation
import HTTPTypes
import Hummingbird
import PomonaAPI
import PomonaCore
import PomonaDatasets
import PomonaStore
import PomonaWeb

/// What the two ports answer.
struct HouseRoutes {
    let blobs: BlobAPI
    let studio: StudioAPI
    /// A word of this run, by which a command knows that it is this server that answers.
    let instance = UUID().uuidString.lowercased()
    private let vision: VisionAPI
    private let metrics: PrometheusRegistry
    private let store: Store

    init(
        store: Store, datasets: DatasetService, predictors: PredictorPool, addresses: HouseAddresses,
        remoteHosts: RemoteHosts, foundations: HouseFoundations, machine: HouseMachine,
        metrics: PrometheusRegistry, options: HouseOptions
    ) {
        let isOverTLS = options.tls != nil
        self.metrics = metrics
        self.store = store
        blobs = BlobAPI(
            store: store.blobs,
            accounts: StoredBlobAccounts(store.catalog, allowsDevelopmentAccount: options.allowsDevelopmentAccount),
            settings: BlobAPISettings(
                authorities: addresses.blobAuthorities, allowedOrigins: addresses.origins, isOverTLS: isOverTLS,
                remoteHosts: remoteHosts))
        vision = VisionAPI(
            store: store, datasets: datasets, analyzer: predictors,
            settings: VisionAPISettings(
                blobEndpoint: addresses.blobEndpoint, blobAuthorities: addresses.blobAuthorities,
                remoteHosts: remoteHosts, isOverTLS: isOverTLS))
        studio = StudioAPI(
            store: store, datasets: datasets, analyzer: predictors, foundations: foundations, machine: machine,
            web: WebResources.find(),
            settings: StudioSettings(
                studioEndpoint: addresses.studio, blobEndpoint: addresses.blobEndpoint, isOverTLS: isOverTLS))
    }

    /// The studio's port: its page and interface, the Vision API, and what watches over the server.
    func studioRouter() -> Router<APIRequestContext> {
        let router = Router(context: APIRequestContext.self)
        let health =
            #"{"status":"ok","version":"\#(ProgramVersion.current)","instance":"\#(instance)"}"#
        router.get("health") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: health)))
        }
        router.get("metrics") { [metrics, store] _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text(with: try await Self.gauges(store)))))
        }
        vision.addRoutes(to: router)
        studio.addRoutes(to: router)
        return router
    }

    /// What is looked up only when somebody asks: the queue, and this process' memory.
    private static func gauges(
        _ store: Store
    ) async throws -> [(name: String, labels: [(String, String)], value: Double)] {
        var gauges: [(name: String, labels: [(String, String)], value: Double)] = []
        for state in [JobState.queued, .running] {
            let count = try await store.catalog.jobs(in: nil, states: [state], skip: 0, limit: 0).total
            gauges.append((name: "pomona_jobs", labels: [("state", state.rawValue)], value: Double(count)))
        }
        if let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        {
            let bytes = pages * Double(sysconf(Int32(_SC_PAGESIZE)))
            gauges.append((name: "process_resident_memory_bytes", labels: [], value: bytes))
        }
        return gauges
    }
}
