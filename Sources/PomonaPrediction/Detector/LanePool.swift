import Dispatch
import Synchronization

/// Lends lanes to those who predict, one each, first come first served.
final class LanePool<Lane: Sendable>: Sendable {
    private struct State {
        var free: [Lane]
        /// Those who wait, in the order they came; who gave up is gone from here.
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Lane?, Never>)] = []
        var nextTicket = 0
        /// Tickets given up before their holders began to wait.
        var abandoned: Set<Int> = []
    }

    private let state: Mutex<State>
    /// Predicting blocks its thread for milliseconds, which Swift's own threads are not for. There are never more blocks
    /// on it than lanes.
    private let queue = DispatchQueue(label: "pomona.prediction", attributes: .concurrent)

    /// How many photos may be under way at once.
    let count: Int

    init(_ lanes: [Lane]) {
        count = lanes.count
        state = Mutex(State(free: lanes))
    }

    /// Runs work with a lane on a thread of its own.
    ///
    /// - Throws: What the work throws, or `CancellationError` where the task is cancelled before a lane is free.
    func withLane<Result: Sendable>(
        _ work: @escaping @Sendable (Lane) throws -> Result
    ) async throws -> Result {
        let lane = try await take()
        defer { giveBack(lane) }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work(lane) }) }
        }
    }

    private func take() async throws -> Lane {
        try Task.checkCancellation()
        let (free, ticket) = state.withLock { state -> (Lane?, Int) in
            state.nextTicket += 1
            return (state.free.popLast(), state.nextTicket)
        }
        if let free { return free }
        let lane = await withTaskCancellationHandler {
            await withCheckedContinuation { wait(ticket, $0) }
        } onCancel: {
            giveUp(ticket)
        }
        // Whoever is cancelled just as a lane comes gets it.
        state.withLock { _ = $0.abandoned.remove(ticket) }
        guard let lane else { throw CancellationError() }
        return lane
    }

    private func wait(_ ticket: Int, _ continuation: CheckedContinuation<Lane?, Never>) {
        let answer = state.withLock { state -> Lane?? in
            if state.abandoned.remove(ticket) != nil { return .some(nil) }
            // One may have come free since the ticket was drawn.
            if let lane = state.free.popLast() { return lane }
            state.waiting.append((ticket, continuation))
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func giveUp(_ ticket: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Lane?, Never>? in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                state.abandoned.insert(ticket)
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(returning: nil)
    }

    private func giveBack(_ lane: Lane) {
        let next = state.withLock { state -> CheckedContinuation<Lane?, Never>? in
            guard !state.waiting.isEmpty else {
                state.free.append(lane)
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: lane)
    }
}
