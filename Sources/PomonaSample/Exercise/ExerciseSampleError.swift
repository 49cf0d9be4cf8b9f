import Foundation
public import PomonaCore

/// Why the sample could not be written.
public enum ExerciseSampleError: PomonaError, Equatable {
    /// There is a file where the folder should be.
    case notAFolder(path: String)
    /// The folder holds something that no earlier sample has written.
    case folderInUse(path: String, entry: String)
    /// The system refused to read, write or move something.
    case system(path: String, reason: String)

    public var code: String {
        switch self {
        case .notAFolder: "sampleTargetNotAFolder"
        case .folderInUse: "sampleFolderInUse"
        case .system: "sampleNotWritten"
        }
    }

    public var message: String {
        switch self {
        case .notAFolder(let path): "\(path) is a file; the sample needs a folder."
        case .folderInUse(let path, let entry):
            "\(path) already holds \(entry), which is not part of an earlier sample; nothing was written."
        case .system(let path, let reason): "The sample could not be written: \(path): \(reason)"
        }
    }

    public var hint: String? {
        switch self {
        case .notAFolder, .folderInUse: "Name a new folder, an empty one, or one that holds only an earlier sample."
        case .system: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .notAFolder, .folderInUse: .conflict
        case .system: .resource
        }
    }

    /// The system's own words where there are any: Foundation's say only that a file could not be saved.
    static func system(_ path: String, _ error: any Error) -> ExerciseSampleError {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        let isSystemCode = cause.domain == NSPOSIXErrorDomain
        let reason = isSystemCode ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
        return .system(path: path, reason: reason)
    }
}
