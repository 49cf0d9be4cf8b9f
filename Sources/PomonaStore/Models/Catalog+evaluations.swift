import Foundation
import GRDB

extension Catalog: EvaluationStoring {
    public func createEvaluation(
        named name: String, of model: Model.ID, on dataset: Dataset.ID, revision: DatasetRevision.ID?,
        job: (@Sendable (Evaluation.ID) throws -> NewJob)?
    ) async throws -> Evaluation {
        let name = try ItemName.validated(name, of: Evaluation.kindName)
        let time = now()
        return try await changeJobs { [modelFiles] database in
            let model = try Model.fetch(database, shelf: modelFiles, model)
            try ResourceGroup.fetchUsable(database, model.group)
            let dataset = try Dataset.fetch(database, dataset)
            guard dataset.group == model.group else {
                throw StoreError.missing(Dataset.kindName, named: "\(dataset.id) in this resource group")
            }
            let isTaken = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM evaluation WHERE model = ? AND name = ?)",
                arguments: [model.id.rawValue, name])
            if isTaken == true {
                throw StoreError.nameTaken(of: Evaluation.kindName, name, within: "the model \"\(model.name)\"")
            }
            if let revision { _ = try DatasetRevision.fetch(database, revision) }
            try database.execute(
                sql: """
                    INSERT INTO evaluation
                        (model, name, dataset, datasetName, revision, status, eTag, createdAt, modifiedAt)
                    VALUES (?, ?, ?, ?, ?, 'notStarted', ?, ?, ?)
                    """,
                arguments: [
                    model.id.rawValue, name, dataset.id.rawValue, dataset.name, revision?.rawValue,
                    ETag.fresh().rawValue, time.milliseconds, time.milliseconds,
                ])
            let id = Evaluation.ID(rawValue: database.lastInsertedRowID)
            if let job {
                let queued = try Job.insert(database, try job(id), at: time)
                try database.execute(
                    sql: "UPDATE evaluation SET job = ? WHERE id = ?", arguments: [queued.id.rawValue, id.rawValue])
            }
            return try Evaluation.fetch(database, id)
        }
    }

    public func evaluation(_ id: Evaluation.ID) async throws -> Evaluation {
        try await read { try Evaluation.fetch($0, id) }
    }

    public func evaluation(named name: String, of model: Model.ID) async throws -> Evaluation {
        let composed = name.precomposedStringWithCanonicalMapping
        return try await read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM evaluation WHERE model = ? AND name = ?",
                arguments: [model.rawValue, composed])
            guard let row else { throw StoreError.missing(Evaluation.kindName, named: "\"\(name)\"") }
            return try Evaluation(row)
        }
    }

    public func evaluations(of model: Model.ID, skip: Int, limit: Int) async throws -> [Evaluation] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM evaluation WHERE model = ? ORDER BY id LIMIT ? OFFSET ?",
                arguments: [model.rawValue, limit, skip]
            ).map(Evaluation.init)
        }
    }

    public func updateEvaluation(
        _ id: Evaluation.ID, lease: JobLease?, _ change: @escaping @Sendable (inout Evaluation) throws -> Void
    ) async throws -> Evaluation {
        let time = now()
        return try await write { database in
            try lease?.check(database)
            var evaluation = try Evaluation.fetch(database, id)
            let status = evaluation.status
            try change(&evaluation)
            guard status.canBecome(evaluation.status) else {
                throw StoreError.stateForbids(
                    Evaluation.kindName, named: evaluation.name, state: status.rawValue,
                    action: "made \(evaluation.status.rawValue)")
            }
            try database.execute(
                sql: """
                    UPDATE evaluation SET status = ?, revision = ?, performance = ?, failureCode = ?,
                        failureMessage = ?, eTag = ?, modifiedAt = max(modifiedAt, ?)
                    WHERE id = ?
                    """,
                arguments: [
                    evaluation.status.rawValue, evaluation.revision?.rawValue, evaluation.performance,
                    evaluation.failure?.code, evaluation.failure?.message, ETag.fresh().rawValue, time.milliseconds,
                    id.rawValue,
                ])
            return try Evaluation.fetch(database, id)
        }
    }

    public func deleteEvaluation(_ id: Evaluation.ID) async throws {
        try await change { database, released in
            let evaluation = try Evaluation.fetch(database, id)
            guard evaluation.status.isFinal else {
                throw StoreError.stateForbids(
                    Evaluation.kindName, named: evaluation.name, state: evaluation.status.rawValue, action: "deleted")
            }
            let group = try Model.group(database, of: evaluation.model)
            try database.execute(sql: "DELETE FROM evaluation WHERE id = ?", arguments: [id.rawValue])
            try DatasetRevision.removeUnused(database, in: group, &released)
        }
    }
}

extension Evaluation {
    static let kindName = "evaluation"

    init(_ row: Row) throws {
        self.init(
            id: row.id("id"), model: row.id("model"), name: row["name"], dataset: row.optionalID("dataset"),
            datasetName: row["datasetName"], revision: row.optionalID("revision"), job: row.optionalID("job"),
            status: try row.word("status"), performance: row["performance"], failure: ItemFailure(row),
            eTag: row.eTag(), createdAt: row.date("createdAt"), modifiedAt: row.date("modifiedAt"))
    }

    static func fetch(_ database: Database, _ id: ID) throws -> Evaluation {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM evaluation WHERE id = ?", arguments: [id.rawValue])
        guard let row else { throw StoreError.missing(kindName, named: "\(id)") }
        return try Evaluation(row)
    }
}
