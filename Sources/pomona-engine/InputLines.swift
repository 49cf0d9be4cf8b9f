import Foundation
import Synchronization

/// The engine's standard input, read on a thread of its own so that a `stop` is heard while a step runs.
///
/// The first line is the request. Later ones are `stop`, or a session's requests. When the input closes, whoever asked
/// is gone, and the engine must not outlive that.
final class InputLines: Sendable {
    private struct State {
        var lines: [String] = []
        var isStopped = false
        var isClosed = false
    }

    private let condition = NSCondition()
    private let state = Mutex(State())
    /// What is at work when the input closes may put itself in order for so long.
    private static let graceAfterClose = 20.0

    init() {
        let thread = Thread { [self] in read() }
        thread.name = "input"
        thread.start()
    }

    /// Whether somebody asked for an early end, or is gone.
    var isStopped: Bool { state.withLock { $0.isStopped || $0.isClosed } }

    /// As if a line `stop` had come.
    func stop() {
        state.withLock { $0.isStopped = true }
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// The next line, `nil` once the input is closed or an early end was asked for.
    func next() -> String? { next(atMost: 1)?.first }

    /// The lines that are there, waiting for one where there is none; `nil` once the input is closed or an early end was
    /// asked for.
    func next(atMost limit: Int) -> [String]? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (lines, isOver) = state.withLock { state -> ([String], Bool) in
                let lines = Array(state.lines.prefix(limit))
                state.lines.removeFirst(lines.count)
                return (lines, state.isClosed || state.isStopped)
            }
            if !lines.isEmpty { return lines }
            if isOver { return nil }
            condition.wait()
        }
    }

    private func read() {
        while let line = readLine() {
            if line == "stop" {
                stop()
                continue
            }
            condition.lock()
            state.withLock { $0.lines.append(line) }
            condition.broadcast()
            condition.unlock()
        }
        condition.lock()
        state.withLock { $0.isClosed = true }
        condition.broadcast()
        condition.unlock()
        Thread.sleep(forTimeInterval: Self.graceAfterClose)
        exit(70)
    }
}
