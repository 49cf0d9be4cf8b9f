public import Foundation
import GRDB

extension TaskEdit {
    /// Saves of a person that follow one another within this time of the first of them are one line of the history, in
    /// milliseconds.
    private static let mergingTime: Int64 = 60_000

    /// Writes a line of a task's history: the task is as the edit left it.
    ///
    /// A row of a save that the same person soon saved over keeps its identifier, so that it can be answered again, and
    /// loses its annotations: two hundred boxes drawn one by one would otherwise fill the history with two hundred lists.
    /// Never the only row that still holds a box that was deleted since.
    static func insert(
        _ database: Database, _ task: LabelingTask, action: Action, edit: String?, person: Person.ID?, at time: Date,
        annotations: [TaskAnnotation]? = nil, words: String? = nil, seconds: Double? = nil, keepsAlways: Bool = false
    ) throws {
        let annotations = annotations ?? task.annotations
        if action == .saved, !keepsAlways {
            try mergeLast(database, of: task.id, into: annotations, person: person, at: time)
        }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO taskEdit (task, edit, revision, person, action, state, annotations, words, seconds, createdAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            task.id.rawValue, edit, task.revision, person?.rawValue, action.rawValue, task.state.rawValue,
            try LabelingJSON.encode(annotations), words, seconds, time.milliseconds,
        ])
    }

    /// Empties the last row, where it is a save by the same person of which the new one keeps every annotation.
    private static func mergeLast(
        _ database: Database, of task: LabelingTask.ID, into annotations: [TaskAnnotation], person: Person.ID?,
        at time: Date
    ) throws {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM taskEdit WHERE task = ? ORDER BY revision DESC, id DESC LIMIT 1")
        guard let last = try Row.fetchOne(statement, arguments: [task.rawValue]),
            last["action"] == Action.saved.rawValue, last["person"] == person?.rawValue,
            let text: String = last["annotations"]
        else { return }
        let kept = Set(annotations.map(\.id))
        let old: [TaskAnnotation] = try LabelingJSON.decodeList(text)
        guard old.allSatisfy({ kept.contains($0.id) }) else { return }
        // Rows that were emptied stand between the row that was kept last and this one.
        let begun = try Int64.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT min(createdAt) FROM taskEdit WHERE task = :task AND revision > ifnull((
                        SELECT revision FROM taskEdit
                        WHERE task = :task AND revision < :revision AND annotations IS NOT NULL
                        ORDER BY revision DESC LIMIT 1), -1)
                    """),
            arguments: ["task": task.rawValue, "revision": last["revision"] as Int])
        guard let begun, begun > time.milliseconds - mergingTime else { return }
        try database.cachedStatement(sql: "UPDATE taskEdit SET annotations = NULL WHERE id = ?").execute(
            arguments: [last["id"] as Int64])
    }
}

/// What an edit was answered with, to be answered again.
public struct TaskAnswer: Sendable {
    /// The task as it is now, but with revision and state as the edit left them.
    public var task: LabelingTask
    public var savedAt: Date

    /// Whether the edit was known already, so that nothing has changed.
    public var isRepeated: Bool
}

extension TaskAnswer {
    /// The answer to an edit that came before, `nil` for a new one.
    static func fetch(_ database: Database, edit: String, of task: LabelingTask) throws -> TaskAnswer? {
        let statement = try database.cachedStatement(
            sql: "SELECT revision, state, createdAt FROM taskEdit WHERE task = ? AND edit = ?")
        guard let row = try Row.fetchOne(statement, arguments: [task.id.rawValue, edit]) else { return nil }
        var answered = task
        answered.revision = row["revision"]
        answered.state = try row.word("state")
        return TaskAnswer(task: answered, savedAt: row.date("createdAt"), isRepeated: true)
    }
}

extension Catalog {
    /// Who did what to a photo, the newest first.
    public func history(
        of task: LabelingTask.ID, in project: LabelingProject.ID, offset: Int, limit: Int
    ) async throws -> (edits: [TaskEdit], total: Int) {
        let moment = leaseMoment()
        return try await read { database in
            _ = try LabelingTask.fetch(database, task, of: project, at: moment)
            let total = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM taskEdit WHERE task = ? AND annotations IS NOT NULL",
                arguments: [task.rawValue])
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT taskEdit.*, person.name AS personName FROM taskEdit
                    LEFT JOIN person ON person.id = taskEdit.person
                    WHERE task = ? AND annotations IS NOT NULL ORDER BY taskEdit.id DESC LIMIT ? OFFSET ?
                    """,
                arguments: [task.rawValue, limit, offset])
            return (try rows.map(TaskEdit.init), total ?? 0)
        }
    }

    /// What a photo's labels were at a revision.
    ///
    /// - Parameter person: whose edits alone count; `nil` for everybody's.
    /// - Throws: ``StoreError/missing(_:named:)``.
    public func annotations(
        of task: LabelingTask.ID, at revision: Int, by person: Person.ID? = nil
    ) async throws -> [TaskAnnotation] {
        try await read { database in
            let text = try String.fetchOne(
                database,
                sql: """
                    SELECT annotations FROM taskEdit WHERE task = ? AND revision = ? AND annotations IS NOT NULL
                        AND action <> 'preLabeled' AND (? IS NULL OR person = ?)
                    ORDER BY id DESC LIMIT 1
                    """,
                arguments: [task.rawValue, revision, person?.rawValue, person?.rawValue])
            guard let text else { throw StoreError.missing("revision", named: "\(revision) of this photo") }
            return try LabelingJSON.decodeList(text)
        }
    }
}

extension TaskEdit {
    fileprivate init(_ row: Row) throws {
        self.init(
            revision: row["revision"], at: row.date("createdAt"), person: PersonName(row, "person", "personName"),
            action: try row.word("action"), annotations: try LabelingJSON.decodeList(row["annotations"]))
    }
}
