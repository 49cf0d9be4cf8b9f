public import Foundation

/// A measurement of a model on a dataset.
public struct Evaluation: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<Evaluation>

    public var id: ID
    public var model: Model.ID

    /// Unique for the model.
    public var name: String

    /// `nil` where the dataset was deleted since.
    public var dataset: Dataset.ID?
    public var datasetName: String
    public var revision: DatasetRevision.ID?

    /// The job that measures.
    public var job: Job.ID?
    public var status: EvaluationStatus

    /// What came out, as JSON that only its writer reads.
    public var performance: String?
    public var failure: ItemFailure?

    /// Changes with every change.
    public var eTag: ETag
    public var createdAt: Date
    public var modifiedAt: Date

    public init(
        id: ID, model: Model.ID, name: String, dataset: Dataset.ID?, datasetName: String,
        revision: DatasetRevision.ID?, job: Job.ID?, status: EvaluationStatus, performance: String?,
        failure: ItemFailure?, eTag: ETag, createdAt: Date, modifiedAt: Date
    ) {
        self.id = id
        self.model = model
        self.name = name
        self.dataset = dataset
        self.datasetName = datasetName
        self.revision = revision
        self.job = job
        self.status = status
        self.performance = performance
        self.failure = failure
        self.eTag = eTag
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

/// An evaluation's status. While a job works for it, the status follows the job's state; the job's handler sets `succeeded`
/// along with the performance.
public enum EvaluationStatus: String, Codable, Sendable, CaseIterable {
    case notStarted
    case running
    case succeeded
    case failed

    public var isFinal: Bool { self == .succeeded || self == .failed }

    /// Whether an evaluation may go from this status to another.
    public func canBecome(_ next: EvaluationStatus) -> Bool {
        switch self {
        case .notStarted: next != .succeeded
        case .running: true
        case .succeeded, .failed: next == self
        }
    }
}

/// Evaluations.
public protocol EvaluationStoring: Sendable {
    /// Makes an evaluation that waits for its turn.
    ///
    /// - Parameters:
    ///   - revision: the dataset as it is to be measured on; it stays as long as the evaluation does.
    ///   - job: the job that will measure, queued in the same transaction; `nil` queues none.
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``,
    ///   ``StoreError/missing(_:named:)`` for an unknown model or revision, or a dataset that is not of its group.
    func createEvaluation(
        named name: String, of model: Model.ID, on dataset: Dataset.ID, revision: DatasetRevision.ID?,
        job: (@Sendable (Evaluation.ID) throws -> NewJob)?
    ) async throws -> Evaluation

    /// - Throws: ``StoreError/missing(_:named:)``.
    func evaluation(_ id: Evaluation.ID) async throws -> Evaluation

    /// - Throws: ``StoreError/missing(_:named:)``.
    func evaluation(named name: String, of model: Model.ID) async throws -> Evaluation

    /// A model's evaluations in the order they were made.
    func evaluations(of model: Model.ID, skip: Int, limit: Int) async throws -> [Evaluation]

    /// Changes an evaluation's status, revision, performance and failure; its other fields stay what they are.
    ///
    /// - Parameter lease: the lease of the job that wants the change; one that is lost changes nothing.
    /// - Throws: ``StoreError/missing(_:named:)``, ``JobError/leaseLost(_:)``,
    ///   ``StoreError/stateForbids(_:named:state:action:)`` for a status that cannot follow the present one.
    func updateEvaluation(
        _ id: Evaluation.ID, lease: JobLease?, _ change: @escaping @Sendable (inout Evaluation) throws -> Void
    ) async throws -> Evaluation

    /// - Throws: ``StoreError/missing(_:named:)``, ``StoreError/stateForbids(_:named:state:action:)`` while it is measured.
    func deleteEvaluation(_ id: Evaluation.ID) async throws
}
