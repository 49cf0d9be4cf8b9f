import Foundation
import Logging
import PomonaStore

/// A server that a command starts for itself, on free ports of this machine, where none runs. Others are not told of it,
/// because it ends with the command.
final class OwnHouse: Sendable {
    let card: ServerCard
    private let task: Task<Void, any Error>

    /// - Throws: `StoreError.folderInUse` while another program has the folder open.
    static func start(in folder: URL) async throws -> OwnHouse {
        let house = try House(
            HouseOptions(
                dataFolder: DataFolder(folder), host: "127.0.0.1", port: 0, blobPort: 0, names: [], tls: nil,
                remoteHosts: [], builtInModel: nil, foundation: nil, allowsDevelopmentAccount: false,
                logLevel: .critical, leavesCard: false))
        let (announced, continuation) = AsyncStream.makeStream(of: ServerCard.self)
        let task = Task {
            defer { continuation.finish() }
            try await house.serve { _, card in continuation.yield(card) }
        }
        for await card in announced { return OwnHouse(card, task) }
        // It ended before it was ready, and says why.
        try await task.value
        throw CancellationError()
    }

    private init(_ card: ServerCard, _ task: Task<Void, any Error>) {
        self.card = card
        self.task = task
    }

    func end() async {
        task.cancel()
        _ = try? await task.value
    }
}
