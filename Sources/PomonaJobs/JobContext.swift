public import Foundation
public import PomonaEngine
public import PomonaStore
import Synchronization

/// What a handler may do while it holds a job.
public final class JobContext: Sendable {
    /// The right to change what belongs to the job; hand it to the store with every change.
    public let lease: JobLease

    /// A folder of the job's own that stays until it is over, through restarts of the program.
    public var folder: URL { URL(filePath: store.catalog.folderPath(of: lease.job), directoryHint: .isDirectory) }

    /// Asked when the job is to stop: a person cancelled it, or the program is about to end.
    public let stop = StopRequest()

    private let store: Store
    private let reason = Mutex<StopReason?>(nil)

    /// Why a job is to stop.
    public enum StopReason: Sendable {
        /// Somebody cancelled it.
        case cancelled
        /// The program ends; the job will go on from what lies in its folder.
        case shutDown
        /// Another runner holds it.
        case leaseLost
    }

    init(lease: JobLease, store: Store) {
        self.lease = lease
        self.store = store
    }

    func makeFolder() async throws { try await store.catalog.makeFolder(of: lease.job) }

    /// Why the job is to stop, `nil` while it may go on.
    public var stopReason: StopReason? { reason.withLock { $0 } }

    /// Whether the handler is to come to an end.
    public var isStopping: Bool { stopReason != nil }

    /// Writes where the job stands, and lines for its history.
    ///
    /// - Throws: ``JobError/leaseLost(_:)``.
    public func report(_ progress: JobProgress?, events: [NewJobEvent] = []) async throws {
        let text = try progress.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        follow(try await store.catalog.report(lease, progress: text, events: events))
    }

    /// Checks, at a point where much is about to be written, that the job is still this runner's.
    ///
    /// - Throws: ``JobError/leaseLost(_:)``.
    public func checkLease() async throws { try await report(nil) }

    /// Tells how far an earlier attempt got, before work goes on from there. Where that is further than the attempt before it,
    /// the crashes until now do not speak against the job, and it may be tried as often again.
    ///
    /// - Parameter place: anything that differs from place to place, such as a checkpoint's step.
    /// - Throws: ``JobError/leaseLost(_:)``.
    public func goesOn(from place: String) async throws {
        let note = folder.appending(path: "goes-on-from")
        guard (try? String(contentsOf: note, encoding: .utf8)) != place else { return }
        try await store.catalog.restartAttempts(lease)
        try place.write(to: note, atomically: true, encoding: .utf8)
    }

    func follow(_ state: JobState) {
        if state == .cancelling { askToStop(.cancelled) }
    }

    func askToStop(_ why: StopReason) {
        let isFirst = reason.withLock { reason in
            defer { reason = reason ?? why }
            return reason == nil
        }
        if isFirst { stop.ask() }
    }
}
