public import PomonaCore

/// Why a model could not be written as ONNX. What is wrong with the model file itself, ``SafetensorsError`` and
/// ``ModelFileError`` say.
public enum ONNXExportError: PomonaError, Equatable {
    /// A tensor holds numbers with which nothing can be computed.
    case notFinite(path: String, tensor: String)
    /// A weight is larger than half precision can hold.
    case beyondHalfPrecision(tensor: String)
    /// An option is out of its range.
    case invalidOption(name: String, found: String, range: String)
    case suppressionWithoutBoxes(path: String)
    case notWritten(path: String, reason: String)

    public var code: String {
        switch self {
        case .notFinite: "modelCorrupt"
        case .beyondHalfPrecision: "beyondHalfPrecision"
        case .invalidOption, .suppressionWithoutBoxes: "invalidOption"
        case .notWritten: "notWritten"
        }
    }

    public var message: String {
        switch self {
        case .notFinite(let path, let tensor):
            "\(path): the tensor \(tensor) holds values that are no numbers to compute with (not finite, or a "
                + "negative variance)."
        case .beyondHalfPrecision(let tensor):
            "The weights \(tensor) reach beyond 65,504, the largest number of half precision."
        case .invalidOption(let name, let found, let range):
            "The option \(name) is \(found); it must be \(range)."
        case .suppressionWithoutBoxes(let path):
            "\(path) is a classifier: it finds no boxes, so there are none to suppress."
        case .notWritten(let path, let reason):
            "\(path) could not be written: \(reason.withoutFullStop). Nothing was left behind."
        }
    }

    public var hint: String? {
        switch self {
        case .notFinite: "Copy or train the model again."
        case .beyondHalfPrecision: "Export it with --precision fp32."
        case .suppressionWithoutBoxes: "Export it without suppression."
        case .invalidOption, .notWritten: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .notFinite: .badData
        case .beyondHalfPrecision, .invalidOption, .suppressionWithoutBoxes: .usage
        case .notWritten: .resource
        }
    }
}
