public import PomonaCore
public import PomonaEvaluation

/// The first line a program writes to the engine's standard input. Afterwards the input stays open: a line `stop` asks for
/// an early end with what there is, and closing it ends the engine.
public enum EngineRequest: Codable, Sendable {
    case train(TrainingRequest)
    case evaluate(EvaluationRequest)
    /// Loads a model and answers one ``PredictionRequest`` a line until the input closes.
    case predict(PredictionSession)
    case doctor
}

/// Measures a model on labelled photos.
public struct EvaluationRequest: Codable, Sendable {
    public var model: String
    public var evaluationSet: TrainingSet
    /// Photos that are known to be unusable; they count towards the half that may be.
    public var alreadySkipped: [SkippedPhoto]
    public var device: DevicePreference
    public var threads: Int?

    public init(
        model: String, evaluationSet: TrainingSet, alreadySkipped: [SkippedPhoto] = [],
        device: DevicePreference = .auto, threads: Int? = nil
    ) {
        self.model = model
        self.evaluationSet = evaluationSet
        self.alreadySkipped = alreadySkipped
        self.device = device
        self.threads = threads
    }
}

/// A model that stays loaded to answer many photos.
public struct PredictionSession: Codable, Sendable {
    public var model: String
    public var device: DevicePreference
    public var threads: Int?
    /// Most photos that go through the network at once, 1...1024; `nil` for what suits the device.
    public var batchSize: Int?
    /// How photos larger than the model's input are cut up; `nil` where they are looked at as a whole.
    public var tiles: PredictionTiles?

    public init(
        model: String, device: DevicePreference = .auto, threads: Int? = nil, batchSize: Int? = nil,
        tiles: PredictionTiles? = nil
    ) {
        self.model = model
        self.device = device
        self.threads = threads
        self.batchSize = batchSize
        self.tiles = tiles
    }
}

/// One photo for a prediction session: a file the engine can read.
public struct PredictionRequest: Codable, Sendable {
    /// Chosen by the caller; the answer carries it.
    public var id: Int
    public var path: String
    /// How messages call the photo.
    public var name: String
    public var threshold: Double

    public init(id: Int, path: String, name: String, threshold: Double) {
        self.id = id
        self.path = path
        self.name = name
        self.threshold = threshold
    }
}

/// One line of the engine's standard output.
public enum EngineEvent: Codable, Sendable {
    /// Something a person may want to know, such as a photo that was left out.
    case notice(String)
    /// The run is decided: how many steps, with what.
    case planned(TrainingPlan)
    case progress(TrainingProgress)
    case trained(TrainingResult)
    case evaluated(EvaluationResult)
    /// The labels of a session's model, once it is loaded, and how many photos it looks at together.
    case ready(labels: [String], kind: ModelKind, batchSize: Int)
    case predicted(id: Int, Prediction)
    /// One photo of a session could not be answered.
    case refused(id: Int, Failure)
    case diagnosis(EngineDiagnosis)
    /// The request as a whole failed; nothing follows.
    case failed(Failure)
}

/// A ``PomonaError`` on its way from one process to another.
public struct Failure: PomonaError, Codable {
    public var code: String
    public var message: String
    public var hint: String?
    public var kind: ErrorKind

    public init(code: String, message: String, hint: String? = nil, kind: ErrorKind) {
        self.code = code
        self.message = message
        self.hint = hint
        self.kind = kind
    }

    /// Carries any error; one that is not a ``PomonaError`` becomes an internal failure in its own words.
    public init(_ error: any Error) {
        if let error = error as? any PomonaError {
            self.init(code: error.code, message: error.message, hint: error.hint, kind: error.kind)
        } else {
            self.init(code: "unknown", message: "\(error)", hint: nil, kind: .internal)
        }
    }
}

