public import Foundation

/// A container as it stands in the catalog.
public struct BlobContainer: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<BlobContainer>

    public var id: ID
    public var address: ContainerAddress
    public var metadata: [String: String]
    public var publicAccess: PublicAccess

    /// Stored access policies, opaque to the store: whatever text ``BlobStoring/setAccess(_:policies:of:conditions:)`` gave,
    /// `nil` where there are none.
    public var accessPolicies: String?

    public var eTag: ETag
    public var createdAt: Date

    /// When the container's metadata or access last changed. Changes of its blobs do not count.
    public var modifiedAt: Date

    public init(
        id: ID, address: ContainerAddress, metadata: [String: String], publicAccess: PublicAccess,
        accessPolicies: String?, eTag: ETag, createdAt: Date, modifiedAt: Date
    ) {
        self.id = id
        self.address = address
        self.metadata = metadata
        self.publicAccess = publicAccess
        self.accessPolicies = accessPolicies
        self.eTag = eTag
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

/// What a reader without a key may do.
public enum PublicAccess: String, Codable, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Read blobs whose name is known.
    case blob
    /// Read and list blobs.
    case container
}
