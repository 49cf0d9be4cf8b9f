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
            let stored = try await catalog.read { try StoredBlob.fetch($0, address, conditions).1 }
            let length = stored.blob.length
            guard let bytes = range.map({ $0.resolved(inLength: length) }) ?? 0..<length else {
                throw BlobError.invalidRange(address, length: length)
            }
            let path = files.path(of: stored.file)
            let reader = ContentReader(path: path, range: bytes)
            if try await reader.begin() {
                return BlobReading(blob: stored.blob, range: bytes, bytes: BlobBytes { try await reader.next() })
            }
            // Between the row and the file another writer may have replaced the blob; the same row twice means that the
            // file is lost.
            if lastFile == stored.file {
                throw StoreError.system(operation: "read", path: path, reason: "the file of the blob is not there")
            }
            lastFile = stored.file
        }
    }

    /// The file that holds a blob's bytes now, for a program that reads paths. It is removed when the blob is; who needs
    /// it longer freezes a revision.
    public func localFile(of address: BlobAddress) async throws -> String {
        try await catalog.read { [files] in
            files.path(of: try StoredBlob.fetch($0, address, .none).1.file)
        }
    }
}
