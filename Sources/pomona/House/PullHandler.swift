import PomonaFoundations
import PomonaJobs
import PomonaStore
import Synchronization

/// Brings a published foundation from the network to the shelf. What came before a stop or a crash stays and is gone on
/// from.
struct PullHandler: JobHandler {
    let shelf: FoundationShelf

    private struct Standing {
        var received = 0
        var total: Int?
    }

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let name = try job.body(PullPayload.self).name
        // An earlier run may have ended after the file was in its place.
        guard shelf.path(of: name) == nil else { return .succeeded }
        let pull = try FoundationPull(name: name)
        let shelf = shelf
        let standing = Mutex(Standing())
        return try await withThrowingTaskGroup(of: JobEnd.self) { group in
            group.addTask {
                _ = try await pull.run(into: shelf) { received, total in
                    standing.withLock { $0 = Standing(received: received, total: total) }
                }
                return .succeeded
            }
            group.addTask {
                while !context.isStopping {
                    try await Task.sleep(for: .milliseconds(500))
                    let now = standing.withLock(\.self)
                    try await context.report(
                        JobProgress(
                            fraction: now.total.map { Double(now.received) / Double(max(1, $0)) } ?? 0,
                            detail: "\(now.received / 1_000_000) MB"))
                }
                return .cancelled
            }
            let end = try await group.next() ?? .cancelled
            group.cancelAll()
            return end
        }
    }
}
