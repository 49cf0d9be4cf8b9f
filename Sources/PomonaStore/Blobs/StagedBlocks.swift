import Foundation
import GRDB

/// A piece of a file that a blob is to be made of.
struct BlockPiece: Hashable, Sendable {
    var id: String
    var content: Content.ID
    var file: String
    var range: Range<Int64>
    /// Whether the range is all of the file.
    var isWholeFile: Bool

    var length: Int64 { range.upperBound - range.lowerBound }
}

/// The rows of blocks, staged and committed.
enum StagedBlocks {
    /// The most blocks of one blob, as in Azure.
    static let limit = 50_000

    /// How long a block waits to be committed, as in Azure.
    static let lifetime = Duration.seconds(7 * 24 * 3_600)

    /// Staged blocks of a name, in order of id.
    static func fetchAll(_ database: Database, in container: BlobContainer.ID, named name: String) throws
        -> [BlockPiece]
    {
        try Row.fetchAll(
            database,
            sql: """
                SELECT blockID, content, file, length FROM stagedBlock JOIN content ON content.id = stagedBlock.content
                WHERE container = ? AND name = ? ORDER BY blockID
                """,
            arguments: [container.rawValue, name]
        ).map {
            BlockPiece(
                id: $0[0], content: Content.ID(rawValue: $0[1]), file: $0[2], range: 0..<$0[3], isWholeFile: true)
        }
    }

    /// The blocks that a stored blob was committed from, in order; none for one that was put in one piece.
    static func committed(_ database: Database, of stored: StoredBlob) throws -> [BlockPiece] {
        var offset: Int64 = 0
        return try Row.fetchAll(
            database,
            sql: """
                SELECT blockID, committedBlock.length, source, content.file FROM committedBlock
                LEFT JOIN content ON content.id = source WHERE content = ? ORDER BY position
                """,
            arguments: [stored.content.rawValue]
        ).map { row in
            let length: Int64 = row[1]
            defer { offset += length }
            if let source: Int64 = row[2] {
                return BlockPiece(
                    id: row[0], content: Content.ID(rawValue: source), file: row[3], range: 0..<length,
                    isWholeFile: true)
            }
            return BlockPiece(
                id: row[0], content: stored.content, file: stored.file, range: offset..<offset + length,
                isWholeFile: false)
        }
    }

    static func stage(
        _ database: Database, _ id: String, content: Content.ID, in container: BlobContainer, at address: BlobAddress,
        time: Date, _ released: inout ReleasedFiles
    ) throws {
        let key: StatementArguments = [container.id.rawValue, address.name]
        let neighbour = try String.fetchOne(
            database, sql: "SELECT blockID FROM stagedBlock WHERE container = ? AND name = ? LIMIT 1", arguments: key)
        if let neighbour, neighbour.utf8.count != id.utf8.count {
            throw BlobError.invalidBlock(
                address, id: id, reason: "the ids of one blob's blocks have one length, here that of \"\(neighbour)\"")
        }
        let old = try Int64.fetchOne(
            database, sql: "SELECT content FROM stagedBlock WHERE container = ? AND name = ? AND blockID = ?",
            arguments: key + [id])
        if let old { released.insert(Content.ID(rawValue: old)) }
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO stagedBlock (container, name, blockID, content, createdAt) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: key + [id, content.rawValue, time.milliseconds])
    }

    /// Drops the staged blocks of a name.
    static func remove(
        _ database: Database, in container: BlobContainer.ID, named name: String, _ released: inout ReleasedFiles
    ) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM stagedBlock WHERE container = ? AND name = ? RETURNING content")
        for content in try Int64.fetchAll(statement, arguments: [container.rawValue, name]) {
            released.insert(Content.ID(rawValue: content))
        }
    }

    /// Keeps what a new content was committed from.
    ///
    /// - Parameter areSources: whether the content goes on being their files.
    static func commit(
        _ database: Database, _ pieces: [BlockPiece], to content: Content.ID, areSources: Bool
    ) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO committedBlock (content, position, blockID, length, source) VALUES (?, ?, ?, ?, ?)")
        for (position, piece) in pieces.enumerated() {
            try statement.execute(arguments: [
                content.rawValue, position, piece.id, piece.length, areSources ? piece.content.rawValue : nil,
            ])
        }
    }

    /// - Throws: ``BlobError/invalidBlock(_:id:reason:)`` unless the id is base64 of 1 to 64 bytes.
    static func validate(_ id: String, of address: BlobAddress) throws(BlobError) {
        guard let bytes = Data(base64Encoded: id), (1...64).contains(bytes.count) else {
            throw .invalidBlock(address, id: id, reason: "an id is base64 of 1 to 64 bytes")
        }
    }
}
