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
        logger.logLevel = options.logLevel
        self.logger = logger
    }

    /// Serves until the program is told to end.
    ///
    /// - Parameter announce: called once both ports accept requests.
    func serve(announce: @escaping @Sendable (HouseAnnouncement, ServerCard) -> Void) async throws {
        let pass = try await CommandPass(store: store, logger: logger)
        do { try await serve(pass, announce: announce) } catch {
            await pass.withdraw()
            throw error
        }
        await pass.withdraw()
        try store.close()
    }

    private func serve(
        _ pass: CommandPass, announce: @escaping @Sendable (HouseAnnouncement, ServerCard) -> Void
    ) async throws {
        let defaults = try await DefaultResources.find(
            in: store, developmentAccount: options.allowsDevelopmentAccount)
        let hosts = AllowedHosts(host: options.host, others: options.names)
        // With port 0 the numbers are only known when the ports are open, and what the routes say depends on them; so free
        // ones are found first.
        let port = options.port == 0 ? try FreePort.find(on: options.host) : options.port
        let blobPort = options.blobPort == 0 ? try FreePort.find(on: options.host, besides: port) : options.blobPort
        let addresses = HouseAddresses(
            host: options.host, names: options.names, known: hosts.names, port: port, blobPort: blobPort,
            isOverTLS: options.tls != nil)
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
                JobKind.deletion.rawValue: DeletionHandler(store: store) { [store] in
                    try? await predictors.forgetDeletedModels(in: store)
                },
                JobKind.pull.rawValue: PullHandler(shelf: foundations.shelf),
            ], places: ["engine": 1, "deletion": 1], logger: logger)

        let announcement = try await announcement(defaults, addresses)
        let card = ServerCard(
            studio: addresses.local, session: pass.session, instance: routes.instance,
            certificates: options.tls.map { URL(filePath: $0.chain).standardizedFileURL.path })
        let open = Mutex(0)
        @Sendable func opened() {
            let isLast = open.withLock { count in
                count += 1
                return count == 2
            }
            guard isLast else { return }
            if options.leavesCard {
                do { try card.write(in: options.dataFolder.url) } catch {
                    logger.error("Commands will not find this server", metadata: ["error": "\(error)"])
                }
            }
            announce(announcement, card)
        }
        let server = try server()
        let studio = Application(
            responder: responder(routes.studioRouter().buildResponder(), hosts, port: "studio"),
            server: server,
            configuration: configuration(port: port), onServerRunning: { _ in opened() }, logger: logger)
        let blobs = Application(
            responder: responder(routes.blobs, hosts, port: "blob"), server: server,
            configuration: configuration(port: blobPort), onServerRunning: { _ in opened() }, logger: logger)
        // In its debug messages the group describes its services to the last key.
        var lifecycleLogger = logger
        lifecycleLogger.logLevel = max(.info, logger.logLevel)
        var services = ServiceGroupConfiguration(
            services: [
                studio, blobs, QueueService(queue: queue),
                SweepService(store: store, predictors: predictors, logger: logger),
                StudioService(studio: routes.studio), LabelingWatchService(labeling: labeling, logger: logger), pass,
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: lifecycleLogger)
        // Jobs have an end of their own within eight; this is for whoever keeps a connection open.
        services.maximumGracefulShutdownDuration = .seconds(9)
        let group = ServiceGroup(configuration: services)
        do { try await group.run() } catch let error as IOError {
            // It does not say which of the two it is about.
            let taken = [port, blobPort].first { !FreePort.isFree($0, on: options.host) } ?? port
            throw HouseError.portTaken(taken, reason: error.description)
        }
    }

    /// What answers on a port: requests for other hosts are refused, and all of them are counted and logged.
    private func responder<Responder: HTTPResponder>(
        _ responder: Responder, _ hosts: AllowedHosts, port: String
    ) -> ObservedResponder<HostCheckedResponder<Responder>> where Responder.Context == APIRequestContext {
        ObservedResponder(port: port, responder: HostCheckedResponder(hosts: hosts, responder: responder))
    }

    private func configuration(port: Int) -> ApplicationConfiguration {
        ApplicationConfiguration(address: .hostname(options.host, port: port), serverName: "Pomona")
    }

    private func server() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(configuration: .init(additionalChannelHandlers: [ContinueHandlers()]))
        guard let tls = options.tls else { return http }
        let chain = try Self.reading(tls.chain) { try NIOSSLCertificate.fromPEMFile($0) }
        let key = try Self.reading(tls.key) { try NIOSSLPrivateKey(file: $0, format: .pem) }
        return try .tls(
            http,
            tlsConfiguration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
    }

    /// - Throws: ``HouseError/tlsUnusable(_:reason:)``.
    private static func reading<Value>(_ path: String, _ body: (String) throws -> Value) throws -> Value {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw HouseError.tlsUnusable(path, reason: "it is not there, or not readable")
        }
        do { return try body(path) } catch { throw HouseError.tlsUnusable(path, reason: "\(error)") }
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

/// Clears up what earlier runs left, and every day what was to be kept for a time that is over.
private struct SweepService: Service {
    let store: Store
    let predictors: PredictorPool
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.resumeDeletions()
                    try await store.sweep()
                    try await predictors.forgetDeletedModels(in: store)
                } catch is CancellationError {
                    break
                } catch {
                    if Task.isCancelled { break }
                    logger.error("Clearing up failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(86_400))
            }
        }
        // A service that ends by itself would end the others.
        try? await gracefulShutdown()
    }
}
