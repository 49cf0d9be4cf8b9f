import Foundation
import GRDB

extension Catalog: JobStoring {
    public func enqueue(_ job: NewJob) async throws -> Job {
        let time = now()
        return try await changeJobs { try Job.insert($0, job, at: time) }
    }

    public func job(_ id: Job.ID) async throws -> Job {
        try await read { try Job.fetch($0, id) }
    }

    public func jobs(in group: ResourceGroup.ID?, states: Set<JobState>, before: Job.ID?, limit: Int) async throws
        -> [Job]
    {
        // The words come from an enumeration, so they may stand in the statement.
        let words = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM job WHERE state IN (\(words)) AND (:group IS NULL OR resourceGroup = :group)
                        AND (:before IS NULL OR id < :before)
                    ORDER BY id DESC LIMIT :limit
                    """,
                arguments: ["group": group?.rawValue, "before": before?.rawValue, "limit": limit]
            ).map(Job.init)
        }
    }

    public func renewLease(_ lease: JobLease, for duration: Duration) async throws -> JobState {
        let uptime = clock.uptime()
        return try await write { database in
            let job = try Job.fetch(database, lease)
            try database.execute(
                sql: "UPDATE job SET leaseBoot = ?, leaseExpiry = ? WHERE id = ?",
                arguments: [uptime.boot, uptime.advanced(by: duration).nanoseconds, lease.job.rawValue])
            return job.state
        }
    }

    public func report(_ lease: JobLease, progress: String?, events: [NewJobEvent]) async throws -> JobState {
        let time = now()
        return try await changeJobs { database in
            let job = try Job.fetch(database, lease)
            if let progress {
                try database.execute(
                    sql: "UPDATE job SET progress = ? WHERE id = ?", arguments: [progress, lease.job.rawValue])
            }
            try JobEvent.insert(database, events, of: lease.job, at: time)
            return job.state
        }
    }

    public func restartAttempts(_ lease: JobLease) async throws {
        try await write { database in
            _ = try Job.fetch(database, lease)
            try database.execute(sql: "UPDATE job SET attempts = 1 WHERE id = ?", arguments: [lease.job.rawValue])
        }
    }

    public func cancelJob(_ id: Job.ID) async throws -> Job {
        let time = now()
        return try await changeJobs { try Self.cancel(try Job.fetch($0, id), $0, at: time) }
    }

    /// Asks one job to stop.
    static func cancel(_ job: Job, _ database: Database, at time: Date) throws -> Job {
        var job = job
        switch job.state {
        case .queued:
            job.state = .cancelled
            job.finishedAt = time
            try job.saveState(database, holdsLease: false, at: time)
        case .running:
            job.state = .cancelling
            try job.saveState(database, holdsLease: true, at: time)
        case .cancelling, .succeeded, .failed, .cancelled:
            break
        }
        return job
    }

    public func events(of job: Job.ID, after: JobEvent.ID?, limit: Int) async throws -> [JobEvent] {
        try await read { database in
            _ = try Job.fetch(database, job)
            return try Row.fetchAll(
                database, sql: "SELECT * FROM jobEvent WHERE job = ? AND id > ? ORDER BY id LIMIT ?",
                arguments: [job.rawValue, after?.rawValue ?? 0, limit]
            ).map(JobEvent.init)
        }
    }

    public func removeFinishedJobs(keepingNewest count: Int) async throws {
        try await changeJobs { database in
            try database.execute(
                sql: """
                    DELETE FROM job WHERE state IN ('succeeded', 'failed', 'cancelled')
                        AND id NOT IN (SELECT id FROM job ORDER BY id DESC LIMIT ?)
                        AND NOT EXISTS (SELECT 1 FROM model WHERE model.job = job.id)
                        AND NOT EXISTS (SELECT 1 FROM evaluation WHERE evaluation.job = job.id)
                        AND NOT EXISTS (SELECT 1 FROM experiment WHERE experiment.job = job.id)
                    """,
                arguments: [count])
        }
    }

    public func jobChanges() -> AsyncStream<Void> { jobSignal.ticks() }

    /// Changes jobs, then tells those who wait for changes.
    func changeJobs<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let value = try await write(body)
        jobSignal.send()
        return value
    }
}
