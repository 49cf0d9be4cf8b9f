public import PomonaCore

/// Why a weights file could not be read or written.
public enum SafetensorsError: PomonaError {
    case missing(path: String)
    case notSafetensors(path: String, reason: String)
    case cutShort(path: String, expected: Int, found: Int)
    case noTensor(path: String, name: String)
    case notWritten(path: String, reason: String)

    public var code: String {
        switch self {
        case .missing: "modelNotFound"
        case .notSafetensors, .cutShort, .noTensor: "modelCorrupt"
        case .notWritten: "notWritten"
        }
    }

    public var message: String {
        switch self {
        case .missing(let path):
            "There is no model or weights file at \(path)."
        case .notSafetensors(let path, let reason):
            "\(path) is not a safetensors file: \(reason)."
        case .cutShort(let path, let expected, let found):
            "\(path) is cut short: its header promises \(expected) bytes, the file has \(found)."
        case .noTensor(let path, let name):
            "\(path) has no tensor named \(name)."
        case .notWritten(let path, let reason):
            "\(path) could not be written: \(reason.withoutFullStop). Nothing was left behind."
        }
    }

    public var hint: String? {
        switch self {
        case .cutShort: "Copy or download the file again."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .missing: .missing
        case .notSafetensors, .cutShort, .noTensor: .badData
        case .notWritten: .resource
        }
    }
}
