import Foundation
import Synchronization

/// The latest changes of what the studio shows, in the order in which they were committed.
///
/// It says what changed, not how: who hears of a change reads the row. It lives in memory; its numbers begin at the clock's
/// microseconds, so those of an earlier run of the program are recognised as too old.
public final class ChangeFeed: Sendable {
    private struct State {
        var next: Int64
        var changes: [Change] = []
        var listeners: [UInt64: AsyncStream<Void>.Continuation] = [:]
        var nextListener: UInt64 = 0
    }

    private static let capacity = 10_000
    private let state: Mutex<State>

    init(startingAt time: Date = Date()) {
        state = Mutex(State(next: Int64(time.timeIntervalSince1970 * 1_000_000)))
    }

    /// The number of the newest change; one less than the first where there is none.
    public var newest: Int64 { state.withLock { $0.next - 1 } }

    /// What changed after a number, oldest first; `nil` where that is no longer, or not yet, known.
    public func changes(after number: Int64) -> [Change]? {
        state.withLock { state in
            guard number < state.next, number >= (state.changes.first?.number ?? state.next) - 1 else { return nil }
            return Array(state.changes.suffix(Int(state.next - 1 - number)))
        }
    }

    /// A tick after each change; several that nobody has taken yet are one.
    public func ticks() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    /// Appends changes and wakes the listeners.
    public func append(_ subjects: [ChangeSubject]) {
        guard !subjects.isEmpty else { return }
        let listeners = state.withLock { state in
            for subject in subjects {
                state.changes.append(Change(number: state.next, subject: subject))
                state.next += 1
            }
            state.changes.removeFirst(max(0, state.changes.count - Self.capacity))
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield() }
    }
}

/// One change, with its place in the order of all.
public struct Change: Hashable, Sendable {
    public var number: Int64
    public var subject: ChangeSubject
}

/// What changed: a row of a table, there still or gone.
public struct ChangeSubject: Hashable, Sendable {
    /// The table, such as `model`; `container` stands for a change of its blobs too.
    public var table: String
    public var row: Int64
    public var isDeleted: Bool

    public init(table: String, row: Int64, isDeleted: Bool = false) {
        self.table = table
        self.row = row
        self.isDeleted = isDeleted
    }
}
