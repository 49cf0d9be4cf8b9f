import Foundation
import GRDB

extension Catalog {
    /// The containers of an account or of a whole group, in the order of their names; all where neither is given.
    public func containerSummaries(
        of account: StorageAccount.ID? = nil, in group: ResourceGroup.ID? = nil
    ) async throws -> [ContainerSummary] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: ContainerSummary.selection + """
                     AND (:account IS NULL OR storageAccount.id = :account)
                        AND (:group IS NULL OR storageAccount.resourceGroup = :group)
                    ORDER BY storageAccount.name, container.name
                    """,
                arguments: ["account": account?.rawValue, "group": group?.rawValue]
            ).map { try ContainerSummary($0, database) }
        }
    }

    /// - Throws: ``StoreError/missing(_:named:)``.
    public func container(_ id: BlobContainer.ID) async throws -> ContainerSummary {
        try await read { database in
            let row = try Row.fetchOne(
                database, sql: ContainerSummary.selection + " AND container.id = ?", arguments: [id.rawValue])
            guard let row else { throw StoreError.missing("container", named: "\(id)") }
            return try ContainerSummary(row, database)
        }
    }

    /// - Throws: ``StoreError/missing(_:named:)``.
    public func account(_ id: StorageAccount.ID) async throws -> StorageAccount {
        try await read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM storageAccount WHERE id = ? AND deletingSince IS NULL",
                arguments: [id.rawValue])
            guard let row else { throw StoreError.missing(StorageAccount.kindName, named: "\(id)") }
            return StorageAccount(row)
        }
    }

    /// What lies in all containers of a group.
    public func totals(of group: ResourceGroup.ID) async throws -> (containers: Int, totals: ContainerTotals) {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*), ifnull(sum(blobCount), 0), ifnull(sum(photoCount), 0), ifnull(sum(byteCount), 0)
                    FROM container JOIN storageAccount ON storageAccount.id = container.account
                    WHERE storageAccount.resourceGroup = ? AND container.deletedAt IS NULL
                    """,
                arguments: [group.rawValue])
            guard let row else { return (0, ContainerTotals()) }
            return (row[0], ContainerTotals(blobs: row[1], photos: row[2], bytes: row[3]))
        }
    }

    /// Deletes an account with its containers: their names are free at once, their bytes go with the next sweep of deleted
    /// containers.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``; ``StoreError/stateForbids(_:named:state:action:)`` while a dataset uses
    ///   one of its containers.
    public func deleteAccount(_ id: StorageAccount.ID) async throws {
        let time = now().milliseconds
        try await write { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM storageAccount WHERE id = ? AND deletingSince IS NULL",
                arguments: [id.rawValue])
            guard let account = row.map(StorageAccount.init) else {
                throw StoreError.missing(StorageAccount.kindName, named: "\(id)")
            }
            let user = try String.fetchOne(
                database,
                sql: """
                    SELECT dataset.name FROM dataset JOIN container ON container.id = dataset.container
                    WHERE container.account = ? AND container.deletedAt IS NULL LIMIT 1
                    """,
                arguments: [id.rawValue])
            if let user {
                throw StoreError.stateForbids(
                    StorageAccount.kindName, named: account.name, state: "used by the dataset \"\(user)\"",
                    action: "deleted")
            }
            try database.execute(
                sql: "UPDATE container SET deletedAt = ? WHERE account = ? AND deletedAt IS NULL",
                arguments: [time, id.rawValue])
            try database.execute(
                sql: "UPDATE storageAccount SET deletingSince = ? WHERE id = ?", arguments: [time, id.rawValue])
        }
    }

    /// Removes the rows of deleted accounts whose containers are gone.
    public func removeEmptyDeletedAccounts() async throws {
        try await write { database in
            try database.execute(
                sql: """
                    DELETE FROM storageAccount WHERE deletingSince IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM container WHERE container.account = storageAccount.id)
                        AND resourceGroup IN (SELECT id FROM resourceGroup WHERE deletingSince IS NULL)
                    """)
        }
    }
}

extension ContainerSummary {
    fileprivate static let selection = """
        SELECT container.*, storageAccount.name AS accountName, storageAccount.resourceGroup AS ownerGroup
        FROM container JOIN storageAccount ON storageAccount.id = container.account
        WHERE container.deletedAt IS NULL AND storageAccount.deletingSince IS NULL
        """

    fileprivate init(_ row: Row, _ database: Database) throws {
        let datasets = try Row.fetchAll(
            database, sql: "SELECT id, name FROM dataset WHERE container = ? ORDER BY id",
            arguments: [row["id"] as Int64])
        self.init(
            container: try BlobContainer(row, account: row["accountName"]), account: row.id("account"),
            group: row.id("ownerGroup"),
            totals: ContainerTotals(blobs: row["blobCount"], photos: row["photoCount"], bytes: row["byteCount"]),
            datasets: datasets.map { DatasetName(id: $0.id("id"), name: $0["name"]) })
    }
}
