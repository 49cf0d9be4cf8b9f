import Foundation
import Synchronization

/// Makes batches on threads of its own while the tensor work of earlier steps runs.
///
/// What a batch holds follows from its step alone, so any step can be asked for first and a resumed run sees what the
/// uninterrupted one would have seen.
final class BatchFeeder: @unchecked Sendable {
    // Unchecked: everything mutable is guarded by `condition`.
    private let condition = NSCondition()
    private var ready: [Int: Result<Batch, any Error>] = [:]
    private var nextToMake: Int
    private var nextToTake: Int
    private var isStopped = false
    private let end: Int
    private let depth: Int
    private let make: @Sendable (Int) throws -> Batch

    /// - Parameters:
    ///   - steps: The steps that will be asked for, in order.
    ///   - threads: How many batches are made at once; two more wait.
    ///   - make: Makes the batch of a step.
    init(steps: Range<Int>, threads: Int, make: @escaping @Sendable (Int) throws -> Batch) {
        nextToMake = steps.lowerBound
        nextToTake = steps.lowerBound
        end = steps.upperBound
        depth = threads + 2
        self.make = make
        for index in 0..<threads {
            let thread = Thread { [self] in work() }
            thread.name = "batches-\(index)"
            thread.start()
        }
    }

    /// The next step's batch; waits for it.
    func next() throws -> Batch {
        condition.lock()
        let step = nextToTake
        while ready[step] == nil { condition.wait() }
        let result = ready.removeValue(forKey: step)
        nextToTake += 1
        condition.broadcast()
        condition.unlock()
        guard let result else { preconditionFailure("the condition held a moment ago under the same lock") }
        return try result.get()
    }

    /// Ends the threads; those at work finish their batch first.
    func stop() {
        condition.lock()
        isStopped = true
        condition.broadcast()
        condition.unlock()
    }

    private func work() {
        condition.lock()
        defer { condition.unlock() }
        while true {
            while !isStopped, nextToMake < end, nextToMake >= nextToTake + depth { condition.wait() }
            guard !isStopped, nextToMake < end else { return }
            let step = nextToMake
            nextToMake += 1
            condition.unlock()
            let result = Result { try make(step) }
            condition.lock()
            ready[step] = result
            condition.broadcast()
        }
    }
}
