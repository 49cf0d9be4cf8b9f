import Foundation
import PomonaEngine

/// Turns Ctrl-C (and TERM) into a request to end early; pressed again, into an end at once.
final class Interruption {
    let stop = StopRequest()
    private let sources: [any DispatchSourceSignal]

    /// - Parameter notice: What is said at the first one.
    init(notice: String) {
        let stop = stop
        let presses = Presses()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard presses.isFirst() else { Foundation.exit(130) }
                Terminal.note(notice)
                stop.ask()
            }
            source.resume()
            return source
        }
    }

    /// From here on the signals mean again what they always do.
    func end() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }

    private final class Presses: @unchecked Sendable {
        // Unchecked: guarded by the lock.
        private let lock = NSLock()
        private var count = 0

        func isFirst() -> Bool {
            lock.lock()
            defer { lock.unlock() }
            count += 1
            return count == 1
        }
    }
}
