public import Foundation
import GRDB

extension FileBlobStore {
    @discardableResult
    public func stageBlock<Bytes: AsyncSequence & Sendable>(
        _ id: String, of address: BlobAddress, _ bytes: Bytes, expectedLength: Int64?, expectedMD5: Data?,
        maximumLength: Int64?
    ) async throws -> Data? where Bytes.Element == [UInt8] {
        let address = try address.validated()
        try StagedBlocks.validate(id, of: address)
        _ = try await container(address.container)
        let subject = "The block \"\(id)\" of the blob \"\(address)\""
        let expected = BlobUpload(expectedLength: expectedLength, expectedMD5: expectedMD5)
        let time = catalog.now()
        return try await catalog.add(measures: expectedMD5 == nil ? [] : .md5) { writer in
            try await writer.fill(with: bytes, subject: subject, limit: maximumLength)
        } checking: { digest in
            try expected.check(digest, of: subject)
        } _: { database, content, digest, released in
            let container = try BlobContainer.fetch(database, address.container)
            try StagedBlocks.stage(
                database, id, content: content, in: container, at: address, time: time, &released)
            return digest.md5
        }
    }

    @discardableResult
    public func commitBlocks(_ blocks: [BlockReference], to address: BlobAddress, _ upload: BlobUpload) async throws
        -> Blob
    {
        let address = try address.validated()
        guard blocks.count <= StagedBlocks.limit else {
            throw BlobError.tooManyBlocks(address, limit: StagedBlocks.limit)
        }
        while true {
            let pieces = try await catalog.read { database in
                try Self.resolve(blocks, at: address, upload, database).pieces
            }
            do {
                return try await commit(blocks, pieces, to: address, upload)
            } catch is BlocksChanged {
                // Another client staged or committed meanwhile: what the list means has to be read anew.
                try Task.checkCancellation()
            }
        }
    }

    /// The pieces a list was resolved to are no longer what it means.
    private struct BlocksChanged: Error {}

    private func commit(
        _ blocks: [BlockReference], _ pieces: [BlockPiece], to address: BlobAddress, _ upload: BlobUpload
    ) async throws -> Blob {
        ComposedContent.isPossible(of: pieces)
            ? try await compose(blocks, pieces, to: address, upload)
            : try await write(blocks, pieces, to: address, upload)
    }

    /// Makes a blob of the blocks' files as they lie.
    private func compose(
        _ blocks: [BlockReference], _ pieces: [BlockPiece], to address: BlobAddress, _ upload: BlobUpload
    ) async throws -> Blob {
        let time = catalog.now()
        guard let digest = try await catalog.digest(of: pieces, measuresMD5: upload.expectedMD5 != nil) else {
            for piece in pieces where try await isStaged(piece) {
                let path = files.path(of: piece.file)
                guard try await DiskExecutor.run({ try SystemCall.fileLength(path) }) == nil else { continue }
                throw StoreError.system(operation: "read", path: path, reason: "the file of the block is not there")
            }
            throw BlocksChanged()
        }
        try upload.check(digest, of: "The blob \"\(address)\"")
        return try await catalog.compose(pieces, digest) { [catalog] database, content, released in
            let now = try Self.resolve(blocks, at: address, upload, database)
            guard now.pieces == pieces else { throw BlocksChanged() }
            let blob = Blob(address, digest, upload.headers, upload.metadata, replacing: now.old?.blob, at: time)
            catalog.noteChange(of: now.container)
            try blob.replace(now.old, database, in: now.container, content: content, &released)
            return blob
        }
    }

    /// Writes the blocks one after the other to a file of their own.
    private func write(
        _ blocks: [BlockReference], _ pieces: [BlockPiece], to address: BlobAddress, _ upload: BlobUpload
    ) async throws -> Blob {
        let time = catalog.now()
        return try await catalog.add { [files] writer in
            for piece in pieces {
                do {
                    try await writer.append(file: files.path(of: piece.file), range: piece.range)
                } catch let error as StoreError {
                    // A file that went away while its row was read belongs to a block that was replaced.
                    if try await isStaged(piece) { throw error }
                    throw BlocksChanged()
                }
            }
        } checking: { digest in
            try upload.check(digest, of: "The blob \"\(address)\"")
        } _: { [catalog] database, content, digest, released in
            let now = try Self.resolve(blocks, at: address, upload, database)
            guard now.pieces == pieces else { throw BlocksChanged() }
            try StagedBlocks.commit(database, pieces, to: content, areSources: false)
            let blob = Blob(address, digest, upload.headers, upload.metadata, replacing: now.old?.blob, at: time)
            catalog.noteChange(of: now.container)
            try blob.replace(now.old, database, in: now.container, content: content, &released)
            return blob
        }
    }

    private func isStaged(_ piece: BlockPiece) async throws -> Bool {
        try await catalog.read { try !Content.knownFiles($0, among: [piece.file]).isEmpty }
    }

    /// What a block list means now.
    private static func resolve(
        _ blocks: [BlockReference], at address: BlobAddress, _ upload: BlobUpload, _ database: Database
    ) throws -> (container: BlobContainer, old: StoredBlob?, pieces: [BlockPiece]) {
        let container = try BlobContainer.fetch(database, address.container)
        let old = try StoredBlob.fetch(database, container, named: address.name)
        try upload.check(old?.blob, at: address)
        let staged = try StagedBlocks.fetchAll(database, in: container.id, named: address.name)
        let committed = try old.map { try StagedBlocks.committed(database, of: $0) } ?? []
        let stagedByID = Dictionary(staged.map { ($0.id, $0) }) { first, _ in first }
        let committedByID = Dictionary(committed.map { ($0.id, $0) }) { first, _ in first }
        let pieces = try blocks.map { block in
            let piece: BlockPiece? =
                switch block.source {
                case .committed: committedByID[block.id]
                case .uncommitted: stagedByID[block.id]
                case .latest: stagedByID[block.id] ?? committedByID[block.id]
                }
            guard let piece else { throw BlobError.blockMissing(address, id: block.id, source: block.source) }
            return piece
        }
        return (container, old, pieces)
    }

    public func blockList(of address: BlobAddress) async throws -> BlobBlockList {
        try await catalog.read { database in
            let container = try BlobContainer.fetch(database, address.container)
            let stored = try StoredBlob.fetch(database, container, named: address.name)
            let staged = try StagedBlocks.fetchAll(database, in: container.id, named: address.name)
            if stored == nil, staged.isEmpty { throw BlobError.blobMissing(address) }
            let committed = try stored.map { try StagedBlocks.committed(database, of: $0) } ?? []
            return BlobBlockList(
                blob: stored?.blob, committed: committed.map { BlobBlock(id: $0.id, length: $0.length) },
                uncommitted: staged.map { BlobBlock(id: $0.id, length: $0.length) })
        }
    }
}
