import Foundation
import GRDB

/// Which photos of a project to list.
public struct TaskQuery: Hashable, Sendable {
    public enum Order: String, CaseIterable, Sendable {
        case number
        case updatedAtDown = "-updatedAt"
        case disagreementDown = "-disagreement"
    }

    /// In any of these states; empty for all.
    public var states: Set<LabelingTask.State>
    public var category: LabelCategory.ID?

    /// Submitted by this person, or labeled by them among others.
    public var labeler: Person.ID?

    /// At least so far from what the last model says.
    public var disagreement: Double?

    /// A part of the photo's name, in any letter case.
    public var search: String

    /// Those left out of the project in place of those in it.
    public var isLeftOut: Bool
    public var order: Order

    public init(
        states: Set<LabelingTask.State> = [], category: LabelCategory.ID? = nil, labeler: Person.ID? = nil,
        disagreement: Double? = nil, search: String = "", isLeftOut: Bool = false, order: Order = .number
    ) {
        self.states = states
        self.category = category
        self.labeler = labeler
        self.disagreement = disagreement
        self.search = search
        self.isLeftOut = isLeftOut
        self.order = order
    }
}

extension TaskQuery {
    fileprivate func condition(_ project: LabelingProject.ID) -> (sql: String, arguments: StatementArguments) {
        var parts = ["task.project = :project", "task.isDropped = \(isLeftOut ? 1 : 0)", "task.isGone = 0"]
        var arguments: StatementArguments = ["project": project.rawValue]
        if !states.isEmpty {
            // The words come from an enumeration, so they may stand in the statement.
            parts.append("task.state IN (\(states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))")
        }
        if let category {
            parts.append("EXISTS (SELECT 1 FROM taskCategory WHERE task = task.id AND category = :category)")
            arguments = arguments &+ ["category": category.rawValue]
        }
        if let labeler {
            parts.append(
                """
                (task.submittedBy = :labeler OR EXISTS (SELECT 1 FROM labeling
                    WHERE labeling.task = task.id AND labeling.person = :labeler AND labeling.submittedAt IS NOT NULL))
                """)
            arguments = arguments &+ ["labeler": labeler.rawValue]
        }
        if let disagreement {
            parts.append("task.disagreement >= :disagreement")
            arguments = arguments &+ ["disagreement": disagreement]
        }
        if !search.isEmpty {
            parts.append("task.name LIKE :search ESCAPE '\\'")
            let plain = search.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            arguments = arguments &+ ["search": "%\(plain)%"]
        }
        return (parts.joined(separator: " AND "), arguments)
    }

    private var orderSQL: String {
        switch order {
        case .number: "task.number"
        case .updatedAtDown: "task.modifiedAt DESC, task.number"
        case .disagreementDown: "task.disagreement IS NULL, task.disagreement DESC, task.number"
        }
    }

    /// The numbers of all photos that it lets through.
    func ids(_ database: Database, in project: LabelingProject.ID) throws -> [LabelingTask.ID] {
        let (condition, arguments) = condition(project)
        return try Int64.fetchAll(
            database, sql: "SELECT id FROM task WHERE \(condition) ORDER BY \(orderSQL)", arguments: arguments
        ).map { LabelingTask.ID(rawValue: $0) }
    }

    fileprivate func tasks(
        _ database: Database, in project: LabelingProject.ID, offset: Int, limit: Int, at moment: LeaseMoment
    ) throws -> [LabelingTask] {
        let (condition, arguments) = condition(project)
        return try Row.fetchAll(
            database,
            sql: LabelingTask.selection + " WHERE \(condition) ORDER BY \(orderSQL) LIMIT :limit OFFSET :offset",
            arguments: arguments &+ ["limit": limit, "offset": offset]
        ).map { try LabelingTask($0, at: moment) }
    }

    fileprivate func count(_ database: Database, in project: LabelingProject.ID) throws -> Int {
        let (condition, arguments) = condition(project)
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM task WHERE \(condition)", arguments: arguments)
            ?? 0
    }
}

extension Catalog {
    /// A part of a project's photos, and how many the query lets through.
    public func tasks(
        _ query: TaskQuery = TaskQuery(), in project: LabelingProject.ID, offset: Int = 0, limit: Int = .max
    ) async throws -> (tasks: [LabelingTask], total: Int) {
        let moment = leaseMoment()
        return try await read { database in
            _ = try LabelingProject.fetch(database, project)
            return (
                try query.tasks(database, in: project, offset: offset, limit: limit, at: moment),
                try query.count(database, in: project)
            )
        }
    }
}
