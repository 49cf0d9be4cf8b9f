import Foundation
import GRDB

extension Catalog: RecognitionRunStoring {
    public func createRun(
        named name: String, modelName: String, result: String, in group: ResourceGroup.ID
    ) async throws -> RecognitionRun {
        let name = try ItemName.validated(name, of: RecognitionRun.kindName)
        let time = now()
        return try await write { database in
            try ResourceGroup.fetchUsable(database, group)
            let isTaken = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM recognitionRun WHERE resourceGroup = ? AND modelName = ? AND name = ?)
                    """,
                arguments: [group.rawValue, modelName, name])
            if isTaken == true {
                throw StoreError.nameTaken(of: RecognitionRun.kindName, name, within: "the model \"\(modelName)\"")
            }
            try database.execute(
                sql: """
                    INSERT INTO recognitionRun (resourceGroup, modelName, name, result, createdAt)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [group.rawValue, modelName, name, result, time.milliseconds])
            return RecognitionRun(
                id: RecognitionRun.ID(rawValue: database.lastInsertedRowID), group: group, modelName: modelName,
                name: name, result: result, createdAt: time)
        }
    }

    public func run(named name: String, modelName: String, in group: ResourceGroup.ID) async throws -> RecognitionRun {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM recognitionRun WHERE resourceGroup = ? AND modelName = ? AND name = ?",
                arguments: [group.rawValue, modelName, name])
            guard let row else { throw StoreError.missing(RecognitionRun.kindName, named: "\"\(name)\"") }
            return RecognitionRun(row)
        }
    }

    public func runs(
        modelName: String, in group: ResourceGroup.ID, skip: Int, limit: Int
    ) async throws -> [RecognitionRun] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM recognitionRun WHERE resourceGroup = ? AND modelName = ?
                    ORDER BY id LIMIT ? OFFSET ?
                    """,
                arguments: [group.rawValue, modelName, limit, skip]
            ).map(RecognitionRun.init)
        }
    }

    public func deleteRun(_ id: RecognitionRun.ID) async throws {
        try await write { database in
            try database.execute(sql: "DELETE FROM recognitionRun WHERE id = ?", arguments: [id.rawValue])
            guard database.changesCount == 1 else {
                throw StoreError.missing(RecognitionRun.kindName, named: "\(id)")
            }
        }
    }
}

extension RecognitionRun {
    static let kindName = "run"

    init(_ row: Row) {
        self.init(
            id: row.id("id"), group: row.id("resourceGroup"), modelName: row["modelName"], name: row["name"],
            result: row["result"], createdAt: row.date("createdAt"))
    }
}
