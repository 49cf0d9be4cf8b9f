public import PomonaStore

/// Trains a model.
public struct TrainPayload: Codable, Hashable, Sendable {
    public var model: Model.ID
    /// What it learns from, frozen; several are learned from together.
    public var trainingRevisions: [DatasetRevision.ID]
    /// What the finished model is measured on; `nil` measures on a held-out part.
    public var evaluationRevision: DatasetRevision.ID?
    public var budgetSeconds: Double
    /// Exactly so many steps, in place of the recipe's.
    public var steps: Int?
    /// The id of weights; `nil` takes what the server offers first when the training begins, `none` starts from nothing.
    public var foundation: String?
    public var seed: UInt64

    public init(
        model: Model.ID, trainingRevisions: [DatasetRevision.ID], evaluationRevision: DatasetRevision.ID? = nil,
        budgetSeconds: Double, steps: Int? = nil, foundation: String? = nil, seed: UInt64 = 0
    ) {
        self.model = model
        self.trainingRevisions = trainingRevisions
        self.evaluationRevision = evaluationRevision
        self.budgetSeconds = budgetSeconds
        self.steps = steps
        self.foundation = foundation
        self.seed = seed
    }
}

/// Measures a model on a frozen dataset.
public struct EvaluatePayload: Codable, Hashable, Sendable {
    public var evaluation: Evaluation.ID
    public var revision: DatasetRevision.ID

    public init(evaluation: Evaluation.ID, revision: DatasetRevision.ID) {
        self.evaluation = evaluation
        self.revision = revision
    }
}

/// Fills a new group with the rendered sample photos.
public struct SamplePayload: Codable, Hashable, Sendable {
    public var group: ResourceGroup.ID
    public var account: String
    public var seed: UInt64

    public init(group: ResourceGroup.ID, account: String, seed: UInt64 = 0) {
        self.group = group
        self.account = account
        self.seed = seed
    }
}

/// Deletes a group with all that it holds, or the bytes of containers whose names are free already.
public struct DeletionPayload: Codable, Hashable, Sendable {
    /// `nil` for containers and accounts that were deleted by themselves.
    public var group: ResourceGroup.ID?

    public init(group: ResourceGroup.ID?) {
        self.group = group
    }
}

/// Asks the model of a labeling project's training for suggestions.
public struct InferencePayload: Codable, Hashable, Sendable {
    public var project: LabelingProject.ID
    /// The inference experiment; the training has the same number.
    public var experiment: Experiment.ID

    public init(project: LabelingProject.ID, experiment: Experiment.ID) {
        self.project = project
        self.experiment = experiment
    }
}

/// Brings published weights from the network.
public struct PullPayload: Codable, Hashable, Sendable {
    /// The name it is published under, such as `yolox-nano`.
    public var name: String

    public init(name: String) {
        self.name = name
    }
}
