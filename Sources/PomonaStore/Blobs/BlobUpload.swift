public import Foundation

/// What comes with a blob's bytes when they are put.
public struct BlobUpload: Sendable {
    public var headers: BlobHeaders
    public var metadata: [String: String]

    /// How many bytes must come; other counts are refused and nothing changes.
    public var expectedLength: Int64?

    /// What their MD5 must be, 16 bytes; others are refused and nothing changes.
    public var expectedMD5: Data?

    /// The most bytes to take, whatever was announced.
    public var maximumLength: Int64?
    public var conditions: BlobConditions

    /// What the sender calls this upload. It is kept for a day together with what the upload made, so that a sender who
    /// got no answer learns that it was done (``Catalog/item(ofUpload:)``).
    public var identifier: String?

    public init(
        headers: BlobHeaders = BlobHeaders(), metadata: [String: String] = [:], expectedLength: Int64? = nil,
        expectedMD5: Data? = nil, maximumLength: Int64? = nil, conditions: BlobConditions = .none,
        identifier: String? = nil
    ) {
        self.headers = headers
        self.metadata = metadata
        self.expectedLength = expectedLength
        self.expectedMD5 = expectedMD5
        self.maximumLength = maximumLength
        self.conditions = conditions
        self.identifier = identifier
    }
}

/// What a copy gets in place of its source's own.
public struct BlobCopy: Sendable {
    /// `nil` keeps the source's headers.
    public var headers: BlobHeaders?

    /// `nil` keeps the source's metadata.
    public var metadata: [String: String]?

    /// Asked of the source.
    public var sourceConditions: BlobConditions

    /// Asked of what lies at the destination.
    public var conditions: BlobConditions

    public init(
        headers: BlobHeaders? = nil, metadata: [String: String]? = nil, sourceConditions: BlobConditions = .none,
        conditions: BlobConditions = .none
    ) {
        self.headers = headers
        self.metadata = metadata
        self.sourceConditions = sourceConditions
        self.conditions = conditions
    }
}
