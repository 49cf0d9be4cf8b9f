/// An error in words for the person who can do something about it.
///
/// Each stage has an error type of its own that conforms to this. The command line turns `kind` into an exit status and
/// the server into an HTTP status; nothing in between catches or rewords it.
public protocol PomonaError: Error, Sendable, CustomStringConvertible {
    /// A stable word for programs, in lower camel case, such as `datasetCorrupt`.
    var code: String { get }

    /// What is wrong: the thing, the field, what was found and what would be right.
    var message: String { get }

    /// What to do about it, where there is something to say.
    var hint: String? { get }

    var kind: ErrorKind { get }
}

extension PomonaError {
    public var hint: String? { nil }
    public var description: String { hint.map { "\(message)\n\($0)" } ?? message }
}

/// What sort of failure an error is; decides exit and HTTP status.
public enum ErrorKind: String, Codable, Sendable {
    /// The command or request itself is wrong.
    case usage
    /// The data that was given is wrong.
    case badData
    /// A thing that was named does not exist.
    case missing
    /// The name is taken, or the thing is in a state that does not allow this.
    case conflict
    /// The machine cannot: a full disk, no memory, a missing library.
    case resource
    /// The person or the program stopped it.
    case interrupted
    /// A fault of Pomona itself.
    case `internal`

    /// The exit status of a command that ends with such an error, after BSD's sysexits where that has a word for it.
    public var exitStatus: Int32 {
        switch self {
        case .usage: 64
        case .badData, .conflict: 65
        case .missing: 66
        case .resource, .internal: 70
        case .interrupted: 130
        }
    }
}

extension String {
    /// Without the full stop that words of the system may end with, to stand inside of a sentence.
    public var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
