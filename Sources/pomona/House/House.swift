import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import Metrics
import NIOCore
import NIOSSL
import PomonaAPI
import PomonaDatasets
import PomonaEngine
import PomonaFoundations
import PomonaJobs
import PomonaLabeling
import PomonaStore
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The server: one data folder, the studio with the Vision API on one port, the Blob API on another, and the queue.
struct House {
    private let options: HouseOptions
    private let store: Store
    private let logger: Logger
    private let metrics = PrometheusRegistry()

    /// Opens the data folder.
    ///
    /// - Throws: `StoreError`.
    init(_ options: HouseOptions) throws {
        self.options = options
        store = try Store(opening: options.dataFolder)
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        MetricsSystem.bootstrap(metrics)
        var logger = Logger(label: "pomona")
        logger.logLevel = options.isQuiet ? .critical : .info
        self.logger = logger
    }

    /// Serves until the program is told to end.
    ///
    /// - Parameter announce: called once both ports accept requests.
    func serve(announce: @escaping @Sendable (HouseAnnouncement) -> Void) async throws {
        let defaults = try await DefaultResources.find(
            in: store, developmentAccount: options.allowsDevelopmentAccount)
        let hosts = AllowedHosts(host: options.host, others: options.names)
        // With port 0 the numbers are only known when the ports are open, and what the routes say depends on them; so free
        // ones are found first.
        let port = options.port == 0 ? try FreePort.find(on: options.host) : options.port
        let blobPort = options.blobPort == 0 ? try FreePort.find(on: options.host) : options.blobPort
        let addresses = HouseAddresses(
            host: options.host, names: hosts.names, port: port, blobPort: blobPort, isOverTLS: options.tls != nil)
        let remoteHosts = RemoteHosts(options.remoteHosts)
        let datasets = DatasetService(
            store: store,
            settings: .server(
                store: store, blobAuthorities: addresses.blobAuthorities, remoteHosts: remoteHosts,
                isOverTLS: options.tls != nil))
        // Without an engine photos can be stored, labelled and looked at all the same; what needs it says that it is missing.
        let engine = try? EngineLocation.find()
        let foundations = HouseFoundations(
            library: FoundationLibrary(shelf: FoundationShelf(folder: options.dataFolder.path + "/foundations")),
            store: store, foundation: options.foundation, builtInModel: options.builtInModel)
        let predictors = PredictorPool(
            cacheFolder: options.dataFolder.path + "/derived/prediction",
            builtInModel: { foundations.builtInPath })
        let routes = HouseRoutes(
            store: store, datasets: datasets, predictors: predictors, addresses: addresses, remoteHosts: remoteHosts,
            foundations: foundations,
            machine: HouseMachine(folder: options.dataFolder, engine: engine, predictors: predictors),
            metrics: metrics, options: options)
        let labeling = LabelingService(store: store, datasets: datasets)
        let queue = JobQueue(
            store: store,
            handlers: [
                JobKind.training.rawValue: TrainHandler(
                    store: store, datasets: datasets, engine: engine, foundations: foundations),
                JobKind.evaluation.rawValue: EvaluateHandler(store: store, datasets: datasets, engine: engine),
                JobKind.inference.rawValue: InferenceHandler(
                    service: labeling, model: PooledSuggestions(predictors: predictors)),
                JobKind.sample.rawValue: SampleHandler(store: store),
                JobKind.deletion.rawValue: DeletionHandler(store: store),
                JobKind.pull.rawValue: PullHandler(shelf: foundations.shelf),
            ], places: ["engine": 1, "deletion": 1], logger: logger)

        let announcement = try await announcement(defaults, addresses)
        let owner = try await store.catalog.owner()
        let link = try await store.catalog.makeSignInLink(for: owner.id, validFor: .seconds(60))
        let session = try await store.catalog.signIn(withLink: link, validFor: .seconds(400 * 86_400))
        try ServerCard(studio: addresses.studio, session: session.token).write(in: options.dataFolder.url)
        defer { ServerCard.remove(in: options.dataFolder.url) }
        let open = Mutex(0)
        @Sendable func opened() {
            let isLast = open.withLock { count in
                count += 1
                return count == 2
            }
            if isLast { announce(announcement) }
        }
        let server = try server()
        let studio = Application(
            responder: HostCheckedResponder(hosts: hosts, responder: routes.studioRouter().buildResponder()),
            server: server,
            configuration: configuration(port: port), onServerRunning: { _ in opened() }, logger: logger)
        let blobs = Application(
            responder: HostCheckedResponder(hosts: hosts, responder: routes.blobs), server: server,
            configuration: configuration(port: blobPort), onServerRunning: { _ in opened() }, logger: logger)
        var services = ServiceGroupConfiguration(
            services: [
                studio, blobs, QueueService(queue: queue), SweepService(store: store, logger: logger),
                StudioService(studio: routes.studio), LabelingWatchService(labeling: labeling, logger: logger),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Jobs have an end of their own within eight; this is for whoever keeps a connection open.
        services.maximumGracefulShutdownDuration = .seconds(9)
        let group = ServiceGroup(configuration: services)
        do { try await group.run() } catch let error as IOError {
            throw HouseError.portTaken(port, reason: error.description)
        }
        try store.close()
    }

    private func configuration(port: Int) -> ApplicationConfiguration {
        ApplicationConfiguration(address: .hostname(options.host, port: port), serverName: "Pomona")
    }

    private func server() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(configuration: .init(additionalChannelHandlers: [ContinueHandlers()]))
        guard let tls = options.tls else { return http }
        let chain = try NIOSSLCertificate.fromPEMFile(tls.chain).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
        return try .tls(
            http, tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }

    private func announcement(_ defaults: DefaultResources, _ addresses: HouseAddresses) async throws
        -> HouseAnnouncement
    {
        let owner = try await store.catalog.owner()
        let token = try await store.catalog.makeSignInLink(for: owner.id, validFor: .seconds(86_400))
        let key = defaults.account.keys.key1
        let endpoint = addresses.blobEndpoint + "/" + defaults.account.name
        return HouseAnnouncement(
            studio: addresses.studio, signInLink: "\(addresses.studio)/sign-in?token=\(token)",
            visionEndpoint: addresses.studio, visionKey: defaults.vision.keys.key1, blobEndpoint: endpoint,
            accountName: defaults.account.name, accountKey: key,
            connectionString: "DefaultEndpointsProtocol=\(addresses.scheme);AccountName=\(defaults.account.name);"
                + "AccountKey=\(key);BlobEndpoint=\(endpoint);")
    }
}

/// Under which addresses a server is reached.
struct HouseAddresses: Sendable {
    let scheme: String
    let studio: String
    let blobEndpoint: String
    /// Hosts with ports under which the Blob API is known.
    let blobAuthorities: Set<String>

    init(host: String, names: Set<String>, port: Int, blobPort: Int, isOverTLS: Bool) {
        scheme = isOverTLS ? "https" : "http"
        // Whoever listens everywhere is best reached from here by the loopback address.
        let shown = ["0.0.0.0", "::", "[::]"].contains(host) ? "127.0.0.1" : host
        studio = "\(scheme)://\(shown):\(port)"
        blobEndpoint = "\(scheme)://\(shown):\(blobPort)"
        blobAuthorities = Set(names.map { "\($0):\(blobPort)" })
    }
}

/// Runs the queue as long as the server runs; jobs are asked to stop when it ends, and go on at the next start.
private struct QueueService: Service {
    let queue: JobQueue

    func run() async throws {
        await cancelWhenGracefulShutdown { await queue.run() }
    }
}

/// Looks at photos as they come by other ways than the page.
private struct StudioService: Service {
    let studio: StudioAPI

    func run() async throws {
        await cancelWhenGracefulShutdown { await studio.run() }
        try? await gracefulShutdown()
    }
}

/// Clears up what earlier runs left, and once a day what is over.
private struct SweepService: Service {
    let store: Store
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.resumeDeletions()
                    try await store.sweep()
                } catch is CancellationError {
                    break
                } catch {
                    logger.error("Clearing up failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(86_400))
            }
        }
        // A service that ends by itself would end the others.
        try? await gracefulShutdown()
    }
}
