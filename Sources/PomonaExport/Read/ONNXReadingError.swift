public import PomonaCore

/// Why the weights in an ONNX file could not be read.
public enum ONNXReadingError: PomonaError, Equatable {
    case missing(path: String)
    case notONNX(path: String, reason: String)
    /// Something in the file is larger than ``ONNXLimits`` allows.
    case beyondLimit(path: String, what: String, found: Int, limit: Int, unit: String)
    /// `reason` continues a sentence that starts with the tensor.
    case invalidTensor(path: String, tensor: String, reason: String)
    case noTensor(path: String, name: String)

    public var code: String {
        switch self {
        case .missing: "weightsNotFound"
        case .notONNX: "notONNX"
        case .beyondLimit: "weightsTooLarge"
        case .invalidTensor, .noTensor: "weightsCorrupt"
        }
    }

    public var message: String {
        switch self {
        case .missing(let path):
            "There is no ONNX file at \(path)."
        case .notONNX(let path, let reason):
            "\(path) is not an ONNX file: \(reason)."
        case .beyondLimit(let path, let what, let found, let limit, let unit):
            "\(path): \(what) has \(found) \(unit); at most \(limit) are read."
        case .invalidTensor(let path, let tensor, let reason):
            "\(path): the tensor \(tensor) \(reason)."
        case .noTensor(let path, let name):
            "\(path) has no tensor named \(name)."
        }
    }

    public var hint: String? {
        switch self {
        case .notONNX: "Copy or download the file again."
        default: nil
        }
    }

    public var kind: ErrorKind {
        if case .missing = self { .missing } else { .badData }
    }
}
