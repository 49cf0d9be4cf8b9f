public import Foundation
import GRDB

/// What a blob's bytes are known by, without what is said of them: of a large container, a list of these fits in memory.
public struct BlobIdentity: Hashable, Sendable {
    public var address: BlobAddress

    /// Number of bytes.
    public var length: Int64

    /// 32 bytes.
    public var sha256: Data

    public init(address: BlobAddress, length: Int64, sha256: Data) {
        self.address = address
        self.length = length
        self.sha256 = sha256
    }
}

extension Blob {
    public var identity: BlobIdentity { BlobIdentity(address: address, length: length, sha256: sha256) }
}

extension FileBlobStore {
    public func identities(in address: ContainerAddress) async throws -> [BlobIdentity] {
        try await catalog.read { database in
            let container = try BlobContainer.fetch(database, address)
            let statement = try database.cachedStatement(
                sql: "SELECT name, length, sha256 FROM blob WHERE container = ? ORDER BY name")
            var identities: [BlobIdentity] = []
            let rows = try Row.fetchCursor(statement, arguments: [container.id.rawValue])
            while let row = try rows.next() {
                identities.append(
                    BlobIdentity(
                        address: BlobAddress(container: address, name: row[0]), length: row[1], sha256: row[2]))
            }
            return identities
        }
    }
}
