public import Foundation
import GRDB

/// What a model made of one photo of a project.
public struct TaskInference: Sendable {
    public var task: LabelingTask.ID

    /// Of the bytes it looked at: for others it says nothing.
    public var sha256: Data

    /// `nil` leaves the suggestions as they are.
    public var suggestions: [TaskSuggestion]?

    /// How far it is from the labels, 0...1; `nil` for a photo without.
    public var disagreement: Double?

    /// How much the photo would teach, 0...1.
    public var teaching: Double

    /// How sure the model is, 0...1.
    public var certainty: Double

    public init(
        task: LabelingTask.ID, sha256: Data, suggestions: [TaskSuggestion]?, disagreement: Double?, teaching: Double,
        certainty: Double
    ) {
        self.task = task
        self.sha256 = sha256
        self.suggestions = suggestions
        self.disagreement = disagreement
        self.teaching = teaching
        self.certainty = certainty
    }
}

extension Catalog {
    /// Writes what a model made of photos. It gives suggestions only to photos that wait for a labeler; what a person
    /// decided meanwhile stays as it is, and a person who is at a photo keeps the revision they saw.
    ///
    /// - Parameter lease: of the job that wants it; one that is lost changes nothing.
    /// - Returns: how many photos have suggestions now.
    @discardableResult
    public func keepInferences(
        _ inferences: [TaskInference], in project: LabelingProject.ID, lease: JobLease?
    ) async throws -> Int {
        let (time, moment) = (now(), leaseMoment())
        return try await write { [self] database in
            try lease?.check(database)
            // A category may have gone since the model was asked.
            let categories = Set(
                try Int64.fetchAll(
                    database, sql: "SELECT id FROM category WHERE project = ? AND deletedAt IS NULL",
                    arguments: [project.rawValue]
                )
                .map(LabelCategory.ID.init))
            var preLabeled = 0
            for inference in inferences {
                guard var task = try? LabelingTask.fetch(database, inference.task, of: project, at: moment),
                    task.sha256 == inference.sha256
                else { continue }
                if let all = inference.suggestions, task.state.isQueued {
                    let suggestions = all.filter { categories.contains($0.category) }
                    try take(suggestions, &task, action: .preLabeled, person: nil, database, at: time)
                    if !suggestions.isEmpty { preLabeled += 1 }
                }
                task.disagreement = task.state.isLabeled || task.state == .needsReview ? inference.disagreement : nil
                try task.save(database, at: time)
                try database.cachedStatement(sql: "UPDATE task SET teaching = ?, certainty = ? WHERE id = ?").execute(
                    arguments: [inference.teaching, inference.certainty, task.id.rawValue])
            }
            noteChange(of: project)
            return preLabeled
        }
    }

    /// Gives photos suggestions that were imported.
    ///
    /// - Returns: the photos that took them: those that wait for a labeler.
    public func importSuggestions(
        _ suggestions: [LabelingTask.ID: [TaskSuggestion]], in project: LabelingProject.ID, by person: Person.ID
    ) async throws -> Set<LabelingTask.ID> {
        let (time, moment) = (now(), leaseMoment())
        return try await write { [self] database in
            var taken: Set<LabelingTask.ID> = []
            for (id, suggestions) in suggestions {
                var task = try LabelingTask.fetch(database, id, of: project, at: moment)
                guard task.state.isQueued else { continue }
                try take(suggestions, &task, action: .imported, person: person, database, at: time)
                try task.save(database, at: time)
                taken.insert(id)
            }
            noteChange(of: project)
            return taken
        }
    }

    private func take(
        _ suggestions: [TaskSuggestion], _ task: inout LabelingTask, action: TaskEdit.Action, person: Person.ID?,
        _ database: Database, at time: Date
    ) throws {
        guard task.suggestions != suggestions else { return }
        task.suggestions = suggestions
        if task.state != .rejected { task.state = suggestions.isEmpty ? .unlabeled : .preLabeled }
        guard task.lease == nil, !suggestions.isEmpty else { return }
        task.revision += 1
        try TaskEdit.insert(
            database, task, action: action, edit: nil, person: person, at: time,
            annotations: suggestions.map {
                TaskAnnotation(
                    id: $0.id, category: $0.category, box: $0.box, origin: .suggestion, confidence: $0.confidence)
            })
    }
}
