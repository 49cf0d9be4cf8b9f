import Foundation
import PomonaStore

/// A server that a command starts for itself, on free ports of this machine, where none runs.
final class OwnHouse: Sendable {
    private let task: Task<Void, any Error>

    static func start(in folder: URL) async throws -> OwnHouse {
        let house = try House(
            HouseOptions(
                dataFolder: DataFolder(folder), host: "127.0.0.1", port: 0, blobPort: 0, names: [], tls: nil,
                remoteHosts: [], builtInModel: nil, foundation: nil, allowsDevelopmentAccount: false, isQuiet: true))
        let (announced, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            defer { continuation.finish() }
            try await house.serve { _ in continuation.yield() }
        }
        for await _ in announced { return OwnHouse(task) }
        // It ended before it was ready, and says why.
        try await task.value
        throw CancellationError()
    }

    private init(_ task: Task<Void, any Error>) {
        self.task = task
    }

    func end() async {
        task.cancel()
        _ = try? await task.value
    }
}
