import Crypto
import Foundation
import GRDB

/// A catalog opened for reading only, by another program than the one that writes it.
final class ReadOnlyCatalog {
    private let queue: DatabaseQueue
    private let path: String
    /// Whether the catalog can hold contents in pieces; one of an earlier program cannot.
    private let knowsPieces: Bool

    /// - Throws: ``StoreError``.
    init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            // A file of something else is only found out by reading.
            let tables = try queue.read { try Set(String.fetchAll($0, sql: "SELECT name FROM sqlite_master")) }
            guard tables.isSuperset(of: ["content", "blob", "job", "modelFile"]) else {
                throw StoreError.notACatalog(path)
            }
            knowsPieces = try queue.read { try $0.columns(in: "committedBlock").contains { $0.name == "source" } }
        } catch {
            throw Catalog.worded(error, path: path)
        }
    }

    /// Reads one consistent state.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try queue.read(body) } catch { throw Catalog.worded(error, path: path) }
    }

    /// Copies the catalog as it stands to a file that does not exist yet, while its program goes on writing.
    func copy(to target: String) throws {
        do {
            try SystemCall.makePrivateFile(target)
            try queue.vacuum(into: target)
        } catch {
            throw Catalog.worded(error, path: target)
        }
    }

    /// The files that the rows of a table point at, by name. A content in pieces has no file of its own.
    ///
    /// - Parameter table: `content` or `modelFile`.
    func files(table: String) throws -> [String: StoredFile] {
        try read { database in
            var files: [String: StoredFile] = [:]
            let condition =
                table == "content" && knowsPieces
                ? "WHERE NOT EXISTS (SELECT 1 FROM committedBlock WHERE content = content.id AND source IS NOT NULL)"
                : ""
            let rows = try Row.fetchCursor(
                database, sql: "SELECT file, length, sha256 FROM \(table) \(condition)")
            while let row = try rows.next() {
                files[row["file"]] = StoredFile(length: row["length"], sha256: row["sha256"])
            }
            return files
        }
    }

    /// The contents in pieces: the names of their pieces' files, by the name that such a content would have as a file.
    func pieces() throws -> [String: (whole: StoredFile, files: [String])] {
        guard knowsPieces else { return [:] }
        return try read { database in
            var pieces: [String: (whole: StoredFile, files: [String])] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT whole.file, whole.length, whole.sha256, piece.file FROM committedBlock
                    JOIN content AS whole ON whole.id = committedBlock.content
                    JOIN content AS piece ON piece.id = committedBlock.source
                    ORDER BY committedBlock.content, committedBlock.position
                    """)
            while let row = try rows.next() {
                let whole = StoredFile(length: row[1], sha256: row[2])
                pieces[row[0], default: (whole, [])].files.append(row[3])
            }
            return pieces
        }
    }

    /// What points at contents, as conditions on `content.id`.
    var ownersOfContents: [String] {
        [
            "SELECT 1 FROM blob WHERE content = content.id", "SELECT 1 FROM stagedBlock WHERE content = content.id",
            "SELECT 1 FROM revisionContent WHERE content = content.id",
            "SELECT 1 FROM datasetRevision WHERE body = content.id",
        ] + (knowsPieces ? ["SELECT 1 FROM committedBlock WHERE source = content.id"] : [])
    }

    /// What the row of a file says now; `nil` where there is none.
    func file(_ name: String, table: String) throws -> StoredFile? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT length, sha256 FROM \(table) WHERE file = ?", arguments: [name])
                .map { StoredFile(length: $0["length"], sha256: $0["sha256"]) }
        }
    }
}

/// What is known of a file's bytes.
struct StoredFile: Equatable {
    var length: Int64
    /// Empty where the bytes were not read.
    var sha256: Data

    init(length: Int64, sha256: Data) {
        self.length = length
        self.sha256 = sha256
    }

    /// Measures files as one; `nil` where one of them is not there.
    init?(paths: [String], readsBytes: Bool) throws {
        length = 0
        sha256 = Data()
        var hash = SHA256()
        for path in paths {
            guard let length = try SystemCall.fileLength(path) else { return nil }
            self.length += length
            guard readsBytes else { continue }
            guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
            defer { try? handle.close() }
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        }
        if readsBytes { sha256 = Data(hash.finalize()) }
    }
}
