import Foundation
import GRDB

extension FileBlobStore {
    /// How many rows one transaction removes; others write between two.
    private static let slice = 1_000

    /// Finishes what earlier programs left: empties deleted containers, drops blocks that nobody committed for a week,
    /// removes files without a row. Runs beside everything else.
    ///
    /// - Returns: how many files without a row there were.
    @discardableResult
    public func sweep() async throws -> Int {
        try await emptyDeletedContainers()
        try await dropOldBlocks()
        return try await files.sweep { [catalog] names in
            try await catalog.read { try Content.knownFiles($0, among: names) }
        }
    }

    /// Removes the rows and files of containers that were deleted, a slice at a time; a cancelled task stops between two.
    ///
    /// - Parameter report: hears how many containers are left, at the beginning and after each.
    func emptyDeletedContainers(report: (_ left: Int) async throws -> Void = { _ in }) async throws {
        var told: Int?
        while true {
            try Task.checkCancellation()
            let left = try await catalog.change { database, released in
                let containers = try Int64.fetchAll(
                    database, sql: "SELECT id FROM container WHERE deletedAt IS NOT NULL ORDER BY id")
                if let first = containers.first { try Self.emptySlice(of: first, database, &released) }
                return containers.count
            }
            if left != told { try await report(left) }
            told = left
            guard left > 0 else { return }
        }
    }

    /// Removes a slice of a container's blobs and blocks, or the empty container itself.
    private static func emptySlice(
        of container: Int64, _ database: Database, _ released: inout ReleasedFiles
    ) throws {
        var removed = 0
        for table in ["blob", "stagedBlock"] {
            let key = table == "blob" ? "name" : "name, blockID"
            let statement = try database.cachedStatement(
                sql: """
                    DELETE FROM \(table) WHERE container = :container AND (\(key)) IN
                        (SELECT \(key) FROM \(table) WHERE container = :container LIMIT \(slice))
                    RETURNING content
                    """)
            for content in try Int64.fetchAll(statement, arguments: ["container": container]) {
                released.insert(Content.ID(rawValue: content))
                removed += 1
            }
        }
        if removed == 0 {
            try database.execute(sql: "DELETE FROM container WHERE id = ?", arguments: [container])
        }
    }

    private func dropOldBlocks() async throws {
        let limit = catalog.now().milliseconds - StagedBlocks.lifetime.components.seconds * 1_000
        while true {
            try Task.checkCancellation()
            let count = try await catalog.change { database, released in
                let contents = try Int64.fetchAll(
                    database,
                    sql: """
                        DELETE FROM stagedBlock WHERE (container, name, blockID) IN
                            (SELECT container, name, blockID FROM stagedBlock WHERE createdAt < ? LIMIT \(Self.slice))
                        RETURNING content
                        """,
                    arguments: [limit])
                for content in contents { released.insert(Content.ID(rawValue: content)) }
                return contents.count
            }
            if count < Self.slice { return }
        }
    }
}
