/// One block that was staged or committed.
public struct BlobBlock: Hashable, Sendable {
    /// The id as the client wrote it: base64 of at most 64 bytes.
    public var id: String

    /// Number of bytes.
    public var length: Int64

    public init(id: String, length: Int64) {
        self.id = id
        self.length = length
    }
}

/// The blocks of a blob.
public struct BlobBlockList: Sendable {
    /// The blob itself; `nil` while blocks are staged for a name that was never committed.
    public var blob: Blob?

    /// What the blob is made of, in order; empty for a blob that was put in one piece.
    public var committed: [BlobBlock]

    /// What waits to be committed, in order of id.
    public var uncommitted: [BlobBlock]

    public init(blob: Blob?, committed: [BlobBlock], uncommitted: [BlobBlock]) {
        self.blob = blob
        self.committed = committed
        self.uncommitted = uncommitted
    }
}

/// One entry of a block list to commit.
public struct BlockReference: Hashable, Sendable {
    /// Where the block is looked for.
    public enum Source: Sendable {
        /// Among the blocks that the blob is made of now.
        case committed
        /// Among the staged ones.
        case uncommitted
        /// Among the staged ones, then among the blob's.
        case latest
    }

    public var source: Source
    public var id: String

    public init(_ source: Source, _ id: String) {
        self.source = source
        self.id = id
    }
}
