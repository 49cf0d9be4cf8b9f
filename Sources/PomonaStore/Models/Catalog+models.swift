import Foundation
import GRDB

extension Catalog: ModelStoring {
    public func createModel(
        _ model: NewModel, in group: ResourceGroup.ID, job: (@Sendable (Model.ID) throws -> NewJob)?
    ) async throws -> Model {
        let time = now()
        return try await changeJobs { [modelFiles] database in
            let id = try Model.insert(database, model, in: group, at: time)
            if let job {
                let queued = try Job.insert(database, try job(id), at: time)
                try database.execute(
                    sql: "UPDATE model SET job = ? WHERE id = ?", arguments: [queued.id.rawValue, id.rawValue])
            }
            return try Model.fetch(database, shelf: modelFiles, id)
        }
    }

    public func model(_ id: Model.ID) async throws -> Model {
        try await read { [modelFiles] in try Model.fetch($0, shelf: modelFiles, id) }
    }

    public func model(named name: String, in group: ResourceGroup.ID) async throws -> Model {
        let composed = name.precomposedStringWithCanonicalMapping
        return try await read { [modelFiles] database in
            let model = try Model.fetchAll(
                database, shelf: modelFiles, "WHERE resourceGroup = ? AND name = ?", [group.rawValue, composed]
            ).first
            guard let model else { throw StoreError.missing(Model.kindName, named: "\"\(name)\"") }
            return model
        }
    }

    public func models(in group: ResourceGroup.ID, skip: Int, limit: Int) async throws -> [Model] {
        try await read { [modelFiles] database in
            try Model.fetchAll(
                database, shelf: modelFiles, "WHERE resourceGroup = ? ORDER BY id LIMIT ? OFFSET ?",
                [group.rawValue, limit, skip])
        }
    }

    public func updateModel(
        _ id: Model.ID, lease: JobLease?, _ change: @escaping @Sendable (inout Model) throws -> Void
    ) async throws -> Model {
        let time = now()
        return try await write { [modelFiles] database in
            try lease?.check(database)
            var model = try Model.fetch(database, shelf: modelFiles, id)
            let status = model.status
            try change(&model)
            guard status.canBecome(model.status) else {
                throw StoreError.stateForbids(
                    Model.kindName, named: model.name, state: status.rawValue, action: "made \(model.status.rawValue)")
            }
            try model.save(database, at: time)
            return try Model.fetch(database, shelf: modelFiles, id)
        }
    }

    public func addModelFile(
        _ path: String, role: String, ending: String, to id: Model.ID, lease: JobLease?
    ) async throws -> Model {
        let time = now()
        let file = try await modelFiles.write(ending: "." + ending) { try await $0.append(file: path) }
        do {
            let model = try await change { [modelFiles] database, released in
                try lease?.check(database)
                let old = try String.fetchOne(
                    database, sql: "SELECT file FROM modelFile WHERE model = ? AND role = ?",
                    arguments: [id.rawValue, role])
                if let old { released.insert(modelFile: old) }
                try Model.fetch(database, shelf: modelFiles, id).save(database, at: time)
                try database.execute(
                    sql: "INSERT OR REPLACE INTO modelFile (model, role, file, length, sha256) VALUES (?, ?, ?, ?, ?)",
                    arguments: [id.rawValue, role, file.name, file.digest.length, file.digest.sha256])
                return try Model.fetch(database, shelf: modelFiles, id)
            }
            modelFiles.claim(file.name)
            return model
        } catch {
            await takeBack(file, to: modelFiles) { try ModelFile.knownFiles($0, among: $1) }
            throw error
        }
    }

    public func deleteModel(_ id: Model.ID) async throws {
        try await change { [modelFiles] database, released in
            let model = try Model.fetch(database, shelf: modelFiles, id)
            let isMeasured = try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM evaluation WHERE model = ? AND status IN ('notStarted', 'running'))",
                arguments: [id.rawValue])
            guard model.status.isFinal, isMeasured != true else {
                throw StoreError.stateForbids(
                    Model.kindName, named: model.name, state: isMeasured == true ? "evaluated" : model.status.rawValue,
                    action: "deleted")
            }
            try model.delete(database, &released)
            try DatasetRevision.removeUnused(database, in: model.group, &released)
        }
    }
}

extension Model {
    /// Writes the row of a model that waits for its training.
    ///
    /// - Parameter freeingName: gives it a number behind its name where that is taken, in place of an error.
    static func insert(
        _ database: Database, _ model: NewModel, in group: ResourceGroup.ID, at time: Date, freeingName: Bool = false
    ) throws -> ID {
        let owner = try ResourceGroup.fetchUsable(database, group)
        var name = try ItemName.validated(model.name, of: kindName)
        var copies = 1
        while try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM model WHERE resourceGroup = ? AND name = ?)",
            arguments: [group.rawValue, name]) == true
        {
            guard freeingName else { throw StoreError.nameTaken(of: kindName, name, within: owner.place) }
            copies += 1
            name = try ItemName.validated("\(model.name) (\(copies))", of: kindName)
        }
        try database.execute(
            sql: """
                INSERT INTO model (resourceGroup, name, kind, status, parameters, eTag, createdAt, modifiedAt)
                VALUES (?, ?, ?, 'notStarted', ?, ?, ?, ?)
                """,
            arguments: [
                group.rawValue, name, model.kind.rawValue, model.parameters, ETag.fresh().rawValue, time.milliseconds,
                time.milliseconds,
            ])
        let id = ID(rawValue: database.lastInsertedRowID)
        for revision in Set(model.revisions) {
            // Its dataset may have been deleted since it was frozen, and the revision with it.
            _ = try DatasetRevision.fetch(database, revision)
            try database.execute(
                sql: "INSERT INTO modelRevision (model, revision) VALUES (?, ?)",
                arguments: [id.rawValue, revision.rawValue])
        }
        return id
    }

    /// Removes the row, with its evaluations and its files.
    func delete(_ database: Database, _ released: inout ReleasedFiles) throws {
        let files = try String.fetchAll(
            database, sql: "SELECT file FROM modelFile WHERE model = ?", arguments: [id.rawValue])
        for file in files { released.insert(modelFile: file) }
        try database.execute(sql: "DELETE FROM model WHERE id = ?", arguments: [id.rawValue])
    }
}

extension ModelFile {
    /// Which of the files have a row.
    static func knownFiles(_ database: Database, among names: [String]) throws -> Set<String> {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM modelFile WHERE file = ?)")
        return Set(try names.filter { try Bool.fetchOne(statement, arguments: [$0]) == true })
    }
}
