/// The bytes of a blob, piece by piece as the reader asks for them. They can be read once.
public struct BlobBytes: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error

    private let nextPiece: @Sendable () async throws -> [UInt8]?

    /// Bytes whose next piece the closure gives, `nil` at the end; it is called by one reader, one call after the other.
    public init(_ nextPiece: @escaping @Sendable () async throws -> [UInt8]?) {
        self.nextPiece = nextPiece
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let nextPiece: @Sendable () async throws -> [UInt8]?

        public mutating func next() async throws -> [UInt8]? { try await nextPiece() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(nextPiece: nextPiece) }

    /// All bytes in one array, for small blobs such as a COCO file's head.
    ///
    /// - Throws: ``BlobError/tooLarge(_:limit:)`` as soon as there are more than `limit`, and what reading throws.
    public func collected(upTo limit: Int) async throws -> [UInt8] {
        var all: [UInt8] = []
        for try await piece in self {
            guard all.count + piece.count <= limit else { throw BlobError.tooLarge("These bytes", limit: Int64(limit)) }
            all.append(contentsOf: piece)
        }
        return all
    }
}

/// An opened blob: what it is, which part was asked for and the bytes of that part.
public struct BlobReading: Sendable {
    public var blob: Blob

    /// The part that `bytes` gives, in `0..<blob.length`.
    public var range: Range<Int64>
    public var bytes: BlobBytes

    public init(blob: Blob, range: Range<Int64>, bytes: BlobBytes) {
        self.blob = blob
        self.range = range
        self.bytes = bytes
    }
}
