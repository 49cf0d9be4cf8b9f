/// Lets somebody ask a running engine for an early end; asking twice is the same as once.
public struct StopRequest: Sendable {
    let asked: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    public init() {
        (asked, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    public func ask() {
        continuation.yield()
        continuation.finish()
    }
}
