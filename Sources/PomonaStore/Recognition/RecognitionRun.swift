public import Foundation

/// What product recognition found on one photo.
public struct RecognitionRun: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<RecognitionRun>

    public var id: ID
    public var group: ResourceGroup.ID

    /// As the caller named it; the model may be gone since.
    public var modelName: String

    /// Unique for the model.
    public var name: String

    /// What was found, as JSON that only its writer reads.
    public var result: String
    public var createdAt: Date

    public init(
        id: ID, group: ResourceGroup.ID, modelName: String, name: String, result: String, createdAt: Date
    ) {
        self.id = id
        self.group = group
        self.modelName = modelName
        self.name = name
        self.result = result
        self.createdAt = createdAt
    }
}

/// Runs of product recognition.
public protocol RecognitionRunStoring: Sendable {
    /// Keeps what was found.
    ///
    /// - Throws: ``StoreError/nameTaken(of:_:within:)``, ``StoreError/groupBeingDeleted(_:)``,
    ///   ``StoreError/invalidName(of:_:reason:)``.
    func createRun(named name: String, modelName: String, result: String, in group: ResourceGroup.ID) async throws
        -> RecognitionRun

    /// - Throws: ``StoreError/missing(_:named:)``.
    func run(named name: String, modelName: String, in group: ResourceGroup.ID) async throws -> RecognitionRun

    /// The runs of a model in the order they were made.
    func runs(modelName: String, in group: ResourceGroup.ID, skip: Int, limit: Int) async throws -> [RecognitionRun]

    /// - Throws: ``StoreError/missing(_:named:)``.
    func deleteRun(_ id: RecognitionRun.ID) async throws
}
