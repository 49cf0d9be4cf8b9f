import Foundation
import GRDB

extension Catalog {
    /// Gives a model another name.
    ///
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``,
    ///   ``StoreError/missing(_:named:)``.
    public func renameModel(_ id: Model.ID, to name: String) async throws -> Model {
        let name = try ItemName.validated(name, of: Model.kindName)
        let time = now().milliseconds
        return try await write { [modelFiles] database in
            let model = try Model.fetch(database, shelf: modelFiles, id)
            let group = try ResourceGroup.fetchUsable(database, model.group)
            let isTaken = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM model WHERE resourceGroup = ? AND name = ? AND id <> ?)",
                arguments: [model.group.rawValue, name, id.rawValue])
            if isTaken == true { throw StoreError.nameTaken(of: Model.kindName, name, within: group.place) }
            try database.execute(
                sql: "UPDATE model SET name = ?, eTag = ?, modifiedAt = max(modifiedAt, ?) WHERE id = ?",
                arguments: [name, ETag.fresh().rawValue, time, id.rawValue])
            return try Model.fetch(database, shelf: modelFiles, id)
        }
    }

    /// A group's models, the newest first, and how many there are.
    public func newestModels(in group: ResourceGroup.ID, skip: Int, limit: Int) async throws -> (
        models: [Model], total: Int
    ) {
        try await read { [modelFiles] database in
            let total = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM model WHERE resourceGroup = ?", arguments: [group.rawValue])
            let models = try Model.fetchAll(
                database, shelf: modelFiles, "WHERE resourceGroup = ? ORDER BY id DESC LIMIT ? OFFSET ?",
                [group.rawValue, limit, skip])
            return (models, total ?? 0)
        }
    }
}
