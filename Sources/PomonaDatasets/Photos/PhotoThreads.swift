import Dispatch

/// Threads for decoding: each call takes a core for a while, and the threads of Swift's own pool are needed by everybody.
enum PhotoThreads {
    private static let queue = DispatchQueue(label: "pomona.photos", qos: .utility, attributes: .concurrent)

    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
