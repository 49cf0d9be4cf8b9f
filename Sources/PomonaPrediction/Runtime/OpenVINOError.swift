public import PomonaCore

/// Why OpenVINO cannot be used, or failed at its work.
public enum OpenVINOError: PomonaError, Equatable {
    /// It is nowhere where it is looked for.
    case notFound(searched: [String])
    /// The folder that was named holds no OpenVINO.
    case notAnInstallation(folder: String)
    /// Some of its libraries are there, others are not.
    case halfInstalled(folder: String, missing: [String])
    /// The system's loader refuses the library.
    case notLoadable(path: String, reason: String)
    /// `found` is `nil` where the library is too old or too new to say.
    case otherVersion(folder: String, found: String?)
    /// It refuses a network.
    case notCompiled(model: String, reason: String)
    /// It failed while a network ran.
    case notRun(model: String, reason: String)

    public var code: String {
        switch self {
        case .notFound, .notAnInstallation: "openVINOMissing"
        case .halfInstalled, .notLoadable: "openVINOIncomplete"
        case .otherVersion: "openVINOVersion"
        case .notCompiled: "modelNotCompiled"
        case .notRun: "predictionFailed"
        }
    }

    public var message: String {
        switch self {
        case .notFound(let searched):
            "OpenVINO is not installed; looked in \(searched.joined(separator: ", "))."
        case .notAnInstallation(let folder):
            "\(folder) holds no OpenVINO: there is no libopenvino_c.so in it nor in its libs or lib folder."
        case .halfInstalled(let folder, let missing):
            "The OpenVINO in \(folder) is incomplete: \(missing.joined(separator: ", ")) missing."
        case .notLoadable(let path, let reason):
            "\(path) cannot be loaded: \(reason)."
        case .otherVersion(let folder, let found):
            "The OpenVINO in \(folder) is \(found.map { "version \($0)" } ?? "of an unknown version"); Pomona works with "
                + "\(OpenVINORuntime.supportedYears.lowerBound) to \(OpenVINORuntime.supportedYears.upperBound)."
        case .notCompiled(let model, let reason):
            "OpenVINO could not prepare the model \(model): \(reason)."
        case .notRun(let model, let reason):
            "OpenVINO failed while the model \(model) ran: \(reason)."
        }
    }

    public var hint: String? {
        switch self {
        case .notFound, .notAnInstallation, .halfInstalled, .notLoadable, .otherVersion:
            "Run scripts/fetch-openvino.sh, or name the folder of an installed OpenVINO in the environment variable "
                + "OPENVINO."
        case .notCompiled, .notRun: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .notFound, .notAnInstallation: .missing
        case .halfInstalled, .notLoadable, .otherVersion, .notCompiled, .notRun: .resource
        }
    }
}
