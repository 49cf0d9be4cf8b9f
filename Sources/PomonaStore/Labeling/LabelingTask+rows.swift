import Foundation
import GRDB
import PomonaCore

extension LabelingTask {
    static let kindName = "photo of the labeling project"

    static let selection = """
        SELECT task.*, leaser.name AS leaserName, submitter.name AS submitterName, reviewer.name AS reviewerName
        FROM task
        LEFT JOIN person AS leaser ON leaser.id = task.leasePerson
        LEFT JOIN person AS submitter ON submitter.id = task.submittedBy
        LEFT JOIN person AS reviewer ON reviewer.id = task.reviewedBy
        """

    /// - Parameter moment: what leases are shown against.
    init(_ row: Row, at moment: LeaseMoment) throws {
        let verdict: String? = row["verdict"]
        self.init(
            id: row.id("id"), project: row.id("project"), number: row["number"], name: row["name"],
            item: row.id("item"), sha256: row["sha256"],
            size: ImageSize(width: row["width"], height: row["height"]), state: try row.word("state"),
            revision: row["revision"], annotations: try LabelingJSON.decodeList(row["annotations"]),
            suggestions: try LabelingJSON.decodeList(row["suggestions"]), lease: Lease(row, at: moment),
            submittedBy: PersonName(row, "submittedBy", "submitterName"), submittedAt: row.optionalDate("submittedAt"),
            review: verdict.flatMap(Verdict.init(rawValue:)).map {
                Review(
                    verdict: $0, words: row["reviewWords"] ?? "", person: PersonName(row, "reviewedBy", "reviewerName"),
                    at: row.date("reviewedAt"))
            },
            agreement: row["agreement"], disagreement: row["disagreement"], isDropped: row["isDropped"],
            modifiedAt: row.date("modifiedAt"))
    }

    /// - Throws: ``StoreError/missing(_:named:)``.
    static func fetch(
        _ database: Database, _ id: ID, of project: LabelingProject.ID, at moment: LeaseMoment
    ) throws -> LabelingTask {
        let statement = try database.cachedStatement(
            sql: selection + " WHERE task.id = ? AND task.project = ? AND task.isGone = 0")
        guard let row = try Row.fetchOne(statement, arguments: [id.rawValue, project.rawValue]) else {
            throw StoreError.missing(kindName, named: "\(id)")
        }
        return try LabelingTask(row, at: moment)
    }

    /// Writes what a change may change; the lease has functions of its own.
    func save(_ database: Database, at time: Date) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE task SET state = ?, revision = ?, annotations = ?, annotationCount = ?, suggestions = ?,
                    submittedBy = ?, submittedAt = ?, verdict = ?, reviewWords = ?, reviewedBy = ?, reviewedAt = ?,
                    agreement = ?, disagreement = ?, isDropped = ?, modifiedAt = max(modifiedAt, ?)
                WHERE id = ?
                """)
        try statement.execute(arguments: [
            state.rawValue, revision, try LabelingJSON.encode(annotations), annotations.count,
            try LabelingJSON.encode(suggestions), submittedBy?.id.rawValue, submittedAt?.milliseconds,
            review?.verdict.rawValue, review?.words, review?.person?.id.rawValue, review?.at.milliseconds, agreement,
            disagreement, isDropped, time.milliseconds, id.rawValue,
        ])
        try saveCategories(database)
    }

    private func saveCategories(_ database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM taskCategory WHERE task = ?").execute(arguments: [id.rawValue])
        var boxes: [LabelCategory.ID: Int] = [:]
        for annotation in annotations { boxes[annotation.category, default: 0] += 1 }
        let insertion = try database.cachedStatement(
            sql: "INSERT INTO taskCategory (task, category, boxes) VALUES (?, ?, ?)")
        for (category, count) in boxes {
            try insertion.execute(arguments: [id.rawValue, category.rawValue, count])
        }
    }
}

/// A moment on both clocks: leases are measured by the one and shown by the other.
struct LeaseMoment: Sendable {
    var time: Date
    var uptime: Uptime
}

extension LabelingTask.Lease {
    /// - Returns: `nil` where there is none or it is over.
    init?(_ row: Row, at moment: LeaseMoment) {
        guard let person = PersonName(row, "leasePerson", "leaserName"),
            row["leaseBoot"] == moment.uptime.boot, let expiry = row["leaseExpiry"] as Int64?,
            expiry > moment.uptime.nanoseconds
        else { return nil }
        let left = Double(expiry - moment.uptime.nanoseconds) / 1e9
        self.init(person: person, expiresAt: moment.time.addingTimeInterval(left))
    }
}

extension PersonName {
    init?(_ row: Row, _ idColumn: String, _ nameColumn: String) {
        guard let id: Int64 = row[idColumn], let name: String = row[nameColumn] else { return nil }
        self.init(id: Person.ID(rawValue: id), name: name)
    }
}
