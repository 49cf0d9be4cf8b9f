import Foundation
import GRDB

extension FileBlobStore {
    public func blob(_ address: BlobAddress, conditions: BlobConditions) async throws -> Blob {
        try await catalog.read { try StoredBlob.fetch($0, address, conditions).1.blob }
    }

    public func read(_ address: BlobAddress, range: ByteRange?, conditions: BlobConditions) async throws -> BlobReading
    {
        var lastFile: String?
        while true {
            let (stored, place) = try await catalog.read { database in
                let stored = try StoredBlob.fetch(database, address, conditions).1
                let composed = try ComposedContent.fetch(database, stored.content)
                return (stored, Catalog.ContentPlace(file: stored.file, composed: composed))
            }
            let length = stored.blob.length
            guard let bytes = range.map({ $0.resolved(inLength: length) }) ?? 0..<length else {
                throw BlobError.invalidRange(address, length: length)
            }
            if let reader = try await catalog.reader(of: place, range: bytes) {
                return BlobReading(blob: stored.blob, range: bytes, bytes: BlobBytes { try await reader.next() })
            }
            // Between the row and the file another writer may have replaced the blob; the same row twice means that the
            // file is lost.
            if lastFile == stored.file {
                throw StoreError.system(
                    operation: "read", path: files.path(of: stored.file), reason: "the file of the blob is not there")
            }
            lastFile = stored.file
        }
    }

    /// The one file that holds a blob's bytes now, for a program that reads paths; pieces are joined to one first. It is
    /// removed when the blob is; who needs it longer freezes a revision.
    public func localFile(of address: BlobAddress) async throws -> String {
        let content = try await catalog.read { try StoredBlob.fetch($0, address, .none).1.content }
        return try await catalog.joinedFile(of: content)
    }
}
