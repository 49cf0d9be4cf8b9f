import Foundation
import GRDB

extension FileBlobStore {
    @discardableResult
    public func put<Bytes: AsyncSequence & Sendable>(
        _ address: BlobAddress, _ bytes: Bytes, _ upload: BlobUpload
    ) async throws -> Blob where Bytes.Element == [UInt8] {
        let address = try address.validated()
        // What cannot succeed is refused before its bytes are read; what decides is asked again with the row.
        try await catalog.read { database in
            let container = try BlobContainer.fetch(database, address.container)
            try upload.check(try StoredBlob.fetch(database, container, named: address.name)?.blob, at: address)
        }
        let time = catalog.now()
        return try await catalog.add { writer in
            try await writer.fill(with: bytes, subject: "The blob \"\(address)\"", limit: upload.maximumLength)
        } checking: { digest in
            try upload.check(digest, of: "The blob \"\(address)\"")
        } _: { [catalog] database, content, digest, released in
            let container = try BlobContainer.fetch(database, address.container)
            let old = try StoredBlob.fetch(database, container, named: address.name)
            try upload.check(old?.blob, at: address)
            let blob = Blob(address, digest, upload.headers, upload.metadata, replacing: old?.blob, at: time)
            catalog.noteChange(of: container)
            try blob.replace(old, database, in: container, content: content, &released)
            if let id = upload.identifier {
                try BlobItem.noteUpload(id, database, in: container.id, named: address.name, at: time)
            }
            return blob
        }
    }

    @discardableResult
    public func copy(from source: BlobAddress, to destination: BlobAddress, _ copy: BlobCopy) async throws -> Blob {
        let destination = try destination.validated()
        let time = catalog.now()
        return try await catalog.change { [catalog] database, released in
            let (_, original) = try StoredBlob.fetch(database, source, copy.sourceConditions)
            let container = try BlobContainer.fetch(database, destination.container)
            let old = try StoredBlob.fetch(database, container, named: destination.name)
            try BlobUpload(conditions: copy.conditions).check(old?.blob, at: destination)
            let blob = Blob(
                destination, original.blob.digest, copy.headers ?? original.blob.headers,
                copy.metadata ?? original.blob.metadata, replacing: old?.blob, at: time)
            catalog.noteChange(of: container)
            try blob.replace(old, database, in: container, content: original.content, &released)
            return blob
        }
    }

    public func deleteBlob(_ address: BlobAddress, conditions: BlobConditions) async throws {
        try await catalog.change { [catalog] database, released in
            let (container, stored) = try StoredBlob.fetch(database, address, conditions)
            catalog.noteChange(of: container)
            try database.execute(
                sql: "DELETE FROM blob WHERE container = ? AND name = ?",
                arguments: [container.id.rawValue, address.name])
            try StagedBlocks.remove(database, in: container.id, named: address.name, &released)
            released.insert(stored.content)
        }
    }

    @discardableResult
    public func setHeaders(_ headers: BlobHeaders, of address: BlobAddress, conditions: BlobConditions) async throws
        -> Blob
    {
        try await changeBlob(address, conditions) { $0.headers = headers }
    }

    @discardableResult
    public func setMetadata(_ metadata: [String: String], of address: BlobAddress, conditions: BlobConditions)
        async throws -> Blob
    {
        try await changeBlob(address, conditions) { $0.metadata = metadata }
    }

    private func changeBlob(
        _ address: BlobAddress, _ conditions: BlobConditions, _ body: @escaping @Sendable (inout Blob) -> Void
    ) async throws -> Blob {
        let time = catalog.now()
        return try await catalog.write { [catalog] database in
            let (container, stored) = try StoredBlob.fetch(database, address, conditions)
            var blob = stored.blob
            body(&blob)
            blob.eTag = .fresh()
            blob.modifiedAt = max(time, blob.modifiedAt)
            catalog.noteChange(of: container)
            try blob.save(database, in: container.id, content: stored.content)
            return blob
        }
    }
}

extension ContentWriter {
    /// Writes all that a sequence gives.
    ///
    /// - Throws: ``BlobError/tooLarge(_:limit:)`` at the first byte beyond the limit; what the sequence throws; and
    ///   `CancellationError`, because a sequence whose task was cancelled may end early as if it were whole.
    func fill<Bytes: AsyncSequence & Sendable>(with bytes: Bytes, subject: String, limit: Int64?) async throws
    where Bytes.Element == [UInt8] {
        for try await piece in bytes where !piece.isEmpty {
            let length = try append(piece)
            if let limit, length > limit { throw BlobError.tooLarge(subject, limit: limit) }
        }
        try Task.checkCancellation()
    }
}

extension BlobUpload {
    /// - Throws: ``BlobError/lengthMismatch(_:expected:found:)``, ``BlobError/md5Mismatch(_:expected:found:)``.
    func check(_ digest: ContentDigest, of subject: String) throws(BlobError) {
        if let expectedLength, expectedLength != digest.length {
            throw .lengthMismatch(subject, expected: expectedLength, found: digest.length)
        }
        if let expectedMD5, let found = digest.md5, expectedMD5 != found {
            throw .md5Mismatch(
                subject, expected: expectedMD5.base64EncodedString(), found: found.base64EncodedString())
        }
    }

    /// Asks the conditions of what lies at the address now.
    ///
    /// - Throws: ``BlobError/blobExists(_:)``, ``BlobError/conditionNotMet(_:_:)``.
    func check(_ old: Blob?, at address: BlobAddress) throws(BlobError) {
        guard let failed = conditions.firstFailure(eTag: old?.eTag, modifiedAt: old?.modifiedAt) else { return }
        if failed == .ifNoneMatch, conditions.ifNoneMatch == .any { throw .blobExists(address) }
        throw .conditionNotMet("The blob \"\(address)\"", failed)
    }
}

extension Blob {
    var digest: ContentDigest { ContentDigest(length: length, md5: md5, sha256: sha256) }

    /// A blob with new bytes. One that was put again is a new blob, created now.
    init(
        _ address: BlobAddress, _ digest: ContentDigest, _ headers: BlobHeaders, _ metadata: [String: String],
        replacing old: Blob?, at now: Date
    ) {
        let time = max(now, old?.modifiedAt ?? now)
        self.init(
            address: address, length: digest.length, md5: digest.md5, sha256: digest.sha256, headers: headers,
            metadata: metadata, eTag: .fresh(), createdAt: time, modifiedAt: time)
        self.headers.contentMD5 = headers.contentMD5 ?? digest.md5
    }

    /// Writes the row in the place of an old one, and drops the blocks that were staged for it.
    func replace(
        _ old: StoredBlob?, _ database: Database, in container: BlobContainer, content: Content.ID,
        _ released: inout ReleasedFiles
    ) throws {
        try save(database, in: container.id, content: content)
        try StagedBlocks.remove(database, in: container.id, named: address.name, &released)
        if let old { released.insert(old.content) }
    }
}
