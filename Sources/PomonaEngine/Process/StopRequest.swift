import Synchronization

/// Lets somebody ask running engines for an early end; asking twice is the same as once. Whoever begins to listen after that
/// hears it too.
public struct StopRequest: Sendable {
    private final class Listeners: Sendable {
        private struct State {
            var isAsked = false
            var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
            var next = 0
        }

        private let state = Mutex(State())

        func ask() {
            let waiting = state.withLock { state in
                state.isAsked = true
                defer { state.waiting = [:] }
                return state.waiting
            }
            for listener in waiting.values { Self.tell(listener) }
        }

        func add(_ listener: AsyncStream<Void>.Continuation) {
            let number = state.withLock { state -> Int? in
                guard !state.isAsked else { return nil }
                state.next += 1
                state.waiting[state.next] = listener
                return state.next
            }
            guard let number else { return Self.tell(listener) }
            listener.onTermination = { [weak self] _ in self?.state.withLock { $0.waiting[number] = nil } }
        }

        private static func tell(_ listener: AsyncStream<Void>.Continuation) {
            listener.yield()
            listener.finish()
        }
    }

    private let listeners = Listeners()

    public init() {}

    /// One element once it was asked. A stream of its own for each listener, because one that is no longer listened to is over
    /// for all who share it.
    var asked: AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        listeners.add(continuation)
        return stream
    }

    public func ask() { listeners.ask() }
}
