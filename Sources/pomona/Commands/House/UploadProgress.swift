import Foundation
import Synchronization

/// Tells how far uploads are: a line that renews itself on a terminal, a line now and then when piped.
final class UploadProgress: Sendable {
    private struct State {
        var bytes: Int64 = 0
        var files = 0
        var lastTold: ContinuousClock.Instant
    }

    private let files: Int
    private let bytes: Int64
    private let isQuiet: Bool
    private let start: ContinuousClock.Instant
    private let state: Mutex<State>

    init(files: Int, bytes: Int64, isQuiet: Bool) {
        self.files = files
        self.bytes = bytes
        self.isQuiet = isQuiet
        start = .now
        state = Mutex(State(lastTold: start))
    }

    private static var interval: Duration { Terminal.isInteractive ? .milliseconds(200) : .seconds(10) }

    /// So many bytes more went out.
    func sent(_ count: Int) {
        let line = state.withLock { state -> String? in
            state.bytes += Int64(count)
            let now = ContinuousClock.now
            guard !isQuiet, now - state.lastTold >= Self.interval else { return nil }
            state.lastTold = now
            return text(state, at: now)
        }
        guard let line else { return }
        if Terminal.isInteractive {
            try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(line)".utf8))
        } else {
            Terminal.note(line)
        }
    }

    /// One file more was taken.
    func finishedFile() { state.withLock { $0.files += 1 } }

    /// How many files were taken.
    var finishedFiles: Int { state.withLock { $0.files } }

    /// Takes the line away where something else shall stand.
    func clear() {
        guard Terminal.isInteractive, !isQuiet else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    }

    private func text(_ state: State, at now: ContinuousClock.Instant) -> String {
        let rate = Double(state.bytes) / max((now - start) / .seconds(1), 1e-9)
        let left = Double(max(0, bytes - state.bytes)) / max(rate, 1)
        let megabytes = "\(state.bytes / 1_000_000) of \(bytes / 1_000_000) MB"
        let speed = String(format: "%.1f MB/s", rate / 1e6)
        return "\(state.files) of \(files) files, \(megabytes), \(speed), \(TimeBudget(seconds: left).text) left"
    }
}
