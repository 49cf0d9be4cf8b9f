import Foundation
import GRDB

/// How much a group holds.
public struct GroupTotals: Hashable, Sendable {
    public var containers: Int
    public var blobs: ContainerTotals
    public var datasets: Int
    public var models: Int
    public var projects: Int

    /// Bytes of blobs and of model files.
    public var bytes: Int64
    public var isSample: Bool
}

extension Catalog {
    public func totals(in group: ResourceGroup.ID) async throws -> GroupTotals {
        let (containers, blobs) = try await totals(of: group)
        return try await read { database in
            func count(_ sql: String) throws -> Int64 {
                try Int64.fetchOne(database, sql: sql, arguments: ["group": group.rawValue]) ?? 0
            }
            let models = try count(
                """
                SELECT ifnull(sum(length), 0) FROM modelFile JOIN model ON model.id = modelFile.model
                WHERE resourceGroup = :group
                """)
            return GroupTotals(
                containers: containers, blobs: blobs,
                datasets: Int(try count("SELECT count(*) FROM dataset WHERE resourceGroup = :group")),
                models: Int(try count("SELECT count(*) FROM model WHERE resourceGroup = :group")),
                projects: Int(
                    try count("SELECT count(*) FROM project WHERE resourceGroup = :group AND deletedAt IS NULL")),
                bytes: blobs.bytes + models,
                isSample: try count("SELECT isSample FROM resourceGroup WHERE id = :group") == 1)
        }
    }

    /// Says that a group's photos are the rendered ones.
    public func markSample(_ group: ResourceGroup.ID) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE resourceGroup SET isSample = 1 WHERE id = ?", arguments: [group.rawValue])
        }
    }

    /// How many jobs of a group wait or run.
    public func activeJobCount(in group: ResourceGroup.ID) async throws -> Int {
        try await read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM job
                    WHERE resourceGroup = ? AND state IN ('queued', 'running', 'cancelling') AND kind <> 'deletion'
                    """,
                arguments: [group.rawValue]) ?? 0
        }
    }

    /// Part of the list of jobs, the newest first, and how many there are.
    public func jobs(
        in group: ResourceGroup.ID?, states: Set<JobState>, skip: Int, limit: Int
    ) async throws -> (jobs: [Job], total: Int) {
        // The words come from an enumeration, so they may stand in the statement.
        let words = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let condition = "state IN (\(words)) AND (:group IS NULL OR resourceGroup = :group)"
        return try await read { database in
            let total = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM job WHERE \(condition)", arguments: ["group": group?.rawValue])
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM job WHERE \(condition) ORDER BY id DESC LIMIT :limit OFFSET :skip",
                arguments: ["group": group?.rawValue, "limit": limit, "skip": skip])
            return (try rows.map(Job.init), total ?? 0)
        }
    }
}
