public import Foundation
import GRDB

/// A labeling project that can still be had back.
public struct TrashedProject: Identifiable, Hashable, Sendable {
    public var id: LabelingProject.ID
    public var name: String
    public var deletedAt: Date

    /// When it goes for good.
    public var expiresAt: Date
}

extension Catalog {
    /// How long what was deleted can be had back.
    public static let trashLifetime = Duration.seconds(30 * 86_400)

    /// A group's deleted projects, those deleted last first.
    public func trashedProjects(in group: ResourceGroup.ID) async throws -> [TrashedProject] {
        let limit = now().milliseconds - Self.trashLifetime.milliseconds
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, name, deletedAt FROM project WHERE resourceGroup = ? AND deletedAt > ?
                    ORDER BY deletedAt DESC, id DESC
                    """,
                arguments: [group.rawValue, limit]
            ).map { row in
                let deletedAt = row.date("deletedAt")
                return TrashedProject(
                    id: row.id("id"), name: row["name"], deletedAt: deletedAt,
                    expiresAt: Date(milliseconds: deletedAt.milliseconds + Self.trashLifetime.milliseconds))
            }
        }
    }

    /// Takes a project out of the trash.
    ///
    /// - Throws: ``StoreError/missing(_:named:)`` for one that is not in it, ``StoreError/nameTaken(of:_:within:)`` where
    ///   another has its name now.
    public func restoreProject(_ id: LabelingProject.ID) async throws -> LabelingProject {
        let time = now()
        return try await write { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT name, resourceGroup FROM project WHERE id = ? AND deletedAt IS NOT NULL",
                arguments: [id.rawValue])
            guard let row else { throw StoreError.missing(LabelingProject.kindName, named: "\(id) in the trash") }
            let group = try ResourceGroup.fetchUsable(database, row.id("resourceGroup"))
            try LabelingProject.checkFree(row["name"], in: group, except: id, database)
            try database.execute(sql: "UPDATE project SET deletedAt = NULL WHERE id = ?", arguments: [id.rawValue])
            try LabelingProject.touch(database, id, at: time)
            return try LabelingProject.fetch(database, id)
        }
    }

    /// Removes a project in the trash for good.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``.
    public func removeTrashedProject(_ id: LabelingProject.ID) async throws {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM project WHERE id = ? AND deletedAt IS NOT NULL", arguments: [id.rawValue])
            guard database.changesCount > 0 else {
                throw StoreError.missing(LabelingProject.kindName, named: "\(id) in the trash")
            }
        }
    }

    /// Removes what has been in the trash too long.
    public func removeExpiredTrash() async throws {
        let limit = now().milliseconds - Self.trashLifetime.milliseconds
        try await write { database in
            try database.execute(sql: "DELETE FROM project WHERE deletedAt <= ?", arguments: [limit])
        }
    }
}
