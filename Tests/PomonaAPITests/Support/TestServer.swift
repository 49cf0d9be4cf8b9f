import Foundation
import Hummingbird
import Logging
import NIOCore
import PomonaAPI
import PomonaStore

/// Runs a server on a free port of this machine while `body` runs.
func withServer<Responder: HTTPResponder, Value: Sendable>(
    _ responder: Responder, _ body: @escaping @Sendable (_ port: Int) async throws -> Value
) async throws -> Value where Responder.Context == APIRequestContext {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test")
    logger.logLevel = .error
    let application = Application(
        responder: responder,
        server: .http1(configuration: .init(additionalChannelHandlers: [ContinueHandlers()])),
        configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) }, logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await application.run() }
        defer { group.cancelAll() }
        for await port in ports { return try await body(port) }
        throw CancellationError()
    }
}

/// A new store with a group and one account, gone afterwards.
func withStore<Value: Sendable>(
    _ body: @escaping @Sendable (Store, StorageAccount) async throws -> Value
) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pomona-api-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Store(opening: DataFolder(folder))
    defer { try? store.close() }
    let group = try await store.catalog.createGroup(named: "Orchard")
    let account = try await store.catalog.createAccount(named: "fruit", in: group.id)
    return try await body(store, account)
}
