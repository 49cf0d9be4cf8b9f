public import Foundation

/// A custom model: from the wish to train it to the file that predicts.
public struct Model: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<Model>

    /// What it says about a photo.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case genericClassifier
        case genericDetector
        case productRecognizer
    }

    public var id: ID
    public var group: ResourceGroup.ID

    /// Unique in the group.
    public var name: String
    public var kind: Kind
    public var status: ModelStatus

    /// What was asked for, as JSON that only its writer reads.
    public var parameters: String

    /// What it learned from.
    public var revision: DatasetRevision.ID?

    /// The job that trains it.
    public var job: Job.ID?

    /// Where training stands, as JSON that only its writer reads.
    public var progress: String?

    /// How good it is, as JSON that only its writer reads.
    public var performance: String?

    /// How long training computed.
    public var trainingSeconds: Double?
    public var failure: ItemFailure?
    public var files: [ModelFile]

    /// Changes with every change.
    public var eTag: ETag
    public var createdAt: Date
    public var modifiedAt: Date

    public init(
        id: ID, group: ResourceGroup.ID, name: String, kind: Kind, status: ModelStatus, parameters: String,
        revision: DatasetRevision.ID?, job: Job.ID?, progress: String?, performance: String?, trainingSeconds: Double?,
        failure: ItemFailure?, files: [ModelFile], eTag: ETag, createdAt: Date, modifiedAt: Date
    ) {
        self.id = id
        self.group = group
        self.name = name
        self.kind = kind
        self.status = status
        self.parameters = parameters
        self.revision = revision
        self.job = job
        self.progress = progress
        self.performance = performance
        self.trainingSeconds = trainingSeconds
        self.failure = failure
        self.files = files
        self.eTag = eTag
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

/// A model's status, in the words of the training API. While a job works for the model, the status follows the job's state;
/// the job's handler sets `succeeded` along with what it made.
public enum ModelStatus: String, Codable, Sendable, CaseIterable {
    /// Waits for its turn.
    case notStarted
    case training
    case succeeded
    case failed
    case cancelling
    case cancelled

    public var isFinal: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .notStarted, .training, .cancelling: false
        }
    }

    /// Whether a model may go from this status to another. A cancelled training may still end with the best model so far.
    public func canBecome(_ next: ModelStatus) -> Bool {
        switch self {
        case .notStarted, .training: next != .succeeded || self == .training
        case .cancelling: next.isFinal
        case .succeeded, .failed, .cancelled: next == self
        }
    }
}

/// One of a model's files in the data folder.
public struct ModelFile: Hashable, Sendable {
    /// What it is for, such as `weights` or `onnx`.
    public var role: String

    /// Its path.
    public var path: String
    public var length: Int64

    /// 32 bytes.
    public var sha256: Data

    public init(role: String, path: String, length: Int64, sha256: Data) {
        self.role = role
        self.path = path
        self.length = length
        self.sha256 = sha256
    }
}

/// A model to be trained.
public struct NewModel: Hashable, Sendable {
    public var name: String
    public var kind: Model.Kind
    /// JSON.
    public var parameters: String

    /// What it learns from and is measured on. They stay as long as the model does, whatever becomes of their datasets.
    public var revisions: [DatasetRevision.ID]

    public init(name: String, kind: Model.Kind, parameters: String, revisions: [DatasetRevision.ID] = []) {
        self.name = name
        self.kind = kind
        self.parameters = parameters
        self.revisions = revisions
    }
}

/// Models.
public protocol ModelStoring: Sendable {
    /// Makes a model that waits for training.
    ///
    /// - Parameter job: the job that will train the model of the given number; it is queued in the same transaction, so
    ///   there is never one without the other. `nil` queues none.
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``,
    ///   ``StoreError/groupBeingDeleted(_:)``; ``StoreError/missing(_:named:)`` for a revision whose dataset was deleted
    ///   since it was frozen.
    func createModel(
        _ model: NewModel, in group: ResourceGroup.ID, job: (@Sendable (Model.ID) throws -> NewJob)?
    ) async throws -> Model

    /// - Throws: ``StoreError/missing(_:named:)``.
    func model(_ id: Model.ID) async throws -> Model

    /// - Throws: ``StoreError/missing(_:named:)``.
    func model(named name: String, in group: ResourceGroup.ID) async throws -> Model

    /// A group's models in the order they were made.
    func models(in group: ResourceGroup.ID, skip: Int, limit: Int) async throws -> [Model]

    /// Changes a model's status, revision, progress, performance, seconds and failure; its other fields stay what they are.
    ///
    /// - Parameters:
    ///   - lease: the lease of the job that wants the change; one that is lost changes nothing.
    ///   - change: called with the model as it is, in the transaction; whatever it throws, nothing changes.
    /// - Throws: ``StoreError/missing(_:named:)``, ``JobError/leaseLost(_:)``,
    ///   ``StoreError/stateForbids(_:named:state:action:)`` for a status that cannot follow the present one.
    func updateModel(
        _ id: Model.ID, lease: JobLease?, _ change: @escaping @Sendable (inout Model) throws -> Void
    ) async throws -> Model

    /// Copies a file into the data folder and gives it to the model, in place of one of that role.
    ///
    /// - Parameter ending: the ending of the file's name, such as `safetensors`.
    /// - Throws: as ``updateModel(_:lease:_:)``; ``StoreError/system(operation:path:reason:)`` where it cannot be read.
    func addModelFile(_ path: String, role: String, ending: String, to id: Model.ID, lease: JobLease?) async throws
        -> Model

    /// Deletes a model with its files and evaluations.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``, ``StoreError/stateForbids(_:named:state:action:)`` while it is trained.
    func deleteModel(_ id: Model.ID) async throws
}
