import Foundation
import GRDB

/// A blob's row with the content it points at.
struct StoredBlob {
    var blob: Blob
    var content: Content.ID
    var file: String

    /// The blob at an address, `nil` where there is none.
    static func fetch(_ database: Database, _ container: BlobContainer, named name: String) throws -> StoredBlob? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT \(Blob.columns), blob.content, content.file FROM blob JOIN content ON content.id = blob.content
                WHERE blob.container = ? AND blob.name = ?
                """)
        return try Row.fetchOne(statement, arguments: [container.id.rawValue, name]).map { row in
            StoredBlob(
                blob: try Blob(row, container: container.address), content: row.id("content"), file: row["file"])
        }
    }

    /// The blob at an address, where it meets the conditions.
    ///
    /// - Throws: ``BlobError/containerMissing(_:)``, ``BlobError/blobMissing(_:)``, ``BlobError/conditionNotMet(_:_:)``.
    static func fetch(
        _ database: Database, _ address: BlobAddress, _ conditions: BlobConditions
    ) throws -> (BlobContainer, StoredBlob) {
        let container = try BlobContainer.fetch(database, address.container)
        guard let stored = try fetch(database, container, named: address.name) else {
            throw BlobError.blobMissing(address)
        }
        if let failed = conditions.firstFailure(eTag: stored.blob.eTag, modifiedAt: stored.blob.modifiedAt) {
            throw BlobError.conditionNotMet("The blob \"\(address)\"", failed)
        }
        return (container, stored)
    }
}

extension Blob {
    /// The columns that ``init(_:container:)`` reads, by their order: a page has 5,000 rows, and looking columns up by name
    /// would be most of its cost.
    static let columns = """
        blob.name, blob.length, blob.md5, blob.sha256, blob.contentType, blob.contentEncoding, blob.contentLanguage,
        blob.contentDisposition, blob.cacheControl, blob.contentMD5, blob.metadata, blob.eTag, blob.createdAt,
        blob.modifiedAt
        """

    init(_ row: Row, container: ContainerAddress) throws {
        self.init(
            address: BlobAddress(container: container, name: row[0]), length: row[1], md5: Content.md5(row[2]),
            sha256: row[3],
            headers: BlobHeaders(
                contentType: row[4], contentEncoding: row[5], contentLanguage: row[6], contentDisposition: row[7],
                cacheControl: row[8], contentMD5: row[9]),
            metadata: row.hasNull(atIndex: 10) ? [:] : try row.pairs("metadata"), eTag: ETag(rawValue: row[11]),
            createdAt: Date(milliseconds: row[12]), modifiedAt: Date(milliseconds: row[13]))
    }

    /// Writes the row, in place of one of that name.
    func save(_ database: Database, in container: BlobContainer.ID, content: Content.ID) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO blob (container, name, content, length, md5, sha256, contentType, contentEncoding,
                    contentLanguage, contentDisposition, cacheControl, contentMD5, metadata, eTag, createdAt, modifiedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            container.rawValue, address.name, content.rawValue, length, md5 ?? Data(), sha256, headers.contentType,
            headers.contentEncoding, headers.contentLanguage, headers.contentDisposition, headers.cacheControl,
            headers.contentMD5,
            try pairsText(metadata), eTag.rawValue, createdAt.milliseconds, modifiedAt.milliseconds,
        ])
    }
}
