import Foundation
import PomonaStore
import Synchronization

/// Clocks that stand still until they are moved.
final class TestClock: Sendable {
    private let state = Mutex((now: Date(timeIntervalSince1970: 1_700_000_000), nanoseconds: Int64(1_000)))

    var clock: StoreClock {
        StoreClock(
            now: { self.state.withLock(\.now) },
            uptime: { self.state.withLock { Uptime(boot: "first", nanoseconds: $0.nanoseconds) } })
    }

    func advance(seconds: Double) {
        state.withLock { state in
            state.now += seconds
            state.nanoseconds += Int64(seconds * 1e9)
        }
    }
}
