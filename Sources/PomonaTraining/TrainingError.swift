public import PomonaCore

/// Why a training run could not do its work.
public enum TrainingError: PomonaError, Equatable {
    case noBoxes
    /// A classifier's photos all have the same tag.
    case oneTagOnly
    case classifierWithoutFoundation
    /// A detector cannot start from a classifier.
    case foundationFindsNothing(path: String)
    case noPhotos
    case interrupted
    case unknownLabel(String, known: [String])
    case mostPhotosUnreadable(skipped: Int, of: Int, first: String)
    case notEnoughBudget(seconds: Double, minimum: Double)
    case diverged(step: Int)
    case sizeDiffers(asked: String, foundation: String)
    case unknownSize(String)
    case imageSize(Int)
    case noGPU
    case stoppedBeforeModel
    case checkpointDiffers(path: String, field: String)
    case noCheckpoint(path: String)

    public var code: String {
        switch self {
        case .noBoxes, .noPhotos, .oneTagOnly: "datasetEmpty"
        case .unknownLabel: "datasetAnnotationsInvalid"
        case .mostPhotosUnreadable: "datasetCorrupt"
        case .notEnoughBudget: "notEnoughBudget"
        case .diverged: "diverged"
        case .sizeDiffers, .unknownSize, .imageSize, .classifierWithoutFoundation, .foundationFindsNothing:
            "invalidOption"
        case .noGPU: "noGPU"
        case .stoppedBeforeModel, .interrupted: "interrupted"
        case .checkpointDiffers, .noCheckpoint: "checkpointUnusable"
        }
    }

    public var message: String {
        switch self {
        case .noBoxes:
            "No photo of the training set has a box."
        case .oneTagOnly:
            "The photos of the training set do not have two different tags."
        case .classifierWithoutFoundation:
            "A classifier is trained on top of a foundation, and none was chosen."
        case .foundationFindsNothing(let path):
            "\(path) is a classifier: it tells what a photo shows and has no part that finds things, so a detector cannot "
                + "start from it."
        case .noPhotos:
            "The set has no photos."
        case .interrupted:
            "Interrupted."
        case .unknownLabel(let label, let known):
            "The evaluation set speaks of \(label), which the model does not know; its labels are "
                + "\(known.prefix(20).joined(separator: ", "))."
        case .mostPhotosUnreadable(let skipped, let total, let first):
            "\(skipped) of \(total) photos cannot be used, more than half. The first: \(first)"
        case .notEnoughBudget(let seconds, let minimum):
            "A budget of \(Int(seconds)) s is too small: loading, 10 steps, evaluation and writing take about "
                + "\(Int(minimum.rounded(.up))) s on this machine."
        case .diverged(let step):
            "Training diverged: the loss of step \(step) is not a number."
        case .sizeDiffers(let asked, let foundation):
            "The size \(asked) was asked for, but the foundation is of size \(foundation)."
        case .unknownSize(let name):
            "There is no size named \(name)."
        case .imageSize(let size):
            "An image size of \(size) px does not work: it must be a multiple of 32 between 64 and 2048."
        case .noGPU:
            "CUDA was asked for, but this libtorch finds no GPU."
        case .stoppedBeforeModel:
            "The run was stopped before there was a model to save."
        case .checkpointDiffers(let path, let field):
            "The checkpoint at \(path) belongs to another run: its \(field) differs."
        case .noCheckpoint(let path):
            "There is no checkpoint in \(path)."
        }
    }

    public var hint: String? {
        switch self {
        case .noBoxes: "Label some photos first."
        case .oneTagOnly: "Tag photos with at least two tags; a classifier learns to tell them apart."
        case .classifierWithoutFoundation: "Leave --foundation out to take the shipped one."
        case .foundationFindsNothing: "Start from a detector or a foundation; pomona foundation list shows them."
        case .notEnoughBudget(_, let minimum): "Give it at least \(Int((minimum * 1.2).rounded(.up))) s."
        case .diverged: "Check the labels; a smaller image size or another seed may also help."
        case .sizeDiffers: "Leave the size out, or use a foundation of that size."
        case .unknownSize: "Known are nano, tiny, s, m, l and x."
        case .noGPU: "Use --device cpu, or build with LIBTORCH naming a libtorch that has CUDA."
        case .checkpointDiffers: "Resume with the same data, options and seed, or start anew in another folder."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .noBoxes, .noPhotos, .oneTagOnly, .unknownLabel, .mostPhotosUnreadable, .diverged: .badData
        case .notEnoughBudget, .sizeDiffers, .unknownSize, .imageSize, .checkpointDiffers, .classifierWithoutFoundation,
            .foundationFindsNothing:
            .usage
        case .noGPU: .resource
        case .noCheckpoint: .missing
        case .stoppedBeforeModel, .interrupted: .interrupted
        }
    }
}
