import GRDB
import Synchronization

/// Runs writes one after the other, and those that wait together in one transaction.
///
/// With `synchronous = FULL` each commit waits for the disk. Uploads that arrive side by side share that wait, and each is
/// still answered only after it. Every write has a savepoint of its own, so one that fails leaves the others alone.
final class GroupedWriter: Sendable {
    private struct Write {
        /// Runs it inside the transaction; the failure, if it failed.
        var run: @Sendable (Database) -> (any Error)?
        /// Answers the caller, after the commit: `nil`, or why nothing was written.
        var answer: @Sendable ((any Error)?) -> Void
    }

    private struct Queue {
        var waiting: [Write] = []
        var isDraining = false
    }

    /// The most writes of one transaction: a long one would make the first of them wait for the last.
    private static let groupLimit = 128

    private let pool: DatabasePool
    private let queue = Mutex(Queue())

    init(_ pool: DatabasePool) {
        self.pool = pool
    }

    /// Runs a write and returns what it made, once that has reached the disk.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let result = Mutex<Value?>(nil)
        return try await withCheckedThrowingContinuation { continuation in
            submit(
                Write(
                    run: { database in
                        do {
                            let value = try body(database)
                            result.withLock { $0 = value }
                            return nil
                        } catch {
                            return error
                        }
                    },
                    answer: { failure in
                        if let failure {
                            continuation.resume(throwing: failure)
                        } else if let value = result.withLock({ $0 }) {
                            continuation.resume(returning: value)
                        } else {
                            continuation.resume(throwing: StoreError.catalog("a write ended without a result"))
                        }
                    }))
        }
    }

    private func submit(_ write: Write) {
        let starts = queue.withLock { queue in
            queue.waiting.append(write)
            defer { queue.isDraining = true }
            return !queue.isDraining
        }
        guard starts else { return }
        pool.asyncWriteWithoutTransaction { [self] database in
            while let group = nextGroup() { run(group, in: database) }
        }
    }

    /// The writes to run now, `nil` (and the end of draining) where none waits.
    private func nextGroup() -> [Write]? {
        queue.withLock { queue in
            guard !queue.waiting.isEmpty else {
                queue.isDraining = false
                return nil
            }
            let group = Array(queue.waiting.prefix(Self.groupLimit))
            queue.waiting.removeFirst(group.count)
            return group
        }
    }

    private func run(_ group: [Write], in database: Database) {
        var failures = [(any Error)?](repeating: nil, count: group.count)
        do {
            try database.inTransaction(.immediate) {
                for (index, write) in group.enumerated() {
                    try database.inSavepoint {
                        failures[index] = write.run(database)
                        return failures[index] == nil ? .commit : .rollback
                    }
                    // A full disk makes SQLite roll back everything; going on would write outside any transaction.
                    if !database.isInsideTransaction, let failure = failures[index] { throw failure }
                }
                return .commit
            }
        } catch {
            for (index, write) in group.enumerated() { write.answer(failures[index] ?? error) }
            return
        }
        for (index, write) in group.enumerated() { write.answer(failures[index]) }
    }
}
