import Foundation
import GRDB

/// Bytes as the catalog knows them: one file, or a ``ComposedContent``. Blobs, staged blocks and revisions point at contents; copies share one.
enum Content {
    typealias ID = RowID<Content>

    static func insert(_ database: Database, file: FileShelf.Unclaimed) throws -> ID {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO content (file, length, md5, sha256) VALUES (?, ?, ?, ?)")
        let digest = file.digest
        try statement.execute(arguments: [file.name, digest.length, digest.md5 ?? Data(), digest.sha256])
        return ID(rawValue: database.lastInsertedRowID)
    }

    /// An MD5 as its column holds it: no bytes where nobody measured it.
    static func md5(_ column: Data) -> Data? { column.isEmpty ? nil : column }

    /// Which of the files have a row.
    static func knownFiles(_ database: Database, among names: [String]) throws -> Set<String> {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM content WHERE file = ?)")
        return Set(try names.filter { try Bool.fetchOne(statement, arguments: [$0]) == true })
    }

    /// Which of the hashes are of bytes that are there.
    static func knownHashes(_ database: Database, among hashes: [Data]) throws -> Set<Data> {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM content WHERE sha256 = ?)")
        return Set(try hashes.filter { try Bool.fetchOne(statement, arguments: [$0]) == true })
    }
}
