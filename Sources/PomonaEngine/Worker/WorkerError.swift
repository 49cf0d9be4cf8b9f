public import PomonaCore

/// Why the predictor's process gave no answer.
public enum WorkerError: PomonaError, Equatable {
    case notStarted(reason: String)
    /// It ended while it was asked: a fault in a library, or killed.
    case died(status: String)
    /// What came through its pipe is no message.
    case garbled(String)

    public var code: String {
        switch self {
        case .notStarted: "predictorNotStarted"
        case .died: "predictorDied"
        case .garbled: "predictorUnexpected"
        }
    }

    public var message: String {
        switch self {
        case .notStarted(let reason): "The predictor's process could not be started: \(reason.withoutFullStop)."
        case .died(let status): "The predictor's process ended while it looked at photos (\(status))."
        case .garbled(let what): "The predictor's process answered in an unexpected way: \(what)."
        }
    }

    public var hint: String? {
        switch self {
        case .notStarted, .garbled: nil
        case .died: "The next request starts it again."
        }
    }

    public var kind: ErrorKind { .internal }
}
