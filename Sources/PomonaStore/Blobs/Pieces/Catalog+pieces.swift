import Crypto
import Foundation
import GRDB

extension Catalog {
    /// Where a content's bytes are at this moment.
    struct ContentPlace {
        var file: String
        var composed: ComposedContent?
    }

    /// Opens a content.
    ///
    /// - Returns: `nil` where its files are no longer there.
    func reader(of place: ContentPlace, range: Range<Int64>) async throws -> ContentReader? {
        let reader: ContentReader
        if let composed = place.composed {
            guard let hold = try await contents.hold(Set(composed.pieces.map(\.file))) else { return nil }
            reader = ContentReader(parts: composed.parts(of: range, on: contents), hold: hold)
        } else {
            reader = ContentReader(path: contents.path(of: place.file), range: range)
        }
        return try await reader.begin() ? reader : nil
    }

    /// The path of the one file that holds a content; pieces are joined to one.
    func joinedFile(of content: Content.ID) async throws -> String {
        var missing: String?
        while true {
            let place = try await read { try Content.place($0, of: content) }
            guard let composed = place.composed else { return contents.path(of: place.file) }
            let length = composed.pieces.reduce(0) { $0 + $1.length }
            guard let reader = try await reader(of: place, range: 0..<length) else {
                // The same row twice means that a file is lost.
                if missing == place.file {
                    throw StoreError.system(
                        operation: "read", path: contents.path(of: place.file), reason: "a piece of it is not there")
                }
                missing = place.file
                continue
            }
            let file = try await contents.write(measures: []) { writer in
                while let piece = try await reader.next() { _ = try await writer.append(piece) }
            }
            do {
                let isJoined = try await change { database, released in
                    try ComposedContent.join(database, content, as: file.name, &released)
                }
                // Another was quicker.
                if !isJoined { await contents.remove([file.name]) }
                contents.claim(file.name)
            } catch {
                await takeBack(file, to: contents) { try Content.knownFiles($0, among: $1) }
                throw error
            }
        }
    }

    /// Writes the row of a content that stays in the files of its blocks.
    ///
    /// - Parameter body: writes what points at the content.
    func compose<Value: Sendable>(
        _ pieces: [BlockPiece], _ digest: ContentDigest,
        _ body: @escaping @Sendable (Database, Content.ID, inout ReleasedFiles) throws -> Value
    ) async throws -> Value {
        // A name that no file has: the file comes when the pieces are joined.
        let name = contents.newName()
        defer { contents.claim(name) }
        return try await change { database, released in
            let content = try Content.insert(database, file: FileShelf.Unclaimed(name: name, digest: digest))
            try StagedBlocks.commit(database, pieces, to: content, areSources: true)
            return try body(database, content, &released)
        }
    }

    /// Measures what blocks are together.
    ///
    /// - Returns: `nil` where a file of them is no longer there.
    func digest(of pieces: [BlockPiece], measuresMD5: Bool) async throws -> ContentDigest? {
        guard let hold = try await contents.hold(Set(pieces.map(\.file))) else { return nil }
        let parts = pieces.map { FilePart(path: contents.path(of: $0.file), range: $0.range) }
        return try await DiskExecutor.run {
            defer { withExtendedLifetime(hold) {} }
            var sha256 = SHA256()
            var md5 = measuresMD5 ? Insecure.MD5() : nil
            try FilePart.forEachPiece(of: parts) { bytes in
                sha256.update(bufferPointer: bytes)
                md5?.update(bufferPointer: bytes)
            }
            return ContentDigest(
                length: parts.reduce(0) { $0 + Int64($1.range.count) }, md5: md5.map { Data($0.finalize()) },
                sha256: Data(sha256.finalize()))
        }
    }
}

extension Content {
    /// - Throws: ``StoreError/missing(_:named:)`` for a content that nothing pointed at any more.
    static func place(_ database: Database, of content: ID) throws -> Catalog.ContentPlace {
        let file = try String.fetchOne(
            database, sql: "SELECT file FROM content WHERE id = ?", arguments: [content.rawValue])
        guard let file else { throw StoreError.missing("content", named: "\(content)") }
        return Catalog.ContentPlace(file: file, composed: try ComposedContent.fetch(database, content))
    }
}
