import Foundation
import GRDB

extension FileBlobStore {
    private static let longestPolicies = 64 << 10

    @discardableResult
    public func createContainer(_ address: ContainerAddress, metadata: [String: String], publicAccess: PublicAccess)
        async throws -> BlobContainer
    {
        let address = try address.validated()
        let time = catalog.now()
        return try await catalog.write { database in
            guard let account = try StorageAccount.fetch(database, named: address.account) else {
                throw BlobError.accountMissing(address.account)
            }
            let isTaken = try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM container WHERE account = ? AND name = ? AND deletedAt IS NULL)",
                arguments: [account.id.rawValue, address.name])
            if isTaken == true { throw BlobError.containerExists(address) }
            let eTag = ETag.fresh()
            try database.execute(
                sql: """
                    INSERT INTO container (account, name, metadata, publicAccess, eTag, createdAt, modifiedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    account.id.rawValue, address.name, try pairsText(metadata), publicAccess.rawValue, eTag.rawValue,
                    time.milliseconds, time.milliseconds,
                ])
            return BlobContainer(
                id: BlobContainer.ID(rawValue: database.lastInsertedRowID), address: address, metadata: metadata,
                publicAccess: publicAccess, accessPolicies: nil, eTag: eTag, createdAt: time, modifiedAt: time)
        }
    }

    public func container(_ address: ContainerAddress) async throws -> BlobContainer {
        try await catalog.read { try BlobContainer.fetch($0, address) }
    }

    public func containers(ofAccount account: String, prefix: String, marker: String?, maximumCount: Int) async throws
        -> ContainerPage
    {
        let count = min(max(1, maximumCount), BlobListQuery.maximumPageSize)
        let start = try marker.map { try ListMarker(text: $0) }
        return try await catalog.read { database in
            guard let row = try StorageAccount.fetch(database, named: account) else {
                throw BlobError.accountMissing(account)
            }
            var rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM container WHERE account = :account AND deletedAt IS NULL
                        AND name >= :from AND (:to IS NULL OR name < :to) AND (:after IS NULL OR name > :after)
                    ORDER BY name LIMIT :limit
                    """,
                arguments: [
                    "account": row.id.rawValue, "from": prefix, "to": prefix.firstTextAfterAllWithThisPrefix,
                    "after": start?.name, "limit": count + 1,
                ])
            let isMore = rows.count > count
            if isMore { rows.removeLast() }
            let containers = try rows.map { try BlobContainer($0, account: account) }
            let last = isMore ? containers.last : nil
            return ContainerPage(
                containers: containers, nextMarker: last.map { ListMarker.after($0.address.name).text })
        }
    }

    @discardableResult
    public func setMetadata(_ metadata: [String: String], of address: ContainerAddress, conditions: BlobConditions)
        async throws -> BlobContainer
    {
        try await changeContainer(address, conditions) { $0.metadata = metadata }
    }

    @discardableResult
    public func setAccess(
        _ publicAccess: PublicAccess, policies: String?, of address: ContainerAddress, conditions: BlobConditions
    ) async throws -> BlobContainer {
        guard policies.map(\.utf8.count) ?? 0 <= Self.longestPolicies else {
            throw BlobError.policiesTooLarge(address, limit: Self.longestPolicies)
        }
        return try await changeContainer(address, conditions) { container in
            container.publicAccess = publicAccess
            container.accessPolicies = policies
        }
    }

    private func changeContainer(
        _ address: ContainerAddress, _ conditions: BlobConditions,
        _ body: @escaping @Sendable (inout BlobContainer) -> Void
    ) async throws -> BlobContainer {
        let time = catalog.now()
        return try await catalog.write { database in
            var container = try BlobContainer.fetch(database, address)
            try container.check(conditions)
            body(&container)
            container.eTag = .fresh()
            container.modifiedAt = container.changeTime(time)
            try database.execute(
                sql: """
                    UPDATE container SET metadata = ?, publicAccess = ?, accessPolicies = ?, eTag = ?, modifiedAt = ?
                    WHERE id = ?
                    """,
                arguments: [
                    try pairsText(container.metadata), container.publicAccess.rawValue, container.accessPolicies,
                    container.eTag.rawValue, container.modifiedAt.milliseconds, container.id.rawValue,
                ])
            return container
        }
    }

    public func deleteContainer(_ address: ContainerAddress, conditions: BlobConditions) async throws {
        let time = catalog.now()
        try await catalog.write { database in
            let container = try BlobContainer.fetch(database, address)
            try container.check(conditions)
            try database.execute(
                sql: "UPDATE container SET deletedAt = ? WHERE id = ?",
                arguments: [time.milliseconds, container.id.rawValue])
        }
        // Unstructured: a million blobs take minutes to remove, and nobody waits for them. What an end of the program
        // interrupts goes on in the next start's sweep.
        Task { try await emptyDeletedContainers() }
    }
}
