public import PomonaCore

/// What is wrong with a dataset.
public enum DatasetError: PomonaError {
    /// A label file is named that is not there.
    case labelFileMissing(String, dataset: String)
    /// It lies where this program must not or cannot go.
    case labelFileUnreachable(String, reason: String)
    /// The dataset has no label files, or files without a label.
    case noLabels(dataset: String)
    /// More than half of the labelled photos are not there.
    case photosMissing(count: Int, of: Int, first: String, dataset: String)
    /// A file that was sent, and is kept no longer.
    case uploadMissing(String)
    /// The dataset has no container in which something could be kept.
    case noContainer(dataset: String)
    /// A run's frozen input cannot be read.
    case revisionUnreadable(String)

    public var code: String {
        switch self {
        case .labelFileMissing, .labelFileUnreachable: "datasetNotFound"
        case .noLabels: "datasetEmpty"
        case .photosMissing, .revisionUnreadable: "datasetCorrupt"
        case .uploadMissing: "notFound"
        case .noContainer: "conflict"
        }
    }

    public var message: String {
        switch self {
        case .labelFileMissing(let name, let dataset):
            "The COCO file \"\(name)\" of the dataset \"\(dataset)\" is not in its container."
        case .labelFileUnreachable(let address, let reason): "The COCO file \(address) cannot be read: \(reason)."
        case .noLabels(let dataset): "The dataset \"\(dataset)\" has no labels."
        case .photosMissing(let count, let total, let first, let dataset):
            "\(count) of the \(total) labelled photos of the dataset \"\(dataset)\" are missing, the first of them \(first)."
        case .uploadMissing: "The label file that was sent is kept no longer."
        case .noContainer(let dataset): "The dataset \"\(dataset)\" has no container (any more)."
        case .revisionUnreadable(let reason): "The frozen dataset cannot be read: \(reason)."
        }
    }

    public var hint: String? {
        switch self {
        case .labelFileMissing: "Upload the file to the container, or take it off the dataset."
        case .labelFileUnreachable: "Upload the file to the dataset's container and name it there."
        case .noLabels: "Add a COCO file, or label photos."
        case .photosMissing: "Upload the photos to the dataset's container under the names in the COCO file."
        case .uploadMissing: "Choose the file again."
        case .noContainer, .revisionUnreadable: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .labelFileMissing, .uploadMissing: .missing
        case .noContainer: .conflict
        case .labelFileUnreachable, .noLabels, .photosMissing: .badData
        case .revisionUnreadable: .internal
        }
    }
}
