import Foundation
import GRDB

extension Catalog: GroupStoring {
    public func createGroup(named name: String) async throws -> ResourceGroup {
        let name = try ItemName.validated(name, of: ResourceGroup.kindName)
        let time = now()
        return try await write { database in
            if try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM resourceGroup WHERE name = ?)", arguments: [name]) == true
            {
                throw StoreError.nameTaken(of: ResourceGroup.kindName, name, within: nil)
            }
            try database.execute(
                sql: "INSERT INTO resourceGroup (name, createdAt) VALUES (?, ?)",
                arguments: [name, time.milliseconds])
            let id = ResourceGroup.ID(rawValue: database.lastInsertedRowID)
            try database.execute(
                sql: """
                    INSERT INTO visionResource (resourceGroup, name, key1, key2, createdAt) VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [id.rawValue, name, Secrets.visionKey(), Secrets.visionKey(), time.milliseconds])
            return ResourceGroup(id: id, name: name, createdAt: time)
        }
    }

    public func groups() async throws -> [ResourceGroup] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM resourceGroup ORDER BY id").map(ResourceGroup.init)
        }
    }

    public func group(_ id: ResourceGroup.ID) async throws -> ResourceGroup {
        try await read { try ResourceGroup.fetch($0, id) }
    }

    public func group(named name: String) async throws -> ResourceGroup {
        let composed = name.precomposedStringWithCanonicalMapping
        return try await read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM resourceGroup WHERE name = ?", arguments: [composed])
            guard let row else { throw StoreError.missing(ResourceGroup.kindName, named: "\"\(name)\"") }
            return ResourceGroup(row)
        }
    }

    public func visionResource(of group: ResourceGroup.ID) async throws -> VisionResource {
        try await read { try VisionResource.fetch($0, group) }
    }

    public func visionResource(withKey key: String) async throws -> VisionResource? {
        try await read { database in
            // Every call of the Vision API asks.
            let statement = try database.cachedStatement(
                sql: """
                    SELECT visionResource.* FROM visionResource
                    JOIN resourceGroup ON resourceGroup.id = visionResource.resourceGroup
                    WHERE (key1 = :key OR key2 = :key) AND deletingSince IS NULL
                    """)
            return try Row.fetchOne(statement, arguments: ["key": key]).map(VisionResource.init)
        }
    }

    public func renewVisionKey(_ slot: KeyPair.Slot, of group: ResourceGroup.ID) async throws -> VisionResource {
        try await write { database in
            try ResourceGroup.fetchUsable(database, group)
            try database.execute(
                sql: "UPDATE visionResource SET \(slot.rawValue) = ? WHERE resourceGroup = ?",
                arguments: [Secrets.visionKey(), group.rawValue])
            return try VisionResource.fetch(database, group)
        }
    }

    public func setDefaultModel(_ model: Model.ID?, of group: ResourceGroup.ID) async throws -> VisionResource {
        try await write { database in
            try ResourceGroup.fetchUsable(database, group)
            if let model, try Model.group(database, of: model) != group {
                throw StoreError.missing(Model.kindName, named: "\(model) in this resource group")
            }
            try database.execute(
                sql: "UPDATE visionResource SET defaultModel = ? WHERE resourceGroup = ?",
                arguments: [model?.rawValue, group.rawValue])
            return try VisionResource.fetch(database, group)
        }
    }
}

extension ResourceGroup {
    static let kindName = "resource group"

    init(_ row: Row) {
        self.init(
            id: row.id("id"), name: row["name"], createdAt: row.date("createdAt"),
            deletingSince: row.optionalDate("deletingSince"))
    }

    static func fetch(_ database: Database, _ id: ID) throws -> ResourceGroup {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM resourceGroup WHERE id = ?", arguments: [id.rawValue])
        guard let row else { throw StoreError.missing(kindName, named: "\(id)") }
        return ResourceGroup(row)
    }

    /// A group that things can be made in.
    @discardableResult
    static func fetchUsable(_ database: Database, _ id: ID) throws -> ResourceGroup {
        let group = try fetch(database, id)
        if group.deletingSince != nil { throw StoreError.groupBeingDeleted(group.name) }
        return group
    }
}

extension VisionResource {
    init(_ row: Row) {
        self.init(
            id: row.id("id"), group: row.id("resourceGroup"), name: row["name"],
            keys: KeyPair(key1: row["key1"], key2: row["key2"]), defaultModel: row.optionalID("defaultModel"),
            createdAt: row.date("createdAt"))
    }

    static func fetch(_ database: Database, _ group: ResourceGroup.ID) throws -> VisionResource {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM visionResource WHERE resourceGroup = ?", arguments: [group.rawValue])
        guard let row else { throw StoreError.missing(ResourceGroup.kindName, named: "\(group)") }
        return VisionResource(row)
    }
}