/// What a run decided before its first step.
public struct TrainingPlan: Codable, Sendable {
    public var steps: Int
    public var batchSize: Int
    /// Photos that teach, and photos that measure the model before they teach as well.
    public var trainingPhotos: Int
    public var heldOutPhotos: Int
    public var secondsPerStep: Double
    public var device: String

    public init(
        steps: Int, batchSize: Int, trainingPhotos: Int, heldOutPhotos: Int, secondsPerStep: Double, device: String
    ) {
        self.steps = steps
        self.batchSize = batchSize
        self.trainingPhotos = trainingPhotos
        self.heldOutPhotos = heldOutPhotos
        self.secondsPerStep = secondsPerStep
        self.device = device
    }
}

/// Where a run stands.
public struct TrainingProgress: Codable, Sendable {
    public var step: Int
    public var steps: Int
    public var imagesPerSecond: Double
    public var secondsLeft: Double
    /// Mean of each part of the loss since the last report, by name.
    public var losses: [String: Double]
    /// Average precision at IoU 0.5 (detector) or top-1 accuracy (classifier) on a few photos that do not teach, when last
    /// measured.
    public var heldOutScore: Double?

    public init(
        step: Int, steps: Int, imagesPerSecond: Double, secondsLeft: Double, losses: [String: Double],
        heldOutScore: Double?
    ) {
        self.step = step
        self.steps = steps
        self.imagesPerSecond = imagesPerSecond
        self.secondsLeft = secondsLeft
        self.losses = losses
        self.heldOutScore = heldOutScore
    }
}

/// A photo that was left out, and why.
public struct SkippedPhoto: Codable, Equatable, Sendable {
    public var file: String
    public var reason: String

    public init(file: String, reason: String) {
        self.file = file
        self.reason = reason
    }
}

/// What a finished run reports.
public struct TrainingResult: Codable, Sendable {
    public var evaluation: EvaluationResult
    public var trainingSeconds: Double
    public var imagesPerSecond: Double
    public var steps: Int
    public var peakMemoryMB: Double
    public var foundation: String?
    public var seed: UInt64
    /// Whether the run was stopped early; the model is the best so far.
    public var wasInterrupted: Bool

    public init(
        evaluation: EvaluationResult, trainingSeconds: Double, imagesPerSecond: Double, steps: Int,
        peakMemoryMB: Double, foundation: String?, seed: UInt64, wasInterrupted: Bool
    ) {
        self.evaluation = evaluation
        self.trainingSeconds = trainingSeconds
        self.imagesPerSecond = imagesPerSecond
        self.steps = steps
        self.peakMemoryMB = peakMemoryMB
        self.foundation = foundation
        self.seed = seed
        self.wasInterrupted = wasInterrupted
    }
}

/// How good a model is, and on what that was measured.
public struct EvaluationResult: Codable, Sendable {
    public enum Measured: String, Codable, Sendable {
        /// On the evaluation set.
        case evaluation
        /// On a part of the training photos that did not teach until then; the model has learned from all since.
        case heldOut
        /// On the training photos themselves, for want of enough to hold any out.
        case training
    }

    public var evaluatedOn: Measured
    public var detection: DetectionMetrics?
    public var classification: ClassificationMetrics?
    /// The names of the measured photos, in the order in which the metrics count them.
    public var photos: [String]
    public var skipped: [SkippedPhoto]

    public init(
        evaluatedOn: Measured, detection: DetectionMetrics? = nil, classification: ClassificationMetrics? = nil,
        photos: [String], skipped: [SkippedPhoto]
    ) {
        self.evaluatedOn = evaluatedOn
        self.detection = detection
        self.classification = classification
        self.photos = photos
        self.skipped = skipped
    }
}

/// What the engine says of itself.
public struct EngineDiagnosis: Codable, Sendable {
    public var torchVersion: String
    public var hasCUDA: Bool
    public var threads: Int

    public init(torchVersion: String, hasCUDA: Bool, threads: Int) {
        self.torchVersion = torchVersion
        self.hasCUDA = hasCUDA
        self.threads = threads
    }
}
