public import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The store's two clocks, to be replaced in tests.
public struct StoreClock: Sendable {
    /// The time of day, which people are shown. It may jump, so nothing is ordered or decided by it.
    public var now: @Sendable () -> Date

    /// The time that the machine has run, which leases are measured by. It never jumps.
    public var uptime: @Sendable () -> Uptime

    public init(now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Uptime) {
        self.now = now
        self.uptime = uptime
    }

    /// The machine's own clocks.
    public static let system: StoreClock = {
        let boot = Uptime.bootIdentifier()
        return StoreClock(now: { Date() }, uptime: { Uptime(boot: boot, nanoseconds: Uptime.nanosecondsSinceBoot()) })
    }()
}

/// A moment on a clock that starts at zero with the machine and stands still while it sleeps: whoever holds a lease sleeps
/// as well.
public struct Uptime: Hashable, Sendable {
    /// Which start of the machine this counts from. Moments of different starts cannot be compared: all that was promised
    /// before is over.
    public var boot: String
    public var nanoseconds: Int64

    public init(boot: String, nanoseconds: Int64) {
        self.boot = boot
        self.nanoseconds = nanoseconds
    }

    /// The moment so much later.
    public func advanced(by duration: Duration) -> Uptime {
        let (seconds, attoseconds) = duration.components
        return Uptime(boot: boot, nanoseconds: nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    static func nanosecondsSinceBoot() -> Int64 {
        #if canImport(Darwin)
            let clock = CLOCK_UPTIME_RAW
        #else
            let clock = CLOCK_MONOTONIC
        #endif
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The kernel's own name of this start; where there is none, a name of this process, which makes every restart of the
    /// program count as one of the machine.
    static func bootIdentifier() -> String {
        let path = "/proc/sys/kernel/random/boot_id"
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
    }
}
