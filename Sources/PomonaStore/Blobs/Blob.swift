public import Foundation

/// A blob as it stands in the catalog.
public struct Blob: Hashable, Sendable {
    public var address: BlobAddress

    /// Number of bytes.
    public var length: Int64

    /// MD5 of the bytes, 16 bytes, measured while they were written; `nil` for a large blob that was committed from blocks,
    /// unless an MD5 was expected of it.
    public var md5: Data?

    /// SHA-256 of the bytes, 32 bytes, measured before the row was written.
    public var sha256: Data

    public var headers: BlobHeaders
    public var metadata: [String: String]
    public var eTag: ETag
    public var createdAt: Date

    /// When the bytes, the headers or the metadata last changed.
    public var modifiedAt: Date

    public init(
        address: BlobAddress, length: Int64, md5: Data?, sha256: Data, headers: BlobHeaders,
        metadata: [String: String], eTag: ETag, createdAt: Date, modifiedAt: Date
    ) {
        self.address = address
        self.length = length
        self.md5 = md5
        self.sha256 = sha256
        self.headers = headers
        self.metadata = metadata
        self.eTag = eTag
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

/// What a blob's reader is told about its bytes; the store keeps these words and never acts on them.
public struct BlobHeaders: Hashable, Codable, Sendable {
    public var contentType: String?
    public var contentEncoding: String?
    public var contentLanguage: String?
    public var contentDisposition: String?
    public var cacheControl: String?

    /// The MD5 that readers are shown, 16 bytes. Put and copy set it to ``Blob/md5`` where it is `nil`; setting headers
    /// takes it as given, so `nil` removes it.
    public var contentMD5: Data?

    public init(
        contentType: String? = nil, contentEncoding: String? = nil, contentLanguage: String? = nil,
        contentDisposition: String? = nil, cacheControl: String? = nil, contentMD5: Data? = nil
    ) {
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.contentLanguage = contentLanguage
        self.contentDisposition = contentDisposition
        self.cacheControl = cacheControl
        self.contentMD5 = contentMD5
    }
}
