import Foundation
import GRDB

extension Catalog: AccountStoring {
    public func createAccount(named name: String, in group: ResourceGroup.ID, keys: KeyPair? = nil) async throws
        -> StorageAccount
    {
        try StorageAccount.validate(name: name)
        let keys = keys ?? KeyPair(key1: Secrets.storageKey(), key2: Secrets.storageKey())
        for slot in KeyPair.Slot.allCases where Data(base64Encoded: keys[slot])?.isEmpty ?? true {
            throw StoreError.invalidValue(
                of: StorageAccount.kindName, field: slot.rawValue, found: "not base64", expected: "64 bytes in base64")
        }
        let time = now()
        return try await write { database in
            try ResourceGroup.fetchUsable(database, group)
            if try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM storageAccount WHERE name = ?)", arguments: [name]) == true
            {
                throw StoreError.nameTaken(of: StorageAccount.kindName, name, within: nil)
            }
            try database.execute(
                sql: "INSERT INTO storageAccount (resourceGroup, name, key1, key2, createdAt) VALUES (?, ?, ?, ?, ?)",
                arguments: [group.rawValue, name, keys.key1, keys.key2, time.milliseconds])
            return StorageAccount(
                id: StorageAccount.ID(rawValue: database.lastInsertedRowID), group: group, name: name, keys: keys,
                createdAt: time)
        }
    }

    public func accounts(in group: ResourceGroup.ID) async throws -> [StorageAccount] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM storageAccount WHERE resourceGroup = ? AND deletingSince IS NULL ORDER BY id",
                arguments: [group.rawValue]
            ).map(StorageAccount.init)
        }
    }

    public func account(named name: String) async throws -> StorageAccount {
        try await read { database in
            guard let account = try StorageAccount.fetch(database, named: name) else {
                throw StoreError.missing(StorageAccount.kindName, named: "\"\(name)\"")
            }
            return account
        }
    }

    public func renewStorageKey(_ slot: KeyPair.Slot, of account: StorageAccount.ID) async throws -> StorageAccount {
        try await write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    UPDATE storageAccount SET \(slot.rawValue) = ? WHERE id = ? AND deletingSince IS NULL RETURNING *
                    """,
                arguments: [Secrets.storageKey(), account.rawValue])
            guard let row else { throw StoreError.missing(StorageAccount.kindName, named: "\(account)") }
            return StorageAccount(row)
        }
    }
}

extension StorageAccount {
    static let kindName = "storage account"

    init(_ row: Row) {
        self.init(
            id: row.id("id"), group: row.id("resourceGroup"), name: row["name"],
            keys: KeyPair(key1: row["key1"], key2: row["key2"]), createdAt: row.date("createdAt"))
    }

    /// The account whose blobs can be reached, `nil` where there is none of that name or it is being deleted.
    static func fetch(_ database: Database, named name: String) throws -> StorageAccount? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM storageAccount WHERE name = ? AND deletingSince IS NULL", arguments: [name]
        ).map(StorageAccount.init)
    }

    fileprivate static func validate(name: String) throws(StoreError) {
        let reason: String? =
            if !(3...24).contains(name.utf8.count) {
                "it has \(name.count) characters, and 3 to 24 are possible"
            } else if !name.utf8.allSatisfy(\.isLowerCaseLetterOrDigit) {
                "only lower-case letters a to z and digits are possible"
            } else {
                nil
            }
        if let reason { throw .invalidName(of: kindName, name, reason: reason) }
    }
}
