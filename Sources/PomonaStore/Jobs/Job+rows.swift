import Foundation
import GRDB

extension Job {
    static let kindName = "job"

    init(_ row: Row) throws {
        self.init(
            id: row.id("id"), kind: row["kind"], lane: row["lane"], payload: row["payload"],
            state: try row.word("state"), priority: row["priority"], attempts: row["attempts"],
            maximumAttempts: row["maximumAttempts"], group: row.optionalID("resourceGroup"),
            person: row.optionalID("person"), progress: row["progress"], failure: ItemFailure(row),
            createdAt: row.date("createdAt"), startedAt: row.optionalDate("startedAt"),
            finishedAt: row.optionalDate("finishedAt"))
    }

    static func fetch(_ database: Database, _ id: ID) throws -> Job {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM job WHERE id = ?", arguments: [id.rawValue])
        else { throw StoreError.missing(kindName, named: "\(id)") }
        return try Job(row)
    }

    static func insert(_ database: Database, _ job: NewJob, at time: Date) throws -> Job {
        guard (try? JSONSerialization.jsonObject(with: Data(job.payload.utf8), options: .fragmentsAllowed)) != nil
        else {
            throw StoreError.invalidValue(of: kindName, field: "payload", found: "not JSON", expected: "JSON")
        }
        if let group = job.group { try ResourceGroup.fetchUsable(database, group) }
        try database.execute(
            sql: """
                INSERT INTO job (kind, lane, payload, state, priority, maximumAttempts, resourceGroup, person, createdAt)
                VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?)
                """,
            arguments: [
                job.kind, job.lane, job.payload, job.priority, max(1, job.maximumAttempts), job.group?.rawValue,
                job.person?.rawValue, time.milliseconds,
            ])
        let inserted = try fetch(database, ID(rawValue: database.lastInsertedRowID))
        try inserted.recordState(database, at: time)
        return inserted
    }

    /// The job of a lease that still holds. One whose time is over holds until somebody acts on that: the job's next
    /// holder, if there is one, has another word.
    ///
    /// - Throws: ``JobError/leaseLost(_:)`` where another runner has the job or nobody has.
    static func fetch(_ database: Database, _ lease: JobLease) throws -> Job {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT * FROM job WHERE id = ? AND leaseOwner = ? AND state IN ('running', 'cancelling')",
            arguments: [lease.job.rawValue, lease.owner])
        guard let row else { throw JobError.leaseLost(lease.job) }
        return try Job(row)
    }

    /// Writes the fields that the queue changes, adds the new state to the history, and brings the model or evaluation that
    /// the job works for to a status that says the same.
    func saveState(_ database: Database, holdsLease: Bool, at time: Date) throws {
        try database.execute(
            sql: """
                UPDATE job SET state = ?, attempts = ?, failureCode = ?, failureMessage = ?, startedAt = ?,
                    finishedAt = ? \(holdsLease ? "" : ", leaseOwner = NULL, leaseBoot = NULL, leaseExpiry = NULL")
                WHERE id = ?
                """,
            arguments: [
                state.rawValue, attempts, failure?.code, failure?.message, startedAt?.milliseconds,
                finishedAt?.milliseconds, id.rawValue,
            ])
        try recordState(database, at: time)
        try JobOwners.follow(self, database, at: time)
    }

    private func recordState(_ database: Database, at time: Date) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(StateEvent(state: state, attempt: attempts, failure: failure))
        let event = NewJobEvent(kind: StateEvent.kind, body: String(decoding: body, as: UTF8.self))
        try JobEvent.insert(database, [event], of: id, at: time)
    }
}

/// The body of the events that the queue itself adds to a job's history.
public struct StateEvent: Codable, Hashable, Sendable {
    /// ``JobEvent/kind`` of such an event.
    public static let kind = "state"

    public var state: JobState
    /// How often the job was begun so far.
    public var attempt: Int
    public var failure: ItemFailure?

    public init(state: JobState, attempt: Int, failure: ItemFailure?) {
        self.state = state
        self.attempt = attempt
        self.failure = failure
    }
}

extension ItemFailure {
    init?(_ row: Row) {
        guard let code: String = row["failureCode"] else { return nil }
        self.init(code: code, message: row["failureMessage"] ?? "")
    }
}

extension JobEvent {
    init(_ row: Row) {
        self.init(
            id: row.id("id"), job: row.id("job"), kind: row["kind"], body: row["body"],
            createdAt: row.date("createdAt"))
    }

    static func insert(_ database: Database, _ events: [NewJobEvent], of job: Job.ID, at time: Date) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO jobEvent (job, kind, body, createdAt) VALUES (?, ?, ?, ?)")
        for event in events {
            try statement.execute(arguments: [job.rawValue, event.kind, event.body, time.milliseconds])
        }
    }
}
