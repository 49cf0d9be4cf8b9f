public import Foundation

/// Photos of a container with the COCO files that label them.
public struct Dataset: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<Dataset>

    /// What its labels say.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Where objects are and which.
        case objectDetection
        /// Which one tag fits the whole photo.
        case imageClassification
    }

    public var id: ID
    public var group: ResourceGroup.ID

    /// Unique in the group.
    public var name: String
    public var kind: Kind

    /// Where the photos lie; `nil` where there is no such container, or no more.
    public var container: ContainerAddress?

    /// URLs of COCO files, or names of blobs in the container; any number.
    public var cocoFiles: [String]

    /// How the files are to be reached, as JSON that only its writer reads.
    public var authentication: String?
    public var customProperties: [String: String]

    /// Changes with every change.
    public var eTag: ETag
    public var createdAt: Date
    public var modifiedAt: Date

    public init(
        id: ID, group: ResourceGroup.ID, name: String, kind: Kind, container: ContainerAddress?, cocoFiles: [String],
        authentication: String?, customProperties: [String: String], eTag: ETag, createdAt: Date, modifiedAt: Date
    ) {
        self.id = id
        self.group = group
        self.name = name
        self.kind = kind
        self.container = container
        self.cocoFiles = cocoFiles
        self.authentication = authentication
        self.customProperties = customProperties
        self.eTag = eTag
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

/// A dataset to be made.
public struct NewDataset: Hashable, Sendable {
    public var name: String
    public var kind: Dataset.Kind
    public var container: ContainerAddress?
    public var cocoFiles: [String]
    public var authentication: String?
    public var customProperties: [String: String]

    public init(
        name: String, kind: Dataset.Kind, container: ContainerAddress? = nil, cocoFiles: [String] = [],
        authentication: String? = nil, customProperties: [String: String] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.container = container
        self.cocoFiles = cocoFiles
        self.authentication = authentication
        self.customProperties = customProperties
    }
}

/// Datasets.
public protocol DatasetStoring: Sendable {
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``,
    ///   ``StoreError/groupBeingDeleted(_:)``; ``BlobError/containerMissing(_:)`` for a container of another group too.
    func createDataset(_ dataset: NewDataset, in group: ResourceGroup.ID) async throws -> Dataset

    /// - Throws: ``StoreError/missing(_:named:)``.
    func dataset(_ id: Dataset.ID) async throws -> Dataset

    /// - Throws: ``StoreError/missing(_:named:)``.
    func dataset(named name: String, in group: ResourceGroup.ID) async throws -> Dataset

    /// A group's datasets in the order they were made.
    func datasets(in group: ResourceGroup.ID, skip: Int, limit: Int) async throws -> [Dataset]

    /// Changes a dataset's container, files, authentication and properties; its other fields stay what they are.
    ///
    /// - Parameters:
    ///   - eTag: the version that the change was made for, `nil` for whichever is there.
    ///   - change: called with the dataset as it is, in the transaction; whatever it throws, nothing changes.
    /// - Throws: ``StoreError/missing(_:named:)``, ``StoreError/eTagMismatch(of:named:)``.
    func updateDataset(
        _ id: Dataset.ID, ifMatch eTag: ETag?, _ change: @escaping @Sendable (inout Dataset) throws -> Void
    ) async throws -> Dataset

    /// Deletes a dataset; its container and its COCO files stay, and so do revisions that a model or an evaluation used.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``, ``StoreError/eTagMismatch(of:named:)``.
    func deleteDataset(_ id: Dataset.ID, ifMatch eTag: ETag?) async throws
}
