import Foundation

/// Tells how far a run over many photos is: a line that renews itself on a terminal, a line now and then when piped.
struct PhotoProgress {
    private let total: Int
    /// Whether the answers themselves appear on the same terminal, so that they show how far the run is.
    private let isHeard: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastTold: ContinuousClock.Instant
    private var done = 0
    private var hasOpenLine = false

    init(total: Int, printsAnswers: Bool) {
        self.total = total
        isHeard = printsAnswers && isatty(STDOUT_FILENO) == 1
        start = clock.now
        lastTold = start
    }

    private var interval: Duration { Terminal.isInteractive ? .milliseconds(200) : .seconds(10) }

    private var rate: String { String(format: "%.1f", Double(done) / max((clock.now - start) / .seconds(1), 1e-9)) }

    /// One more photo is done.
    mutating func advance() {
        done += 1
        guard !isHeard, clock.now - lastTold >= interval else { return }
        lastTold = clock.now
        let left = Double(total - done) * ((clock.now - start) / .seconds(1)) / Double(done)
        let text = "\(done) of \(total) photos, \(rate) images/s, \(TimeBudget(seconds: left).text) left"
        guard Terminal.isInteractive else { return Terminal.note(text) }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
        hasOpenLine = true
    }

    /// Takes the line away where something else shall stand.
    mutating func clear() {
        guard hasOpenLine else { return }
        hasOpenLine = false
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    }

    /// Sums up, where there was more than one photo.
    mutating func finish(with runtime: String) {
        clear()
        guard total > 1 else { return }
        let seconds = String(format: "%.1f", (clock.now - start) / .seconds(1))
        Terminal.note("\(total) photos in \(seconds) s (\(rate) images/s) with \(runtime)")
    }
}
