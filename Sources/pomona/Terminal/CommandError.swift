import PomonaCore

/// What is wrong with how a command was called, beyond what parsing sees.
enum CommandError: PomonaError {
    case pathMissing(String)
    case noPhotos(String)
    case noTagFolders(String)
    case cannotWrite(path: String, reason: String)
    case mostPhotosUnusable(skipped: Int, of: Int, first: String)
    case invalidLabels(String)
    case evaluationIncomplete
    case openVINOWithCUDA
    case drawsOverPhoto(String)

    var code: String {
        switch self {
        case .pathMissing: "pathMissing"
        case .noPhotos, .noTagFolders: "noPhotos"
        case .cannotWrite: "cannotWrite"
        case .mostPhotosUnusable: "mostPhotosUnusable"
        case .invalidLabels: "labelsInvalid"
        case .evaluationIncomplete, .openVINOWithCUDA, .drawsOverPhoto: "usage"
        }
    }

    var message: String {
        switch self {
        case .pathMissing(let path): "\(path) does not exist."
        case .noPhotos(let path): "There is no photo in \(path)."
        case .noTagFolders(let path):
            "\(path) holds no folders with photos; each folder's name is taken for a tag."
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)."
        case .mostPhotosUnusable(let skipped, let total, let first):
            "\(skipped) of \(total) photos cannot be used, more than half. The first: \(first)"
        case .invalidLabels(let file): "\(file) has faults; see above."
        case .evaluationIncomplete: "--evaluation-coco and --evaluation-images belong together."
        case .drawsOverPhoto(let path):
            "\(path) is one of the photos, and a copy with boxes would take its place; --draw needs another folder."
        case .openVINOWithCUDA: "--runtime openvino computes on the CPU; on a GPU only --runtime engine does."
        }
    }

    var kind: ErrorKind {
        switch self {
        case .pathMissing: .missing
        case .noPhotos, .noTagFolders, .mostPhotosUnusable, .invalidLabels: .badData
        case .cannotWrite: .resource
        case .evaluationIncomplete, .openVINOWithCUDA, .drawsOverPhoto: .usage
        }
    }
}
