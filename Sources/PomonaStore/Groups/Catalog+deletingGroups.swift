import Foundation
import GRDB

extension Catalog {
    /// Begins the deletion of a group: from now on nothing can be made in it or read with its keys, its containers are gone,
    /// its jobs are asked to stop, and a job is queued that removes what it holds.
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
            try Self.closeAccounts(in: id, database, at: time)
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM job WHERE resourceGroup = ? AND state IN ('queued', 'running')",
                arguments: [id.rawValue])
            for row in rows { _ = try Self.cancel(try Job(row), database, at: time) }
            return try Job.insert(database, try job(group), at: time)
        }
    }

    /// Takes the accounts and containers of a group that is being deleted out of everybody's reach.
    public func closeAccounts(in group: ResourceGroup.ID) async throws {
        let time = now()
        try await write { database in
            let isDeleting = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM resourceGroup WHERE id = ? AND deletingSince IS NOT NULL)",
                arguments: [group.rawValue])
            if isDeleting == true { try Self.closeAccounts(in: group, database, at: time) }
        }
    }

    private static func closeAccounts(in group: ResourceGroup.ID, _ database: Database, at time: Date) throws {
        let arguments: StatementArguments = ["time": time.milliseconds, "group": group.rawValue]
        try database.execute(
            sql: """
                UPDATE container SET deletedAt = :time WHERE deletedAt IS NULL
                    AND account IN (SELECT id FROM storageAccount WHERE resourceGroup = :group)
                """,
            arguments: arguments)
        try database.execute(
            sql:
                "UPDATE storageAccount SET deletingSince = :time WHERE resourceGroup = :group AND deletingSince IS NULL",
            arguments: arguments)
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
    ///
    /// - Parameter report: hears how many containers are left, at the beginning and after each.
    public func finishDeletions(report: (_ left: Int) async throws -> Void = { _ in }) async throws {
        try await emptyDeletedContainers(report: report)
    }
}
