import Foundation
import Hummingbird
import Logging
import PomonaAPI
import PomonaDatasets
import PomonaJobs
import PomonaStore

/// What a client needs to know of a running server.
struct VisionServer: Sendable {
    let store: Store
    let account: StorageAccount
    let resource: VisionResource

    /// Such as `http://127.0.0.1:40123`.
    let endpoint: String
    let blobEndpoint: String

    /// What every script of Tests/Clients for the Vision API is called with.
    var arguments: [String] {
        [endpoint, resource.keys.key1, blobEndpoint, account.name, account.keys.key1]
    }
}

/// Runs the Vision API and the Blob API on two ports, with a queue whose jobs are done by pixels.
func withVisionServer(_ body: @escaping @Sendable (VisionServer) async throws -> Void) async throws {
    try await withStore { store, account in
        let accounts = StoredBlobAccounts(store.catalog, allowsDevelopmentAccount: false)
        // Revisions hold the bytes of their photos, so the jobs need no blobs.
        let frozen = DatasetService(store: store)
        let queue = JobQueue(
            store: store,
            handlers: [
                JobKind.training.rawValue: PixelTraining(datasets: frozen),
                JobKind.evaluation.rawValue: PixelEvaluation(datasets: frozen),
            ], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let working = Task { await queue.run() }
        do {
            try await withServer(BlobAPI(store: store.blobs, accounts: accounts)) { blobPort in
                let authority = "127.0.0.1:\(blobPort)"
                let authorities: Set = [authority, "localhost:\(blobPort)"]
                let settings = VisionAPISettings(
                    blobEndpoint: "http://\(authority)", blobAuthorities: authorities,
                    remoteHosts: RemoteHosts(["localhost", "127.0.0.1:1", "metadata.invalid"]))
                let router = Router(context: APIRequestContext.self)
                let datasets = DatasetService(
                    store: store,
                    settings: .server(
                        store: store, blobAuthorities: authorities, remoteHosts: settings.remoteHosts))
                VisionAPI(
                    store: store, datasets: datasets, analyzer: PixelAnalyzer(), settings: settings
                ).addRoutes(to: router)
                let resource = try await store.catalog.visionResource(of: account.group)
                try await withServer(router.buildResponder()) { port in
                    try await body(
                        VisionServer(
                            store: store, account: account, resource: resource, endpoint: "http://127.0.0.1:\(port)",
                            blobEndpoint: "http://\(authority)"))
                }
            }
        } catch {
            working.cancel()
            await working.value
            throw error
        }
        working.cancel()
        await working.value
    }
}
