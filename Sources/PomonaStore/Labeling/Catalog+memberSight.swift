import Foundation
import GRDB

extension Catalog {
    /// Whether somebody who was invited may see a photo: it is one of a project of theirs.
    public func maySee(_ item: BlobItem.ID, _ person: Person.ID) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM membership
                        JOIN project ON project.id = membership.project AND project.deletedAt IS NULL
                        JOIN task ON task.project = project.id
                        WHERE membership.person = ? AND task.item = ?)
                    """,
                arguments: [person.rawValue, item.rawValue]) == true
        }
    }

    /// The groups that hold a project of somebody who was invited.
    public func groups(visibleTo person: Person.ID) async throws -> Set<ResourceGroup.ID> {
        try await read { database in
            let rows = try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT project.resourceGroup FROM membership
                    JOIN project ON project.id = membership.project AND project.deletedAt IS NULL
                    WHERE membership.person = ?
                    """,
                arguments: [person.rawValue])
            return Set(rows.map { ResourceGroup.ID(rawValue: $0) })
        }
    }
}
