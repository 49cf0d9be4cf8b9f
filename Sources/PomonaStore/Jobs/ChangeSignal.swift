import Synchronization

/// Tells everybody who listens that something changed, without saying what.
final class ChangeSignal: Sendable {
    private let listeners = Mutex<[UInt64: AsyncStream<Void>.Continuation]>([:])
    private let nextNumber = Atomic<UInt64>(0)

    func send() {
        let all = listeners.withLock { Array($0.values) }
        for listener in all { listener.yield() }
    }

    /// A stream of ticks, in which those that nobody has taken yet are one.
    func ticks() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = nextNumber.wrappingAdd(1, ordering: .relaxed).newValue
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { _ = $0.removeValue(forKey: number) }
        }
        listeners.withLock { $0[number] = continuation }
        return stream
    }
}
