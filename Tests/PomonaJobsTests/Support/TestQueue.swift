import Foundation
import Logging
import PomonaJobs
import PomonaStore
import Synchronization
import Testing

/// Does what a test says, and notes what it was called for.
final class TestHandler: JobHandler {
    let needsFolder: Bool
    private let body: @Sendable (Job, JobContext) async throws -> JobEnd
    private let calls = Mutex<[Job.ID]>([])

    init(needsFolder: Bool = true, _ body: @escaping @Sendable (Job, JobContext) async throws -> JobEnd) {
        self.needsFolder = needsFolder
        self.body = body
    }

    var called: [Job.ID] { calls.withLock { $0 } }

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        calls.withLock { $0.append(job.id) }
        return try await body(job, context)
    }
}

/// A new store in a folder of its own.
func withStore(_ body: (Store) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pomona-jobs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Store(opening: DataFolder(folder))
    defer { try? store.close() }
    try await body(store)
}

/// Runs a queue as long as the body runs.
func withQueue(
    _ store: Store, _ handlers: [String: any JobHandler], places: [String: Int] = [:], patience: Duration = .seconds(4),
    _ body: () async throws -> Void
) async throws {
    let queue = JobQueue(
        store: store, handlers: handlers, places: places, patience: patience,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let task = Task { await queue.run() }
    do { try await body() } catch {
        task.cancel()
        await task.value
        throw error
    }
    task.cancel()
    await task.value
}

/// Runs a queue that knows one kind of job, `work`.
func withQueue(
    _ store: Store, _ handler: TestHandler, places: [String: Int] = [:], patience: Duration = .seconds(4),
    _ body: () async throws -> Void
) async throws {
    try await withQueue(store, ["work": handler], places: places, patience: patience, body)
}

func enqueue(_ store: Store) async throws -> Job {
    try await store.catalog.enqueue(NewJob(kind: "work", lane: "work", payload: "{}"))
}

/// Waits until a job is in a state. Only one that hangs waits to the end: tests beside this one can hold both cores for
/// half a minute.
func wait(for state: JobState, of job: Job, in store: Store) async throws -> Job {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(180)
    while true {
        let row = try await store.catalog.job(job.id)
        if row.state == state || clock.now > end {
            #expect(row.state == state)
            return row
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}
