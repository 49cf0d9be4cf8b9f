public import PomonaCore

/// Why a model cannot be predicted with. What is wrong with its file, with the photo or with OpenVINO, their own errors
/// say.
public enum PredictionError: PomonaError, Equatable {
    /// The model sorts whole photos and finds no boxes.
    case notADetector(path: String)
    /// The model finds objects and does not sort whole photos.
    case notAClassifier(path: String)
    /// Something keeps writing to the model file.
    case modelChanging(path: String)
    case cacheNotWritable(folder: String, reason: String)
    case invalidOption(name: String, found: String, range: String)

    public var code: String {
        switch self {
        case .notADetector: "notADetector"
        case .notAClassifier: "notAClassifier"
        case .modelChanging: "modelChanging"
        case .cacheNotWritable: "cacheNotWritable"
        case .invalidOption: "invalidOption"
        }
    }

    public var message: String {
        switch self {
        case .notADetector(let path):
            "\(path) is a classifier: it tells what is on a photo, but not where."
        case .notAClassifier(let path):
            "\(path) is a detector: it finds objects, and does not sort whole photos."
        case .modelChanging(let path):
            "\(path) changed while it was read."
        case .cacheNotWritable(let folder, let reason):
            "The cache of models \(folder) cannot be written to: \(reason)."
        case .invalidOption(let name, let found, let range):
            "The option \(name) is \(found); it must be \(range)."
        }
    }

    public var hint: String? {
        switch self {
        case .modelChanging: "Try again when whatever writes it has finished."
        case .cacheNotWritable: "Name another folder in the environment variable POMONA_CACHE."
        case .notADetector, .notAClassifier, .invalidOption: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .notADetector, .notAClassifier, .invalidOption: .usage
        case .modelChanging: .conflict
        case .cacheNotWritable: .resource
        }
    }
}
