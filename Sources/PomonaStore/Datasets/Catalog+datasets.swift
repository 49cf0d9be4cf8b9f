import Foundation
import GRDB

extension Catalog: DatasetStoring {
    public func createDataset(_ dataset: NewDataset, in group: ResourceGroup.ID) async throws -> Dataset {
        let name = try ItemName.validated(dataset.name, of: Dataset.kindName)
        let time = now()
        return try await write { database in
            let owner = try ResourceGroup.fetchUsable(database, group)
            let isTaken = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM dataset WHERE resourceGroup = ? AND name = ?)",
                arguments: [group.rawValue, name])
            if isTaken == true { throw StoreError.nameTaken(of: Dataset.kindName, name, within: owner.place) }
            try database.execute(
                sql: """
                    INSERT INTO dataset (resourceGroup, name, kind, container, cocoFiles, authentication,
                        customProperties, eTag, createdAt, modifiedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    group.rawValue, name, dataset.kind.rawValue,
                    try Dataset.containerID(database, dataset.container, in: group), try listText(dataset.cocoFiles),
                    dataset.authentication, try pairsText(dataset.customProperties), ETag.fresh().rawValue,
                    time.milliseconds, time.milliseconds,
                ])
            return try Dataset.fetch(database, Dataset.ID(rawValue: database.lastInsertedRowID))
        }
    }

    public func dataset(_ id: Dataset.ID) async throws -> Dataset {
        try await read { try Dataset.fetch($0, id) }
    }

    public func dataset(named name: String, in group: ResourceGroup.ID) async throws -> Dataset {
        let composed = name.precomposedStringWithCanonicalMapping
        return try await read { database in
            let row = try Row.fetchOne(
                database, sql: Dataset.selection + " WHERE dataset.resourceGroup = ? AND dataset.name = ?",
                arguments: [group.rawValue, composed])
            guard let row else { throw StoreError.missing(Dataset.kindName, named: "\"\(name)\"") }
            return try Dataset(row)
        }
    }

    public func datasets(in group: ResourceGroup.ID, skip: Int, limit: Int) async throws -> [Dataset] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: Dataset.selection + " WHERE dataset.resourceGroup = ? ORDER BY dataset.id LIMIT ? OFFSET ?",
                arguments: [group.rawValue, limit, skip]
            ).map(Dataset.init)
        }
    }

    public func updateDataset(
        _ id: Dataset.ID, ifMatch eTag: ETag?, _ change: @escaping @Sendable (inout Dataset) throws -> Void
    ) async throws -> Dataset {
        let time = now()
        return try await write { database in
            var dataset = try Dataset.fetch(database, id, ifMatch: eTag)
            let group = try ResourceGroup.fetchUsable(database, dataset.group)
            try change(&dataset)
            try database.execute(
                sql: """
                    UPDATE dataset SET container = ?, cocoFiles = ?, authentication = ?, customProperties = ?, eTag = ?,
                        modifiedAt = max(modifiedAt, ?), labelsVersion = labelsVersion + 1
                    WHERE id = ?
                    """,
                arguments: [
                    try Dataset.containerID(database, dataset.container, in: group.id), try listText(dataset.cocoFiles),
                    dataset.authentication, try pairsText(dataset.customProperties), ETag.fresh().rawValue,
                    time.milliseconds, id.rawValue,
                ])
            return try Dataset.fetch(database, id)
        }
    }

    public func deleteDataset(_ id: Dataset.ID, ifMatch eTag: ETag?) async throws {
        try await change { database, released in
            let dataset = try Dataset.fetch(database, id, ifMatch: eTag)
            try database.execute(sql: "DELETE FROM dataset WHERE id = ?", arguments: [id.rawValue])
            try DatasetRevision.removeUnused(database, in: dataset.group, &released)
        }
    }
}

extension ResourceGroup {
    /// The group as the end of a sentence about something in it.
    var place: String { "the resource group \"\(name)\"" }
}

extension Dataset {
    static let kindName = "dataset"

    static let selection = """
        SELECT dataset.*, storageAccount.name AS accountName, container.name AS containerName FROM dataset
        LEFT JOIN container ON container.id = dataset.container AND container.deletedAt IS NULL
        LEFT JOIN storageAccount ON storageAccount.id = container.account
        """

    init(_ row: Row) throws {
        let account: String? = row["accountName"]
        let container: String? = row["containerName"]
        self.init(
            id: row.id("id"), group: row.id("resourceGroup"), name: row["name"], kind: try row.word("kind"),
            container: account.flatMap { account in container.map { ContainerAddress(account: account, name: $0) } },
            cocoFiles: try row.list("cocoFiles"), authentication: row["authentication"],
            customProperties: try row.pairs("customProperties"), eTag: row.eTag(), createdAt: row.date("createdAt"),
            modifiedAt: row.date("modifiedAt"))
    }

    static func fetch(_ database: Database, _ id: ID, ifMatch eTag: ETag? = nil) throws -> Dataset {
        let row = try Row.fetchOne(database, sql: selection + " WHERE dataset.id = ?", arguments: [id.rawValue])
        guard let row else { throw StoreError.missing(kindName, named: "\(id)") }
        let dataset = try Dataset(row)
        if let eTag, eTag != dataset.eTag { throw StoreError.eTagMismatch(of: kindName, named: dataset.name) }
        return dataset
    }

    /// The number of a container, which must be of the same group: nothing else is deleted along with a group.
    fileprivate static func containerID(
        _ database: Database, _ address: ContainerAddress?, in group: ResourceGroup.ID
    ) throws -> Int64? {
        guard let address else { return nil }
        guard try StorageAccount.fetch(database, named: address.account)?.group == group else {
            throw BlobError.containerMissing(address)
        }
        return try BlobContainer.fetch(database, address).id.rawValue
    }
}
