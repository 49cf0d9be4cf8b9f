import Foundation
import GRDB

/// A training and the inference after it, to be put into the queue.
public struct NewExperiments: Sendable {
    public var project: LabelingProject.ID
    public var origin: Experiment.Origin

    /// How many photos the training learns from.
    public var labeledCount: Int
    public var model: NewModel

    /// The job that trains the model of the given number.
    public var training: @Sendable (Model.ID) throws -> NewJob

    /// The job that asks the model for suggestions afterwards.
    public var inference: @Sendable (Experiment.ID) throws -> NewJob

    public init(
        project: LabelingProject.ID, origin: Experiment.Origin, labeledCount: Int, model: NewModel,
        training: @escaping @Sendable (Model.ID) throws -> NewJob,
        inference: @escaping @Sendable (Experiment.ID) throws -> NewJob
    ) {
        self.project = project
        self.origin = origin
        self.labeledCount = labeledCount
        self.model = model
        self.training = training
        self.inference = inference
    }
}

extension Catalog {
    /// Puts a training and its inference into the queue, with a model, in one transaction.
    ///
    /// - Throws: ``LabelingError/experimentRunning``.
    public func createExperiments(_ new: NewExperiments) async throws -> [Experiment] {
        let time = now()
        return try await changeJobs { database in
            let project = try LabelingProject.fetch(database, new.project)
            guard try Experiment.fetchAll(database, of: project.id).allSatisfy(\.isOver) else {
                throw LabelingError.experimentRunning
            }
            let number =
                1
                + (try Int.fetchOne(
                    database, sql: "SELECT max(number) FROM experiment WHERE project = ?",
                    arguments: [project.id.rawValue]) ?? 0)
            let model = try Model.insert(database, new.model, in: project.group, at: time, freeingName: true)
            let training = try Job.insert(database, try new.training(model), at: time)
            try database.execute(
                sql: "UPDATE model SET job = ? WHERE id = ?", arguments: [training.id.rawValue, model.rawValue])
            let first = try Experiment.insert(
                database, .training, of: new, number: number, model: model, job: training.id, at: time)
            let second = try Experiment.insert(
                database, .inference, of: new, number: number, model: model, job: nil, at: time)
            let inference = try Job.insert(database, try new.inference(second), at: time)
            try database.execute(
                sql: "UPDATE experiment SET job = ? WHERE id = ?", arguments: [inference.id.rawValue, second.rawValue])
            return [try Experiment.fetch(database, first), try Experiment.fetch(database, second)]
        }
    }

    /// A project's experiments, the newest first.
    public func experiments(of project: LabelingProject.ID) async throws -> [Experiment] {
        try await read { try Experiment.fetchAll($0, of: project) }
    }

    /// - Throws: ``StoreError/missing(_:named:)``.
    public func experiment(_ id: Experiment.ID) async throws -> Experiment {
        try await read { try Experiment.fetch($0, id) }
    }

    /// The experiment that a job works for, `nil` where it works for none.
    public func experiment(ofJob job: Job.ID) async throws -> Experiment? {
        try await read { database in
            try Row.fetchOne(
                database, sql: Experiment.selection + " WHERE experiment.job = ?", arguments: [job.rawValue]
            ).map { try Experiment($0, database) }
        }
    }

    /// Says in words what came out of an experiment.
    public func setSummary(_ summary: String, of id: Experiment.ID) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE experiment SET summary = ? WHERE id = ?", arguments: [summary, id.rawValue])
        }
    }

    /// How many photos were submitted in a project since its last training began; all of them before the first.
    public func submissionsSinceTraining(of project: LabelingProject.ID) async throws -> (count: Int, isFirst: Bool) {
        try await read { database in
            let before = try Int.fetchOne(
                database,
                sql:
                    "SELECT submissions FROM experiment WHERE project = ? AND kind = 'training' ORDER BY id DESC LIMIT 1",
                arguments: [project.rawValue])
            let all = try Experiment.submissions(database, of: project)
            return (all - (before ?? 0), before == nil)
        }
    }
}

extension Experiment {
    static let selection = "SELECT experiment.* FROM experiment"

    /// Photos that were ever submitted: what is approved, rejected or mended afterwards counts once.
    fileprivate static func submissions(_ database: Database, of project: LabelingProject.ID) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM task WHERE project = ? AND isDropped = 0 AND isGone = 0 AND submittedAt IS NOT NULL
                """,
            arguments: [project.rawValue]) ?? 0
    }

    fileprivate init(_ row: Row, _ database: Database) throws {
        let job: Job.ID? = row.optionalID("job")
        self.init(
            id: row.id("id"), project: row.id("project"), kind: try row.word("kind"), origin: try row.word("origin"),
            number: row["number"], model: row.optionalID("model"), job: try job.map { try Job.fetch(database, $0) },
            labeledCount: row["labeledCount"], summary: row["summary"], createdAt: row.date("createdAt"))
    }

    fileprivate static func fetch(_ database: Database, _ id: ID) throws -> Experiment {
        let row = try Row.fetchOne(database, sql: selection + " WHERE id = ?", arguments: [id.rawValue])
        guard let row else { throw StoreError.missing("experiment", named: "\(id)") }
        return try Experiment(row, database)
    }

    fileprivate static func fetchAll(_ database: Database, of project: LabelingProject.ID) throws -> [Experiment] {
        try Row.fetchAll(
            database, sql: selection + " WHERE project = ? ORDER BY id DESC", arguments: [project.rawValue]
        ).map { try Experiment($0, database) }
    }

    fileprivate static func insert(
        _ database: Database, _ kind: Kind, of new: NewExperiments, number: Int, model: Model.ID, job: Job.ID?,
        at time: Date
    ) throws -> ID {
        try database.execute(
            sql: """
                INSERT INTO experiment (project, kind, origin, number, model, job, labeledCount, submissions, createdAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                new.project.rawValue, kind.rawValue, new.origin.rawValue, number, model.rawValue, job?.rawValue,
                new.labeledCount, try submissions(database, of: new.project), time.milliseconds,
            ])
        return ID(rawValue: database.lastInsertedRowID)
    }
}
