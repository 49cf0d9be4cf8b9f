import Foundation
import GRDB

extension LabelingProject {
    static let kindName = "labeling project"

    static let selection = """
        SELECT project.*, storageAccount.name AS accountName, container.name AS containerName, dataset.name AS currentName
        FROM project
        LEFT JOIN dataset ON dataset.id = project.dataset
        LEFT JOIN container ON container.id = project.container AND container.deletedAt IS NULL
        LEFT JOIN storageAccount ON storageAccount.id = container.account
        """

    init(_ row: Row, _ database: Database) throws {
        let account: String? = row["accountName"]
        let container: String? = row["containerName"]
        let id: ID = row.id("id")
        self.init(
            id: id, group: row.id("resourceGroup"), dataset: row.optionalID("dataset"),
            datasetName: row["currentName"] ?? row["datasetName"],
            container: account.flatMap { account in container.map { ContainerAddress(account: account, name: $0) } },
            name: row["name"], kind: try row.word("kind"), state: try row.word("state"),
            instructions: row["instructions"], settings: try LabelingJSON.decode(row["settings"]),
            seed: UInt64(bitPattern: row["seed"]), revision: row["revision"],
            categories: try LabelCategory.fetchAll(database, of: id), createdAt: row.date("createdAt"),
            modifiedAt: row.date("modifiedAt"))
    }

    /// - Throws: ``StoreError/missing(_:named:)``, also for one in the trash.
    static func fetch(_ database: Database, _ id: ID) throws -> LabelingProject {
        let row = try Row.fetchOne(
            database, sql: selection + " WHERE project.id = ? AND project.deletedAt IS NULL", arguments: [id.rawValue])
        guard let row else { throw StoreError.missing(kindName, named: "\(id)") }
        return try LabelingProject(row, database)
    }

    /// Notes that the project changed in itself.
    static func touch(_ database: Database, _ id: ID, at time: Date) throws {
        try database.execute(
            sql: "UPDATE project SET revision = revision + 1, modifiedAt = max(modifiedAt, ?) WHERE id = ?",
            arguments: [time.milliseconds, id.rawValue])
    }
}

extension LabelCategory {
    static let kindName = "label category"

    init(_ row: Row) {
        self.init(id: row.id("id"), name: row["name"], color: row["color"], hotkey: row["hotkey"])
    }

    static func fetchAll(_ database: Database, of project: LabelingProject.ID) throws -> [LabelCategory] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM category WHERE project = ? AND deletedAt IS NULL ORDER BY position, id")
        return try Row.fetchAll(statement, arguments: [project.rawValue]).map(LabelCategory.init)
    }

    /// - Throws: ``StoreError/missing(_:named:)``.
    static func fetch(_ database: Database, _ id: ID, of project: LabelingProject.ID) throws -> LabelCategory {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM category WHERE id = ? AND project = ? AND deletedAt IS NULL",
            arguments: [id.rawValue, project.rawValue])
        guard let row else { throw StoreError.missing(kindName, named: "\(id)") }
        return LabelCategory(row)
    }
}

/// Values of labeling as JSON in a column.
enum LabelingJSON {
    static func decode<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Lists that are mostly empty need no decoder.
    static func decodeList<Value: Decodable>(_ text: String) throws -> [Value] {
        text == "[]" ? [] : try decode(text)
    }
}
