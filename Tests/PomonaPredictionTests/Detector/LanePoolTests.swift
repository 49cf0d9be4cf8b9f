import Foundation
import Synchronization
import Testing

@testable import PomonaPrediction

@Suite("LanePool")
struct LanePoolTests {
    @Test("Never do two tasks have one lane, and every task gets one")
    func exclusive() async throws {
        let pool = LanePool([0, 1, 2])
        let busy = Occupation()
        let done = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await pool.withLane { lane in
                        let isAlone = busy.begin(lane)
                        usleep(200)
                        busy.end(lane)
                        return isAlone
                    }
                }
            }
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(done.count == 200)
        #expect(done.allSatisfy { $0 })
    }

    @Test("An error goes to who asked, and the lane comes back")
    func failing() async throws {
        struct Fault: Error {}
        let pool = LanePool([7])
        for _ in 0..<3 {
            await #expect(throws: Fault.self) { try await pool.withLane { _ in throw Fault() } }
        }
        #expect(try await pool.withLane { $0 } == 7)
    }

    @Test("A task cancelled while it waits gets no lane and takes none away")
    func cancelled() async throws {
        let pool = LanePool([7])
        let (started, signal) = AsyncStream<Void>.makeStream()
        let release = DispatchSemaphore(value: 0)
        let first = Task {
            try await pool.withLane { lane in
                signal.yield()
                release.wait()
                return lane
            }
        }
        for await _ in started { break }
        let second = Task { try await pool.withLane { $0 } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        release.signal()
        #expect(try await first.value == 7)
        #expect(try await pool.withLane { $0 } == 7)
    }
}

/// Which lanes somebody uses right now.
private final class Occupation: Sendable {
    private let lanes = Mutex(Set<Int>())

    /// Whether nobody else does.
    func begin(_ lane: Int) -> Bool { lanes.withLock { $0.insert(lane).inserted } }
    func end(_ lane: Int) { lanes.withLock { _ = $0.remove(lane) } }
}
