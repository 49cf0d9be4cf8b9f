public import PomonaCore

/// Why the engine process gave no answer of its own.
public enum EngineError: PomonaError {
    case notFound(searched: [String])
    /// The process ended without a last word: killed, out of memory, or a fault in a library.
    case died(status: String, lastWords: String)
    /// It came to an orderly end that nobody here had asked for, as when a whole group of processes is told to end.
    case stoppedElsewhere
    /// It does not understand the program, or the program it.
    case unexpected(String)
    /// It gave no answer in the time that the work can take at most.
    case overdue(seconds: Int)

    public var code: String {
        switch self {
        case .notFound: "engineNotFound"
        case .died: "engineDied"
        case .stoppedElsewhere: "engineStopped"
        case .unexpected: "engineUnexpected"
        case .overdue: "engineOverdue"
        }
    }

    public var message: String {
        switch self {
        case .notFound(let searched): "pomona-engine was not found; looked for \(searched.joined(separator: ", "))."
        case .died(let status, let lastWords):
            "pomona-engine ended early (\(status))." + (lastWords.isEmpty ? "" : " Its last words: \(lastWords)")
        case .stoppedElsewhere: "Somebody told pomona-engine to stop."
        case .overdue(let seconds):
            "pomona-engine gave no answer within \(seconds) s, longer than its work can take, and was ended."
        case .unexpected(let what): "pomona-engine answered in an unexpected way: \(what)"
        }
    }

    public var hint: String? {
        switch self {
        case .notFound: "It is built beside pomona; or name its path in POMONA_ENGINE."
        case .died: "A process killed with signal 9 mostly ran out of memory: try a smaller --image-size or --size."
        case .unexpected: "pomona and pomona-engine must be of the same version."
        case .stoppedElsewhere: nil
        case .overdue: "Start it again; if the machine is busy with other work, give it a larger budget."
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .notFound: .resource
        case .stoppedElsewhere: .interrupted
        case .died, .unexpected, .overdue: .internal
        }
    }
}
