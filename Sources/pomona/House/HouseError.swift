import PomonaCore

/// What the server's own work can fail with.
enum HouseError: PomonaError {
    case modelHasNoFile(String)
    case noBuiltInModel
    case photoEndsPredictor
    case foundationMissing(String)
    case foundationInstalled(String)
    case tlsIncomplete
    case tlsUnusable(String, reason: String)
    case hostUnusable(String, reason: String)
    case portTaken(Int, reason: String)

    var code: String {
        switch self {
        case .modelHasNoFile: "modelNotTrained"
        case .noBuiltInModel: "builtInModelMissing"
        case .photoEndsPredictor: "photoEndsPredictor"
        case .foundationMissing: "foundationMissing"
        case .foundationInstalled: "foundationInstalled"
        case .tlsIncomplete, .tlsUnusable, .hostUnusable: "usage"
        case .portTaken: "portTaken"
        }
    }

    var message: String {
        switch self {
        case .modelHasNoFile(let name): "The model \"\(name)\" has not been trained yet."
        case .noBuiltInModel: "There is no built-in model on this machine."
        case .photoEndsPredictor: "The photo ends the predictor each time it is looked at."
        case .foundationMissing(let name): "There is no foundation named \(name), and no file of that name."
        case .foundationInstalled(let name): "The foundation \(name) is on this machine already."
        case .tlsIncomplete: "--tls-certificate and --tls-key belong together."
        case .tlsUnusable(let path, let reason): "\(path) cannot be used for TLS: \(reason)."
        case .hostUnusable(let host, let reason): "The host \(host) cannot be listened on: \(reason)."
        case .portTaken(let port, let reason): "Port \(port) cannot be listened on: \(reason)."
        }
    }

    var hint: String? {
        switch self {
        case .noBuiltInModel: "Name a model file with --built-in-model, or choose a custom model."
        case .tlsUnusable:
            "Both files are PEM: the server's certificate first and those that signed it after it, and its key."
        case .hostUnusable: "Name an address of this machine with --host, or 0.0.0.0 for all of them."
        case .portTaken: "Stop what uses it, or choose another with --port and --blob-port."
        default: nil
        }
    }

    var kind: ErrorKind {
        switch self {
        case .modelHasNoFile, .foundationInstalled: .conflict
        case .noBuiltInModel, .foundationMissing: .missing
        case .photoEndsPredictor: .badData
        case .tlsIncomplete, .tlsUnusable, .hostUnusable: .usage
        case .portTaken: .resource
        }
    }
}
