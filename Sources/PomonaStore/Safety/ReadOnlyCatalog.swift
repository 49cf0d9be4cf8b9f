import Crypto
import Foundation
import GRDB

/// A catalog opened for reading only, by another program than the one that writes it.
final class ReadOnlyCatalog {
    private let queue: DatabaseQueue
    private let path: String

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

    /// The files that the rows of a table point at, by name.
    ///
    /// - Parameter table: `content` or `modelFile`.
    func files(table: String) throws -> [String: StoredFile] {
        try read { database in
            var files: [String: StoredFile] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT file, length, sha256 FROM \(table)")
            while let row = try rows.next() {
                files[row["file"]] = StoredFile(length: row["length"], sha256: row["sha256"])
            }
            return files
        }
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

    /// Measures a file; `nil` where there is none.
    init?(path: String, readsBytes: Bool) throws {
        guard let length = try SystemCall.fileLength(path) else { return nil }
        self.length = length
        sha256 = Data()
        guard readsBytes else { return }
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        sha256 = Data(hash.finalize())
    }
}
