import Dispatch

/// Work on an image's rows, a few rows at a time.
struct RowBands {
    let height: Int
    /// Whether the bands are spread over the machine's cores.
    let isParallel: Bool

    private static let bandHeight = 8

    /// Calls `body` with every row once, in no particular order; returns when all are done.
    ///
    /// Rows must not depend on each other's results: then the outcome is the same for any number of threads.
    func forEachRow(_ body: @Sendable (Int) -> Void) {
        guard isParallel else { return (0..<height).forEach(body) }
        let bands = (height + Self.bandHeight - 1) / Self.bandHeight
        DispatchQueue.concurrentPerform(iterations: bands) { band in
            let start = band * Self.bandHeight
            for row in start..<min(start + Self.bandHeight, height) { body(row) }
        }
    }
}
