import Dispatch

/// Runs one actor's calls on threads that may wait for the disk, one call after the other. The threads of Swift's own pool
/// are as few as the machine's cores, and one that waits for `fsync` is one that serves nobody.
final class DiskExecutor: SerialExecutor {
    private static let threads = DispatchQueue(label: "pomona.disk", attributes: .concurrent)

    private let queue = DispatchQueue(label: "pomona.disk.file", target: DiskExecutor.threads)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    /// Runs a closure that waits for the disk.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            threads.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
