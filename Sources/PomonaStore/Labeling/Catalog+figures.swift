import Foundation
import GRDB

/// What one person did in a project.
public struct LabelerFigures: Hashable, Sendable {
    public var person: PersonName
    public var submitted: Int
    public var skipped: Int

    /// Photos they submitted last that stand approved, and that stand rejected.
    public var approved: Int
    public var rejected: Int

    /// Half of their photos took less.
    public var medianSeconds: Double?
}

/// What was done in a project on one day.
public struct DayFigures: Hashable, Sendable {
    /// Such as `2026-03-01`, in UTC.
    public var date: String
    public var submitted: Int
}

extension Catalog {
    /// What each person did in a project, those who did most first.
    public func labelerFigures(of project: LabelingProject.ID) async throws -> [LabelerFigures] {
        try await read { database in
            var seconds: [Int64: [Double]] = [:]
            let times = try Row.fetchCursor(
                database,
                sql: """
                    SELECT taskEdit.person, seconds FROM taskEdit JOIN task ON task.id = taskEdit.task
                    WHERE task.project = ? AND action = 'submitted' AND seconds IS NOT NULL AND taskEdit.person IS NOT NULL
                    """,
                arguments: [project.rawValue])
            while let row = try times.next() { seconds[row[0], default: []].append(row[1]) }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT person.id, person.name,
                        count(DISTINCT taskEdit.task) FILTER (WHERE taskEdit.action = 'submitted') AS submitted,
                        count(DISTINCT taskEdit.task) FILTER (WHERE taskEdit.action = 'skipped') AS skipped,
                        (SELECT count(*) FROM task WHERE project = :project AND submittedBy = person.id
                            AND state = 'approved') AS approved,
                        (SELECT count(*) FROM task WHERE project = :project AND submittedBy = person.id
                            AND state = 'rejected') AS rejected
                    FROM taskEdit JOIN task ON task.id = taskEdit.task JOIN person ON person.id = taskEdit.person
                    WHERE task.project = :project AND taskEdit.action IN ('submitted', 'skipped')
                    GROUP BY person.id ORDER BY submitted DESC, person.id
                    """,
                arguments: ["project": project.rawValue])
            return rows.map { row in
                LabelerFigures(
                    person: PersonName(id: row.id("id"), name: row["name"]), submitted: row["submitted"],
                    skipped: row["skipped"], approved: row["approved"], rejected: row["rejected"],
                    medianSeconds: Self.median(seconds[row["id"]] ?? []))
            }
        }
    }

    /// How many photos were submitted on each day, the days in order; days without are left out.
    public func dayFigures(of project: LabelingProject.ID) async throws -> [DayFigures] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT date(taskEdit.createdAt / 1000, 'unixepoch') AS day, count(DISTINCT task.id) FROM taskEdit
                    JOIN task ON task.id = taskEdit.task
                    WHERE task.project = ? AND action = 'submitted' GROUP BY day ORDER BY day
                    """,
                arguments: [project.rawValue]
            ).map { DayFigures(date: $0[0], submitted: $0[1]) }
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
