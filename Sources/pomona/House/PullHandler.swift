import PomonaFoundations
import PomonaJobs
import PomonaStore
import Synchronization

/// Brings a published foundation from the network to the shelf. What came before a stop or a crash stays and is gone on
/// from.
struct PullHandler: JobHandler {
    let shelf: FoundationShelf

    /// How much came so far.
    private final class Standing: Sendable {
        private let bytes = Mutex<(received: Int, total: Int?)>((0, nil))

        func note(_ received: Int, of total: Int?) { bytes.withLock { $0 = (received, total) } }

        var progress: JobProgress {
            let (received, total) = bytes.withLock(\.self)
            return JobProgress(
                fraction: total.map { Double(received) / Double(max(1, $0)) } ?? 0,
                detail: "\(received / 1_000_000) MB")
        }
    }

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let name = try job.body(PullPayload.self).name
        // An earlier run may have ended after the file was in its place.
        guard shelf.path(of: name) == nil else { return .succeeded }
        let pull = try FoundationPull(name: name)
        let shelf = shelf
        let standing = Standing()
        return try await withThrowingTaskGroup(of: JobEnd.self) { group in
            group.addTask {
                _ = try await pull.run(into: shelf) { standing.note($0, of: $1) }
                return .succeeded
            }
            group.addTask {
                while !context.isStopping {
                    try await Task.sleep(for: .milliseconds(500))
                    try await context.report(standing.progress)
                }
                return .cancelled
            }
            let end = try await group.next() ?? .cancelled
            group.cancelAll()
            return end
        }
    }
}
