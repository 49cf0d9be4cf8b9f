import Foundation
import GRDB

extension BlobContainer {
    init(_ row: Row, account: String) throws {
        self.init(
            id: row.id("id"), address: ContainerAddress(account: account, name: row["name"]),
            metadata: try row.pairs("metadata"), publicAccess: try row.word("publicAccess"),
            accessPolicies: row["accessPolicies"], eTag: row.eTag(), createdAt: row.date("createdAt"),
            modifiedAt: row.date("modifiedAt"))
    }

    /// The container at an address.
    ///
    /// - Throws: ``BlobError/containerMissing(_:)``, also where its account is missing or being deleted.
    static func fetch(_ database: Database, _ address: ContainerAddress) throws -> BlobContainer {
        let statement = try database.cachedStatement(
            sql: """
                SELECT container.* FROM container
                JOIN storageAccount ON storageAccount.id = container.account
                WHERE storageAccount.name = ? AND container.name = ?
                    AND container.deletedAt IS NULL AND storageAccount.deletingSince IS NULL
                """)
        guard let row = try Row.fetchOne(statement, arguments: [address.account, address.name]) else {
            throw BlobError.containerMissing(address)
        }
        return try BlobContainer(row, account: address.account)
    }

    /// - Throws: ``BlobError/conditionNotMet(_:_:)``.
    func check(_ conditions: BlobConditions) throws {
        if let failed = conditions.firstFailure(eTag: eTag, modifiedAt: modifiedAt) {
            throw BlobError.conditionNotMet("The container \"\(address)\"", failed)
        }
    }

    /// When a change that happens now is said to have happened: a clock that was put back must not make it older than the
    /// change before.
    func changeTime(_ now: Date) -> Date { max(now, modifiedAt) }
}
