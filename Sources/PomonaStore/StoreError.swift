public import PomonaCore

/// Why the catalog or its folder refused.
public enum StoreError: PomonaError {
    /// Another server holds the data folder; its process id where it wrote one.
    case folderInUse(String, processID: String?)
    case folderNotUsable(String, reason: String)
    /// The migrations that a newer program made and this one does not know.
    case folderIsNewer(String, unknown: [String])
    case notACatalog(String)
    case diskFull(String)
    /// A backup whose bytes are not those that were written.
    case backupDamaged(String, first: String)
    /// The operating system refused an operation on a path.
    case system(operation: String, path: String, reason: String)
    case catalog(String)
    /// The subject is the kind of thing, such as "dataset".
    case invalidName(of: String, String, reason: String)
    case nameTaken(of: String, String, within: String?)
    case missing(String, named: String)
    case groupBeingDeleted(String)
    /// A thing's state does not allow what was asked.
    case stateForbids(String, named: String, state: String, action: String)
    case eTagMismatch(of: String, named: String)
    /// A photo's bytes are not those whose labels were read.
    case photoChanged(BlobAddress)
    case wrongConfirmation(group: String, typed: String)
    /// A one-time link or a session that is unknown, used or expired.
    case notSignedIn(reason: String)
    case invalidValue(of: String, field: String, found: String, expected: String)

    public var code: String {
        switch self {
        case .folderInUse: "folderInUse"
        case .folderNotUsable: "folderNotUsable"
        case .folderIsNewer: "folderIsNewer"
        case .notACatalog: "notACatalog"
        case .diskFull: "diskFull"
        case .backupDamaged: "backupDamaged"
        case .system: "systemFailure"
        case .catalog: "catalogFailure"
        case .invalidName: "invalidName"
        case .nameTaken: "nameTaken"
        case .missing: "missing"
        case .groupBeingDeleted: "groupBeingDeleted"
        case .stateForbids: "stateForbids"
        case .eTagMismatch: "eTagMismatch"
        case .photoChanged: "photoChanged"
        case .wrongConfirmation: "wrongConfirmation"
        case .notSignedIn: "notSignedIn"
        case .invalidValue: "invalidValue"
        }
    }

    public var message: String {
        switch self {
        case .folderInUse(let path, let processID):
            "The data folder \(path) is in use by another Pomona\(processID.map { " (process \($0))" } ?? "")."
        case .folderNotUsable(let path, let reason): "The data folder \(path) cannot be used: \(reason)."
        case .folderIsNewer(let path, let unknown):
            "The data folder \(path) was last written by a newer Pomona, with changes that this one does not know"
                + " (\(unknown.joined(separator: ", ")))."
        case .notACatalog(let path): "\(path) is not a catalog of Pomona."
        case .diskFull(let path): "The disk that holds \(path) is full."
        case .backupDamaged(let path, let first): "The backup \(path) is damaged: \(first)"
        case .system(let operation, let path, let reason): "Could not \(operation) \(path): \(reason)."
        case .catalog(let text): "The catalog failed: \(text)."
        case .invalidName(let kind, let name, let reason):
            "\"\(name.prefix(100))\" cannot be the name of a \(kind): \(reason)."
        case .nameTaken(let kind, let name, let place):
            "There is a \(kind) named \"\(name)\" already\(place.map { " in \($0)" } ?? "")."
        case .missing(let kind, let name): "There is no \(kind) \(name)."
        case .groupBeingDeleted(let name): "The resource group \"\(name)\" is being deleted."
        case .stateForbids(let kind, let name, let state, let action):
            "The \(kind) \"\(name)\" is \(state), and in that state it cannot be \(action)."
        case .eTagMismatch(let kind, let name): "The \(kind) \"\(name)\" has changed since it was read."
        case .photoChanged(let address): "The photo \"\(address)\" was replaced while its labels were read."
        case .wrongConfirmation(let group, let typed):
            "To delete the resource group \"\(group)\" its name has to be typed exactly; found \"\(typed.prefix(100))\"."
        case .notSignedIn(let reason): "Not signed in: \(reason)."
        case .invalidValue(let kind, let field, let found, let expected):
            "The field \(field) of a \(kind) is \(found); it should be \(expected)."
        }
    }

    public var hint: String? {
        switch self {
        case .folderInUse: "Stop the other one, or choose another folder with --data."
        case .folderIsNewer: "Use the newer program, or restore a backup made by this one."
        case .diskFull: "Free some space and try again; nothing was changed."
        case .photoChanged: "Start again, so that labels and photos belong together."
        case .eTagMismatch: "Read it again and repeat the change."
        case .notSignedIn: "Start the server again, or ask it for a new link."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .invalidName, .wrongConfirmation, .invalidValue, .notSignedIn: .usage
        case .notACatalog, .backupDamaged: .badData
        case .missing: .missing
        case .folderInUse, .folderIsNewer, .nameTaken, .groupBeingDeleted, .stateForbids, .eTagMismatch, .photoChanged:
            .conflict
        case .folderNotUsable, .diskFull, .system: .resource
        case .catalog: .internal
        }
    }
}
