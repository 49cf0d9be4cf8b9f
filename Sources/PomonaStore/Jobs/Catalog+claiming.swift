import Foundation
import GRDB

extension Catalog {
    public func claimJob(
        kinds: Set<String>, places: [String: Int], defaultPlaces: Int, leasedFor duration: Duration
    ) async throws -> (job: Job, lease: JobLease)? {
        let (time, uptime) = (now(), clock.uptime())
        let claim = try await write { database -> (Job, JobLease)? in
            _ = try Self.expireLeases(database, at: time, uptime)
            let full = try Row.fetchAll(
                database,
                sql: "SELECT lane, count(*) FROM job WHERE state IN ('running', 'cancelling') GROUP BY lane"
            ).filter { row in row[1] >= places[row[0], default: defaultPlaces] }.map { row -> String in row[0] }
            guard var job = try Self.next(kinds: kinds, notIn: full, database) else { return nil }
            job.state = .running
            job.attempts += 1
            job.startedAt = time
            try job.saveState(database, holdsLease: true, at: time)
            let lease = JobLease(job: job.id, owner: Secrets.token())
            try database.execute(
                sql: "UPDATE job SET leaseOwner = ?, leaseBoot = ?, leaseExpiry = ? WHERE id = ?",
                arguments: [
                    lease.owner, uptime.boot, uptime.advanced(by: duration).nanoseconds, job.id.rawValue,
                ])
            return (job, lease)
        }
        guard let (job, lease) = claim else { return nil }
        jobSignal.send()
        return (job, lease)
    }

    /// The job to run next, leaving out the lanes that have no free place.
    private static func next(kinds: Set<String>, notIn full: [String], _ database: Database) throws -> Job? {
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM job
                WHERE state = 'queued' AND kind IN (\(marks(kinds.count))) AND lane NOT IN (\(marks(full.count)))
                ORDER BY priority DESC, id LIMIT 1
                """,
            arguments: StatementArguments(kinds.sorted() + full))
        return try row.map(Job.init)
    }

    public func finishJob(_ lease: JobLease, _ outcome: JobOutcome) async throws -> Job {
        let time = now()
        return try await changeJobs { database in
            var job = try Job.fetch(database, lease)
            switch outcome {
            case .succeeded:
                job.state = .succeeded
            case .failed(let failure):
                // A handler that is stopped may well call that a failure; who asked for the stop calls it cancelled.
                job.state = job.state == .cancelling ? .cancelled : .failed
                job.failure = job.state == .failed ? failure : nil
            case .crashed(let failure):
                job.follow(
                    crash: ItemFailure(
                        code: failure.code, message: "\(failure.message) It was begun \(job.attempts) times."))
            case .cancelled:
                job.state = .cancelled
            case .released:
                job.state = job.state == .cancelling ? .cancelled : .queued
                job.attempts = max(0, job.attempts - 1)
            }
            job.finishedAt = job.state.isFinal ? time : nil
            try job.saveState(database, holdsLease: false, at: time)
            return job
        }
    }

    @discardableResult
    public func expireLeases() async throws -> [Job] {
        let (time, uptime) = (now(), clock.uptime())
        let changed = try await write { try Self.expireLeases($0, at: time, uptime) }
        if !changed.isEmpty { jobSignal.send() }
        return changed
    }

    /// Ends every lease, whoever holds it: for the start of a program that has the data folder to itself.
    public func releaseAllLeases() async throws {
        let (time, uptime) = (now(), clock.uptime())
        _ = try await changeJobs { database in
            try database.execute(
                sql: "UPDATE job SET leaseOwner = NULL WHERE state IN ('running', 'cancelling')")
            return try Self.expireLeases(database, at: time, uptime)
        }
    }

    private static func expireLeases(_ database: Database, at time: Date, _ uptime: Uptime) throws -> [Job] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM job WHERE state IN ('running', 'cancelling')
                    AND (leaseOwner IS NULL OR leaseBoot <> ? OR leaseExpiry <= ?)
                """,
            arguments: [uptime.boot, uptime.nanoseconds])
        return try rows.map { row in
            var job = try Job(row)
            job.follow(
                crash: ItemFailure(
                    code: "crashed",
                    message: "The program ended \(job.attempts) times while it worked on this, so it was given up."))
            job.finishedAt = job.state.isFinal ? time : nil
            try job.saveState(database, holdsLease: false, at: time)
            return job
        }
    }
}

extension Job {
    /// What becomes of a job whose worker or program died.
    ///
    /// - Parameter failure: what is said where it was begun too often.
    fileprivate mutating func follow(crash failure: ItemFailure) {
        if state == .cancelling {
            state = .cancelled
        } else if attempts >= maximumAttempts {
            state = .failed
            self.failure = failure
        } else {
            state = .queued
        }
    }
}
