import Foundation
import GRDB

/// The forms that a catalog has had. A released migration is never edited: folders that went through it exist.
enum Migrations {
    /// All of them, in order.
    static func migrator(at time: Date) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 house") { try FirstMigration.run($0, at: time) }
        migrator.registerMigration("002 studio") { try StudioMigration.run($0) }
        migrator.registerMigration("003 labeling") { try LabelingMigration.run($0) }
        migrator.registerMigration("004 recognition") { try RecognitionMigration.run($0) }
        migrator.registerMigration("005 pieces") { try PiecesMigration.run($0) }
        migrator.registerMigration("006 inputs") { try InputsMigration.run($0) }
        return migrator
    }

    /// Brings a catalog to today's form.
    ///
    /// - Throws: ``StoreError/folderIsNewer(_:unknown:)`` for one that holds migrations unknown here.
    static func migrate(_ pool: DatabasePool, path: String, at time: Date) throws {
        let migrator = migrator(at: time)
        let unknown = try pool.read { database in
            try migrator.appliedIdentifiers(database).subtracting(migrator.migrations).sorted()
        }
        guard unknown.isEmpty else { throw StoreError.folderIsNewer(path, unknown: unknown) }
        try migrator.migrate(pool)
    }
}
