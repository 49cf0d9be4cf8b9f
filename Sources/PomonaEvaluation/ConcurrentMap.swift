import Dispatch

/// Maps `0..<count`, on all cores where that is wanted. Result i always belongs to index i, so the outcome is the same
/// either way.
func concurrentMap<Value: Sendable>(
    count: Int, isConcurrent: Bool, _ transform: @Sendable (Int) -> Value
) -> [Value] {
    guard isConcurrent, count > 1 else { return (0..<count).map(transform) }
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
        // Each iteration initializes its own element, and all have ended when concurrentPerform returns.
        nonisolated(unsafe) let elements = buffer
        DispatchQueue.concurrentPerform(iterations: count) { index in
            elements.initializeElement(at: index, to: transform(index))
        }
        initialized = count
    }
}
