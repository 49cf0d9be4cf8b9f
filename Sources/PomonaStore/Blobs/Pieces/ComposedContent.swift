import Foundation
import GRDB

/// A content that is the files of the blocks it was committed from, in their order.
///
/// A large blob is so not written a second time when it is committed. Whoever needs it as one file has it joined
/// (``Catalog/joinedFile(of:)``); from then on it is a content like others.
struct ComposedContent {
    /// The shortest blob that stays in pieces, in bytes: a shorter one is joined sooner than it is opened piece by piece.
    static let shortest: Int64 = 32 << 20

    /// One file of it.
    struct Piece: Hashable {
        var content: Content.ID
        var file: String
        var length: Int64
    }

    var pieces: [Piece]

    /// The files that a content is made of, `nil` for one that is a file itself.
    static func fetch(_ database: Database, _ content: Content.ID) throws -> ComposedContent? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT content.id, content.file, content.length FROM committedBlock
                JOIN content ON content.id = committedBlock.source
                WHERE committedBlock.content = ? ORDER BY committedBlock.position
                """)
        let pieces = try Row.fetchAll(statement, arguments: [content.rawValue]).map {
            Piece(content: Content.ID(rawValue: $0[0]), file: $0[1], length: $0[2])
        }
        return pieces.isEmpty ? nil : ComposedContent(pieces: pieces)
    }

    /// Whether a blob of these blocks stays in pieces: it is large, and every block is a whole file.
    static func isPossible(of pieces: [BlockPiece]) -> Bool {
        pieces.reduce(0) { $0 + $1.length } >= shortest && pieces.allSatisfy(\.isWholeFile)
    }

    /// Makes a content one of a file, in place of its pieces.
    ///
    /// - Returns: whether it was in pieces.
    static func join(
        _ database: Database, _ content: Content.ID, as file: String, _ released: inout ReleasedFiles
    ) throws -> Bool {
        guard let composed = try fetch(database, content) else { return false }
        try database.execute(
            sql: "UPDATE committedBlock SET source = NULL WHERE content = ?", arguments: [content.rawValue])
        try database.execute(
            sql: "UPDATE content SET file = ? WHERE id = ?", arguments: [file, content.rawValue])
        for piece in composed.pieces { released.insert(piece.content) }
        return true
    }

    /// The files' parts that are a range of the whole.
    func parts(of range: Range<Int64>, on shelf: FileShelf) -> [FilePart] {
        var offset: Int64 = 0
        var parts: [FilePart] = []
        for piece in pieces {
            let part = range.clamped(to: offset..<offset + piece.length)
            if !part.isEmpty {
                parts.append(
                    FilePart(
                        path: shelf.path(of: piece.file), range: part.lowerBound - offset..<part.upperBound - offset))
            }
            offset += piece.length
        }
        return parts
    }
}
