import Foundation
import GRDB

extension Catalog {
    /// Begins the deletion of a group: from now on nothing can be made in it or read with its keys, its jobs are asked to
    /// stop, and a job is queued that removes what it holds.
    ///
    /// - Parameters:
    ///   - typed: the name as the person typed it.
    ///   - job: the job that will do it; queued in the same transaction.
    /// - Throws: ``StoreError/wrongConfirmation(group:typed:)``, ``StoreError/missing(_:named:)``,
    ///   ``StoreError/groupBeingDeleted(_:)``.
    public func beginDeleting(
        _ id: ResourceGroup.ID, typed: String, job: @escaping @Sendable (ResourceGroup) throws -> NewJob
    ) async throws -> Job {
        let time = now()
        return try await changeJobs { database in
            let group = try ResourceGroup.fetchUsable(database, id)
            guard typed.precomposedStringWithCanonicalMapping == group.name else {
                throw StoreError.wrongConfirmation(group: group.name, typed: typed)
            }
            try database.execute(
                sql: "UPDATE resourceGroup SET deletingSince = ? WHERE id = ?",
                arguments: [time.milliseconds, id.rawValue])
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM job WHERE resourceGroup = ? AND state IN ('queued', 'running')",
                arguments: [id.rawValue])
            for row in rows { _ = try Self.cancel(try Job(row), database, at: time) }
            return try Job.insert(database, try job(group), at: time)
        }
    }

    /// The containers of a group that are not deleted yet, of all its accounts.
    public func containers(in group: ResourceGroup.ID) async throws -> [ContainerAddress] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT storageAccount.name AS account, container.name AS name FROM container
                    JOIN storageAccount ON storageAccount.id = container.account
                    WHERE storageAccount.resourceGroup = ? AND container.deletedAt IS NULL ORDER BY container.id
                    """,
                arguments: [group.rawValue]
            ).map { ContainerAddress(account: $0["account"], name: $0["name"]) }
        }
    }

    /// Whether a job of the group is still at work.
    public func hasRunningJobs(in group: ResourceGroup.ID) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM job WHERE resourceGroup = ? AND state IN ('running', 'cancelling'))",
                arguments: [group.rawValue]) == true
        }
    }

    /// Removes a group that is being deleted, with every row of it. Its containers have been emptied and its jobs are over.
    public func removeGroup(_ id: ResourceGroup.ID) async throws {
        try await change { database, released in
            let files = try String.fetchAll(
                database,
                sql: "SELECT file FROM modelFile WHERE model IN (SELECT id FROM model WHERE resourceGroup = ?)",
                arguments: [id.rawValue])
            for file in files { released.insert(modelFile: file) }
            let contents = try Int64.fetchAll(
                database,
                sql: """
                    SELECT content FROM revisionContent WHERE revision IN
                        (SELECT id FROM datasetRevision WHERE resourceGroup = :group)
                    UNION SELECT body FROM datasetRevision WHERE resourceGroup = :group
                    """,
                arguments: ["group": id.rawValue])
            for content in contents { released.insert(Content.ID(rawValue: content)) }
            for table in ["visionResource", "model", "datasetRevision", "dataset", "storageAccount", "job"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE resourceGroup = ?", arguments: [id.rawValue])
            }
            try database.execute(
                sql: "DELETE FROM resourceGroup WHERE id = ? AND deletingSince IS NOT NULL", arguments: [id.rawValue])
        }
    }
}

extension FileBlobStore {
    /// Empties what was deleted, now rather than in the background.
    public func finishDeletions() async throws { try await emptyDeletedContainers() }
}
