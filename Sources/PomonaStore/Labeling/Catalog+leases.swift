import Foundation
import GRDB

/// What the queue hands out.
public struct TaskHandout: Sendable {
    public var tasks: [LabelingTask]

    /// Photos that the person could still label, those handed out included.
    public var remaining: Int

    /// Photos of the project.
    public var total: Int

    /// Whether others hold what remains.
    public var isHeldByOthers: Bool
}

extension Catalog {
    /// How long a photo stays with a person who does nothing.
    public static let leaseDuration = Duration.seconds(600)

    /// Hands the next photos of the queue to a person, and renews the leases of those the person holds.
    ///
    /// - Parameters:
    ///   - count: how many; 0 only renews.
    ///   - holding: those the person has already.
    public func nextTasks(
        _ count: Int, for person: Person.ID, holding: [LabelingTask.ID], in project: LabelingProject.ID
    ) async throws -> TaskHandout {
        let moment = leaseMoment()
        return try await write { database in
            let owner = try LabelingProject.fetch(database, project)
            for id in holding { try LabelingTask.renewLease(database, of: id, heldBy: person, at: moment) }
            var tasks: [LabelingTask] = []
            if count > 0, owner.state == .running {
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT task.id FROM task WHERE \(LabelingTask.isOpen) AND \(LabelingTask.isNotHeldByOthers)
                            \(holding.isEmpty ? "" : "AND task.id NOT IN (\(holding.map(\.description).joined(separator: ", ")))")
                        ORDER BY \(owner.settings.order.sql) LIMIT :count
                        """,
                    arguments: LabelingTask.arguments(project, person, moment, ["count": count]))
                for row in rows {
                    let id = LabelingTask.ID(rawValue: row[0])
                    try LabelingTask.lease(database, id, to: person, at: moment)
                    tasks.append(try LabelingTask.fetch(database, id, of: project, at: moment))
                }
            }
            let counts = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*), count(*) FILTER (WHERE NOT (\(LabelingTask.isNotHeldByOthers))) FROM task
                    WHERE \(LabelingTask.isOpen)
                    """,
                arguments: LabelingTask.arguments(project, person, moment))
            return TaskHandout(
                tasks: tasks, remaining: counts?[0] ?? 0,
                total: try TaskCounts.fetch(database, of: project).total, isHeldByOthers: (counts?[1] ?? 0) > 0)
        }
    }

    /// Hands one photo to a person, whether it is in the queue or not.
    ///
    /// - Throws: ``LabelingError/held(_:)`` while somebody else has it.
    public func leaseTask(
        _ id: LabelingTask.ID, to person: Person.ID, in project: LabelingProject.ID
    ) async throws -> LabelingTask {
        let moment = leaseMoment()
        return try await write { database in
            let task = try LabelingTask.fetch(database, id, of: project, at: moment)
            if let lease = task.lease, lease.person.id != person { throw LabelingError.held(lease) }
            try LabelingTask.lease(database, id, to: person, at: moment)
            return try LabelingTask.fetch(database, id, of: project, at: moment)
        }
    }

    /// Gives a photo back; one that the person does not hold stays as it is.
    public func releaseTask(_ id: LabelingTask.ID, of person: Person.ID) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE task SET leasePerson = NULL, leaseBoot = NULL, leaseExpiry = NULL
                    WHERE id = ? AND leasePerson = ?
                    """,
                arguments: [id.rawValue, person.rawValue])
        }
    }
}

extension LabelingTask {
    /// In the queue, and not labeled by the person already.
    fileprivate static let isOpen = """
        task.project = :project AND task.isDropped = 0 AND task.isGone = 0
            AND task.state IN ('unlabeled', 'preLabeled', 'rejected')
            AND NOT EXISTS (
                SELECT 1 FROM labeling WHERE task = task.id AND person = :person AND submittedAt IS NOT NULL)
        """

    fileprivate static let isNotHeldByOthers = """
        (task.leasePerson IS NULL OR task.leasePerson = :person OR task.leaseBoot <> :boot OR task.leaseExpiry <= :uptime)
        """

    fileprivate static func arguments(
        _ project: LabelingProject.ID, _ person: Person.ID, _ moment: LeaseMoment, _ more: StatementArguments = [:]
    ) -> StatementArguments {
        [
            "project": project.rawValue, "person": person.rawValue, "boot": moment.uptime.boot,
            "uptime": moment.uptime.nanoseconds,
        ] &+ more
    }

    static func lease(_ database: Database, _ id: ID, to person: Person.ID, at moment: LeaseMoment) throws {
        try database.cachedStatement(
            sql: "UPDATE task SET leasePerson = ?, leaseBoot = ?, leaseExpiry = ? WHERE id = ?"
        ).execute(arguments: [
            person.rawValue, moment.uptime.boot, moment.uptime.advanced(by: Catalog.leaseDuration).nanoseconds,
            id.rawValue,
        ])
    }

    static func renewLease(
        _ database: Database, of id: ID, heldBy person: Person.ID? = nil, at moment: LeaseMoment
    ) throws {
        try database.cachedStatement(
            sql: """
                UPDATE task SET leaseExpiry = :expiry WHERE id = :id AND leaseBoot = :boot
                    AND (:person IS NULL OR leasePerson = :person)
                """
        ).execute(arguments: [
            "expiry": moment.uptime.advanced(by: Catalog.leaseDuration).nanoseconds, "id": id.rawValue,
            "boot": moment.uptime.boot, "person": person?.rawValue,
        ])
    }

    static func endLease(_ database: Database, of id: ID) throws {
        try database.cachedStatement(
            sql: "UPDATE task SET leasePerson = NULL, leaseBoot = NULL, leaseExpiry = NULL WHERE id = ?"
        ).execute(arguments: [id.rawValue])
    }
}

extension LabelingSettings.Order {
    /// Photos that the last model has not seen come behind those it has.
    fileprivate var sql: String {
        switch self {
        case .shuffled: "task.number"
        case .teaches: "task.teaching IS NULL, task.teaching DESC, task.number"
        case .confirms: "task.certainty IS NULL, task.certainty DESC, task.number"
        }
    }
}
