import Foundation
import GRDB

extension Model {
    static let kindName = "model"

    init(_ row: Row, files: [ModelFile]) throws {
        self.init(
            id: row.id("id"), group: row.id("resourceGroup"), name: row["name"], kind: try row.word("kind"),
            status: try row.word("status"), parameters: row["parameters"], revision: row.optionalID("revision"),
            job: row.optionalID("job"), progress: row["progress"], performance: row["performance"],
            trainingSeconds: row["trainingSeconds"], failure: ItemFailure(row), files: files, eTag: row.eTag(),
            createdAt: row.date("createdAt"), modifiedAt: row.date("modifiedAt"))
    }

    /// The models that a condition picks, with their files.
    static func fetchAll(
        _ database: Database, shelf: FileShelf, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Model] {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM model " + condition, arguments: arguments)
        return try rows.map { row in
            let files = try Row.fetchAll(
                database, sql: "SELECT * FROM modelFile WHERE model = ? ORDER BY role",
                arguments: [row["id"] as Int64]
            ).map { ModelFile($0, shelf: shelf) }
            return try Model(row, files: files)
        }
    }

    static func fetch(_ database: Database, shelf: FileShelf, _ id: ID) throws -> Model {
        guard let model = try fetchAll(database, shelf: shelf, "WHERE id = ?", [id.rawValue]).first else {
            throw StoreError.missing(kindName, named: "\(id)")
        }
        return model
    }

    /// The group of a model.
    static func group(_ database: Database, of id: ID) throws -> ResourceGroup.ID {
        let group = try Int64.fetchOne(
            database, sql: "SELECT resourceGroup FROM model WHERE id = ?", arguments: [id.rawValue])
        guard let group else { throw StoreError.missing(kindName, named: "\(id)") }
        return ResourceGroup.ID(rawValue: group)
    }

    /// Writes the fields that a change may change.
    func save(_ database: Database, at time: Date) throws {
        try database.execute(
            sql: """
                UPDATE model SET status = ?, revision = ?, progress = ?, performance = ?, trainingSeconds = ?,
                    failureCode = ?, failureMessage = ?, eTag = ?, modifiedAt = max(modifiedAt, ?)
                WHERE id = ?
                """,
            arguments: [
                status.rawValue, revision?.rawValue, progress, performance, trainingSeconds, failure?.code,
                failure?.message, ETag.fresh().rawValue, time.milliseconds, id.rawValue,
            ])
    }
}

extension ModelFile {
    init(_ row: Row, shelf: FileShelf) {
        self.init(
            role: row["role"], path: shelf.path(of: row["file"]), length: row["length"], sha256: row["sha256"])
    }
}

extension JobLease {
    /// - Throws: ``JobError/leaseLost(_:)``.
    func check(_ database: Database) throws { _ = try Job.fetch(database, self) }
}
