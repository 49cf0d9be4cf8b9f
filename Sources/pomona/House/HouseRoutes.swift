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
    private let vision: VisionAPI

    init(
        store: Store, datasets: DatasetService, predictors: PredictorPool, addresses: HouseAddresses,
        remoteHosts: RemoteHosts, foundations: HouseFoundations, machine: HouseMachine, options: HouseOptions
    ) {
        let isOverTLS = options.tls != nil
        blobs = BlobAPI(
            store: store.blobs,
            accounts: StoredBlobAccounts(store.catalog, allowsDevelopmentAccount: options.allowsDevelopmentAccount),
            settings: BlobAPISettings(
                authorities: addresses.blobAuthorities, allowedOrigins: [addresses.studio], isOverTLS: isOverTLS,
                remoteHosts: remoteHosts))
        vision = VisionAPI(
            store: store, datasets: datasets, analyzer: predictors,
            settings: VisionAPISettings(
                blobEndpoint: addresses.blobEndpoint, blobAuthorities: addresses.blobAuthorities,
                remoteHosts: remoteHosts))
        studio = StudioAPI(
            store: store, datasets: datasets, analyzer: predictors, foundations: foundations, machine: machine,
            web: WebResources.find(),
            settings: StudioSettings(
                studioEndpoint: addresses.studio, blobEndpoint: addresses.blobEndpoint, isOverTLS: isOverTLS))
    }

    /// The studio's port: its page and interface, the Vision API, and what watches over the server.
    func studioRouter() -> Router<APIRequestContext> {
        let router = Router(context: APIRequestContext.self)
        router.get("health") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(string: #"{"status":"ok","version":"\#(ProgramVersion.current)"}"#)))
        }
        vision.addRoutes(to: router)
        studio.addRoutes(to: router)
        return router
    }
}
