public import Foundation
import GRDB

/// One edit of one photo, as a person made it.
public struct TaskChange: Sendable {
    /// Chosen by whoever made it: the same again changes nothing.
    public var edit: String
    public var person: PersonName

    /// The revision that the person saw; `nil` changes whichever is there.
    public var baseRevision: Int?
    public var action: TaskEdit.Action

    /// Time that the person took, where it was measured.
    public var seconds: Double?
    public var words: String?

    public init(
        edit: String, person: PersonName, baseRevision: Int?, action: TaskEdit.Action, seconds: Double? = nil,
        words: String? = nil
    ) {
        self.edit = edit
        self.person = person
        self.baseRevision = baseRevision
        self.action = action
        self.seconds = seconds
        self.words = words
    }
}

/// What a change may look at and alter beside the task itself.
public struct TaskScene {
    public let project: LabelingProject

    /// What several labelers said; a changed list is written back.
    public var labelings: [PersonLabeling]

    /// Now.
    public let time: Date

    /// Whether the lease ends with the change.
    public var endsLease = false

    /// What the history keeps, where it is not the task's annotations.
    public var historyAnnotations: [TaskAnnotation]?

    public init(project: LabelingProject, labelings: [PersonLabeling], time: Date) {
        self.project = project
        self.labelings = labelings
        self.time = time
    }
}

extension Catalog {
    /// - Throws: ``StoreError/missing(_:named:)``.
    public func task(_ id: LabelingTask.ID, in project: LabelingProject.ID) async throws -> LabelingTask {
        let moment = leaseMoment()
        return try await read { database in
            _ = try LabelingProject.fetch(database, project)
            return try LabelingTask.fetch(database, id, of: project, at: moment)
        }
    }

    /// Changes one photo in one transaction; when it returns, the change is on disk.
    ///
    /// - Parameter body: what happens to the task; it counts the revision itself nothing, and whatever it throws, nothing
    ///   changes.
    /// - Throws: ``LabelingError/conflict(_:)`` where the photo has another revision than the person saw,
    ///   ``StoreError/missing(_:named:)``.
    public func changeTask(
        _ id: LabelingTask.ID, in project: LabelingProject.ID, _ change: TaskChange,
        _ body: @escaping @Sendable (inout LabelingTask, inout TaskScene) throws -> Void
    ) async throws -> TaskAnswer {
        let (time, moment) = (now(), leaseMoment())
        return try await write { [self] database in
            let owner = try LabelingProject.fetch(database, project)
            let task = try LabelingTask.fetch(database, id, of: project, at: moment)
            return try apply(change, to: task, of: owner, database, at: time, moment, body)
        }
    }

    /// Makes the same change to many photos in one transaction; those that refuse it stay as they are.
    ///
    /// - Parameters:
    ///   - tasks: which ones; `nil` for all that the query lets through.
    ///   - answer: makes of the outcome what the same edit is answered with again.
    /// - Returns: that answer, the first time or again.
    public func changeTasks(
        _ tasks: [LabelingTask.ID]?, matching query: TaskQuery, in project: LabelingProject.ID, _ change: TaskChange,
        _ body: @escaping @Sendable (inout LabelingTask, inout TaskScene) throws -> Void,
        answer: @escaping @Sendable (_ changed: Int, _ refused: [(LabelingTask.ID, LabelingError)]) throws -> String
    ) async throws -> String {
        let (time, moment) = (now(), leaseMoment())
        return try await write { [self] database in
            let owner = try LabelingProject.fetch(database, project)
            let known = try String.fetchOne(
                database, sql: "SELECT answer FROM reviewAnswer WHERE project = ? AND edit = ?",
                arguments: [project.rawValue, change.edit])
            if let known { return known }
            let ids = try tasks ?? query.ids(database, in: project)
            var changed = 0
            var refused: [(LabelingTask.ID, LabelingError)] = []
            for id in ids {
                do {
                    let task = try LabelingTask.fetch(database, id, of: project, at: moment)
                    _ = try apply(change, to: task, of: owner, database, at: time, moment, body)
                    changed += 1
                } catch let error as LabelingError {
                    refused.append((id, error))
                }
            }
            let text = try answer(changed, refused)
            try database.execute(
                sql: "INSERT INTO reviewAnswer (project, edit, answer) VALUES (?, ?, ?)",
                arguments: [project.rawValue, change.edit, text])
            return text
        }
    }

    private func apply(
        _ change: TaskChange, to task: LabelingTask, of project: LabelingProject, _ database: Database, at time: Date,
        _ moment: LeaseMoment, _ body: (inout LabelingTask, inout TaskScene) throws -> Void
    ) throws -> TaskAnswer {
        if let known = try TaskAnswer.fetch(database, edit: change.edit, of: task) { return known }
        if let base = change.baseRevision, base != task.revision { throw LabelingError.conflict(task) }
        var changed = task
        let labelings = try PersonLabeling.fetchAll(database, of: task.id)
        var scene = TaskScene(project: project, labelings: labelings, time: time)
        try body(&changed, &scene)
        changed.revision = task.revision + 1
        try changed.save(database, at: time)
        if scene.labelings != labelings { try PersonLabeling.save(database, scene.labelings, of: task.id) }
        try TaskEdit.insert(
            database, changed, action: change.action, edit: change.edit, person: change.person.id, at: time,
            annotations: scene.historyAnnotations, words: change.words, seconds: change.seconds)
        if scene.endsLease {
            try LabelingTask.endLease(database, of: task.id)
        } else if task.lease?.person.id == change.person.id {
            try LabelingTask.renewLease(database, of: task.id, at: moment)
        }
        noteChange(of: project.id)
        return TaskAnswer(
            task: try LabelingTask.fetch(database, task.id, of: project.id, at: moment), savedAt: time,
            isRepeated: false)
    }

    /// Tells that a project's counts change; to be called within the write.
    func noteChange(of project: LabelingProject.ID) {
        changeObserver.note(ChangeSubject(table: "project", row: project.rawValue))
    }

    func leaseMoment() -> LeaseMoment { LeaseMoment(time: now(), uptime: clock.uptime()) }

    /// What several labelers said of a photo, drafts included, in the order they came.
    public func labelings(of task: LabelingTask.ID) async throws -> [PersonLabeling] {
        try await read { try PersonLabeling.fetchAll($0, of: task) }
    }
}

extension PersonLabeling {
    static func fetchAll(_ database: Database, of task: LabelingTask.ID) throws -> [PersonLabeling] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT labeling.*, person.name AS personName FROM labeling JOIN person ON person.id = labeling.person
                WHERE task = ? ORDER BY submittedAt IS NULL, submittedAt, labeling.person
                """)
        return try Row.fetchAll(statement, arguments: [task.rawValue]).compactMap { row in
            guard let person = PersonName(row, "person", "personName") else { return nil }
            return PersonLabeling(
                person: person, annotations: try LabelingJSON.decodeList(row["annotations"]),
                submittedAt: row.optionalDate("submittedAt"))
        }
    }

    fileprivate static func save(_ database: Database, _ all: [PersonLabeling], of task: LabelingTask.ID) throws {
        try database.execute(sql: "DELETE FROM labeling WHERE task = ?", arguments: [task.rawValue])
        for labeling in all {
            try database.execute(
                sql: "INSERT INTO labeling (task, person, annotations, submittedAt) VALUES (?, ?, ?, ?)",
                arguments: [
                    task.rawValue, labeling.person.id.rawValue, try LabelingJSON.encode(labeling.annotations),
                    labeling.submittedAt?.milliseconds,
                ])
        }
    }
}
