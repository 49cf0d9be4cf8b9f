public import PomonaCore

/// Everything the engine needs to train one model. It names files and values only, so a run can be repeated from it.
public struct TrainingRequest: Codable, Sendable {
    public var kind: ModelKind

    /// The photos to learn from; the held-out part is drawn from these.
    public var trainingSet: TrainingSet

    /// Photos that only measure the finished model; nothing is chosen on them.
    public var evaluationSet: TrainingSet?

    /// Photos that are known to be unusable, of the training set and of the evaluation set; they count towards the half
    /// that may be.
    public var alreadySkipped: AlreadySkipped

    /// Path of the weights to start from, `nil` to start from nothing.
    public var foundation: String?

    /// A named size of the family; `nil` takes the foundation's, or nano.
    public var size: String?

    /// Side of the square network input in pixels, a multiple of 32; `nil` takes what suits kind and foundation.
    public var imageSize: Int?

    /// The longest the whole run may take. A ceiling: training ends when the schedule does.
    public var budgetSeconds: Double

    /// Exactly so many steps, in place of the number the recipe would choose.
    public var steps: Int?

    public var seed: UInt64
    public var device: DevicePreference

    /// Threads for one tensor operation; `nil` for one per core.
    public var threads: Int?

    /// Folder for checkpoints, `nil` for none.
    public var checkpointFolder: String?

    /// Whether to go on from the checkpoint in `checkpointFolder`.
    public var resumes: Bool

    /// Where the model file goes.
    public var output: String

    public init(
        kind: ModelKind = .detector, trainingSet: TrainingSet, evaluationSet: TrainingSet? = nil,
        alreadySkipped: AlreadySkipped = AlreadySkipped(), foundation: String? = nil, size: String? = nil,
        imageSize: Int? = nil, budgetSeconds: Double = 600,
        steps: Int? = nil, seed: UInt64 = 0, device: DevicePreference = .auto, threads: Int? = nil,
        checkpointFolder: String? = nil, resumes: Bool = false, output: String
    ) {
        self.kind = kind
        self.trainingSet = trainingSet
        self.evaluationSet = evaluationSet
        self.alreadySkipped = alreadySkipped
        self.foundation = foundation
        self.size = size
        self.imageSize = imageSize
        self.budgetSeconds = budgetSeconds
        self.steps = steps
        self.seed = seed
        self.device = device
        self.threads = threads
        self.checkpointFolder = checkpointFolder
        self.resumes = resumes
        self.output = output
    }
}

/// Photos that were found unusable before the engine saw them.
public struct AlreadySkipped: Codable, Sendable {
    public var training: [SkippedPhoto]
    public var evaluation: [SkippedPhoto]

    public init(training: [SkippedPhoto] = [], evaluation: [SkippedPhoto] = []) {
        self.training = training
        self.evaluation = evaluation
    }
}

/// What a model says about a photo.
public enum ModelKind: String, Codable, Sendable {
    /// Where objects are and which.
    case detector
    /// Which one tag fits the whole photo.
    case classifier
}

/// Where to compute.
public enum DevicePreference: String, Codable, Sendable, CaseIterable {
    /// The GPU where libtorch finds one, else the CPU.
    case auto
    case cpu
    case cuda
}
