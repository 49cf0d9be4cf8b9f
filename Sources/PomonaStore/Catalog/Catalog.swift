import Foundation
import GRDB

/// The rows of a studio: groups, accounts, datasets, models, jobs, people, and where each blob's bytes lie.
///
/// One SQLite file in write-ahead mode with `synchronous = FULL`: whatever a function returned has reached the disk. The
/// functions stand in extensions by what they are about; each protocol there is the seam for another database.
public final class Catalog: Sendable {
    public let folder: DataFolder
    let clock: StoreClock
    private let pool: DatabasePool
    private let writer: GroupedWriter
    let jobSignal = ChangeSignal()

    /// What changed lately, for those who show it.
    public let changes = ChangeFeed()
    let changeObserver: ChangeObserver

    /// The bytes that rows of `content` point at.
    let contents: FileShelf

    /// The files that rows of `modelFile` point at.
    let modelFiles: FileShelf

    /// Opens the catalog of a folder, makes it where there is none, and brings an older one to today's form.
    ///
    /// - Throws: ``StoreError/folderIsNewer(_:unknown:)``, ``StoreError/notACatalog(_:)``, ``StoreError/diskFull(_:)``.
    init(folder: DataFolder, clock: StoreClock) throws {
        self.folder = folder
        self.clock = clock
        contents = FileShelf(folder: folder.blobs, isSharded: true)
        modelFiles = FileShelf(folder: folder.models, isSharded: false)
        changeObserver = ChangeObserver(changes)
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // Keys lie in the catalog; GRDB hides the values of statements in its errors unless it is told otherwise.
        configuration.publicStatementArguments = false
        do {
            try SystemCall.makePrivateFile(folder.catalog)
            pool = try DatabasePool(path: folder.catalog, configuration: configuration)
            // GRDB lowers it to NORMAL for write-ahead mode, in which a power cut may lose what was answered.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Migrations.migrate(pool, path: folder.path, at: clock.now())
        } catch {
            throw Self.worded(error, path: folder.catalog)
        }
        // After the migrations, whose changes nobody watches.
        pool.add(transactionObserver: changeObserver, extent: .databaseLifetime)
        writer = GroupedWriter(pool)
    }

    /// Closes the connections; the catalog must not be used afterwards.
    public func close() throws {
        do { try pool.close() } catch { throw Self.worded(error, path: folder.catalog) }
    }

    /// Reads one consistent state.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await pool.read(body) } catch { throw Self.worded(error, path: folder.catalog) }
    }

    /// Changes rows; all of what the body does happens or none of it.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await writer.write(body) } catch { throw Self.worded(error, path: folder.catalog) }
    }

    /// Now, in whole milliseconds as rows keep it.
    func now() -> Date { Date(milliseconds: clock.now().milliseconds) }

    /// SQLite's failures as errors in words; others as they are.
    static func worded(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return switch error.resultCode {
        case .SQLITE_FULL: StoreError.diskFull(path)
        case .SQLITE_NOTADB: StoreError.notACatalog(path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            StoreError.folderNotUsable(path, reason: error.message ?? "it cannot be written")
        default: StoreError.catalog("\(error)")
        }
    }
}
