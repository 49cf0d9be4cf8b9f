public import Foundation

/// Where the bytes of photos, COCO files and everything else in containers are kept.
///
/// ``FileBlobStore`` keeps them as files beside the catalog; the protocol is the seam for others. What these functions
/// return has reached the disk: a blob that was answered outlives a power cut. All errors are ``BlobError`` where the
/// caller can do something about them.
public protocol BlobStoring: Sendable {
    // MARK: Containers

    /// Makes an empty container.
    ///
    /// - Throws: `containerExists`, `invalidContainerName`, `accountMissing`.
    @discardableResult
    func createContainer(_ address: ContainerAddress, metadata: [String: String], publicAccess: PublicAccess)
        async throws -> BlobContainer

    /// - Throws: `containerMissing`.
    func container(_ address: ContainerAddress) async throws -> BlobContainer

    /// Containers of an account whose names begin with `prefix`.
    ///
    /// - Parameter maximumCount: the most of one page, 1 to ``BlobListQuery/maximumPageSize``.
    func containers(ofAccount account: String, prefix: String, marker: String?, maximumCount: Int) async throws
        -> ContainerPage

    /// - Throws: `containerMissing`, `conditionNotMet`.
    @discardableResult
    func setMetadata(_ metadata: [String: String], of address: ContainerAddress, conditions: BlobConditions)
        async throws -> BlobContainer

    /// Sets who may read without a key, and the stored access policies (opaque text, at most 64 KiB).
    ///
    /// - Throws: `containerMissing`, `conditionNotMet`.
    @discardableResult
    func setAccess(
        _ publicAccess: PublicAccess, policies: String?, of address: ContainerAddress, conditions: BlobConditions
    ) async throws -> BlobContainer

    /// Deletes a container with all that it holds. Its name is free again at once; its bytes go in the background.
    ///
    /// - Throws: `containerMissing`, `conditionNotMet`.
    func deleteContainer(_ address: ContainerAddress, conditions: BlobConditions) async throws

    // MARK: Reading

    /// - Throws: `containerMissing`, `blobMissing`, `conditionNotMet` with the condition that failed.
    func blob(_ address: BlobAddress, conditions: BlobConditions) async throws -> Blob

    /// Opens a blob. The bytes are those of this moment, even if the blob is replaced or deleted while they are read.
    ///
    /// - Parameter range: the part to read, `nil` for all.
    /// - Throws: as ``blob(_:conditions:)``; `invalidRange` where the range holds no byte of it.
    func read(_ address: BlobAddress, range: ByteRange?, conditions: BlobConditions) async throws -> BlobReading

    /// A page of a container's blobs.
    ///
    /// - Throws: `containerMissing`, `invalidMarker`.
    func blobs(in address: ContainerAddress, _ query: BlobListQuery) async throws -> BlobPage

    // MARK: Writing

    /// Writes a blob, or replaces one. Staged blocks of that name are dropped.
    ///
    /// - Parameter bytes: the content in pieces of any size; it is never held in memory as a whole.
    /// - Throws: `containerMissing`, `invalidBlobName`, `lengthMismatch`, `md5Mismatch`, `tooLarge`; `blobExists` where
    ///   `If-None-Match: *` fails, `conditionNotMet` for the other conditions; `diskFull`; and what `bytes` throws.
    ///   Whatever it throws, nothing has changed.
    @discardableResult
    func put<Bytes: AsyncSequence & Sendable>(_ address: BlobAddress, _ bytes: Bytes, _ upload: BlobUpload)
        async throws -> Blob where Bytes.Element == [UInt8]

    /// Copies a blob within the store, from any account to any account; the bytes themselves are shared, not written again.
    ///
    /// - Throws: as ``blob(_:conditions:)`` for the source and as ``put(_:_:_:)`` for the destination.
    @discardableResult
    func copy(from source: BlobAddress, to destination: BlobAddress, _ copy: BlobCopy) async throws -> Blob

    /// - Throws: `containerMissing`, `blobMissing`, `conditionNotMet`.
    func deleteBlob(_ address: BlobAddress, conditions: BlobConditions) async throws

    /// - Throws: `containerMissing`, `blobMissing`, `conditionNotMet`.
    @discardableResult
    func setHeaders(_ headers: BlobHeaders, of address: BlobAddress, conditions: BlobConditions) async throws -> Blob

    /// - Throws: `containerMissing`, `blobMissing`, `conditionNotMet`.
    @discardableResult
    func setMetadata(_ metadata: [String: String], of address: BlobAddress, conditions: BlobConditions) async throws
        -> Blob

    // MARK: Blocks

    /// Keeps one block for a blob to be committed later; a block staged under the same id before is replaced. Blocks that
    /// nobody commits are dropped after a week.
    ///
    /// - Returns: the MD5 of the block, `nil` where none was expected: then it is not measured.
    /// - Throws: `containerMissing`, `invalidBlobName`, `invalidBlock` where the id is not base64 of 1 to 64 bytes or not
    ///   as long as the ids of the blob's other staged blocks, `tooManyBlocks`; `lengthMismatch`, `md5Mismatch`, `tooLarge`.
    @discardableResult
    func stageBlock<Bytes: AsyncSequence & Sendable>(
        _ id: String, of address: BlobAddress, _ bytes: Bytes, expectedLength: Int64?, expectedMD5: Data?,
        maximumLength: Int64?
    ) async throws -> Data? where Bytes.Element == [UInt8]

    /// Makes a blob of the listed blocks, in the list's order, and drops all other blocks of it.
    ///
    /// - Parameter upload: headers, metadata and conditions; an expected length or MD5 is checked against the whole.
    /// - Throws: `blockMissing`, `tooManyBlocks`, and what ``put(_:_:_:)`` throws.
    @discardableResult
    func commitBlocks(_ blocks: [BlockReference], to address: BlobAddress, _ upload: BlobUpload) async throws -> Blob

    /// - Throws: `containerMissing`; `blobMissing` where there is neither a blob nor a staged block.
    func blockList(of address: BlobAddress) async throws -> BlobBlockList
}

extension BlobStoring {
    /// Puts bytes that are in memory.
    @discardableResult
    public func put(_ address: BlobAddress, _ bytes: [UInt8], _ upload: BlobUpload = BlobUpload()) async throws -> Blob
    {
        try await put(address, AsyncStream<[UInt8]>.once(bytes), upload)
    }

    public func blob(_ address: BlobAddress) async throws -> Blob {
        try await blob(address, conditions: .none)
    }

    public func read(_ address: BlobAddress, range: ByteRange? = nil) async throws -> BlobReading {
        try await read(address, range: range, conditions: .none)
    }
}

extension AsyncStream<[UInt8]> {
    /// A stream of one piece.
    static func once(_ piece: [UInt8]) -> AsyncStream {
        AsyncStream { continuation in
            continuation.yield(piece)
            continuation.finish()
        }
    }
}
