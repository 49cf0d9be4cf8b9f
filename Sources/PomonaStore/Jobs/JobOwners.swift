import Foundation
import GRDB

/// Keeps the status of a model or an evaluation true to the state of the job that works for it, in the same transaction.
enum JobOwners {
    static func follow(_ job: Job, _ database: Database, at time: Date) throws {
        if let status = ModelStatus(following: job.state) {
            try set("model", status.rawValue, ModelStatus.finalWords, job.failure, job, database, at: time)
        }
        if let status = EvaluationStatus(following: job.state) {
            let failure =
                job.state == .cancelled
                ? ItemFailure(code: "cancelled", message: "The evaluation was cancelled.") : job.failure
            try set("evaluation", status.rawValue, EvaluationStatus.finalWords, failure, job, database, at: time)
        }
    }

    private static func set(
        _ table: String, _ status: String, _ finalWords: String, _ failure: ItemFailure?, _ job: Job,
        _ database: Database, at time: Date
    ) throws {
        try database.execute(
            sql: """
                UPDATE \(table) SET status = ?, failureCode = ?, failureMessage = ?, eTag = ?,
                    modifiedAt = max(modifiedAt, ?)
                WHERE job = ? AND status NOT IN (\(finalWords))
                """,
            arguments: [
                status, failure?.code, failure?.message, ETag.fresh().rawValue, time.milliseconds, job.id.rawValue,
            ])
    }
}

extension ModelStatus {
    /// The status of a model whose job has come to a state; `nil` where the handler itself says what came of it.
    fileprivate init?(following state: JobState) {
        switch state {
        case .queued: self = .notStarted
        case .running: self = .training
        case .cancelling: self = .cancelling
        case .cancelled: self = .cancelled
        case .failed: self = .failed
        case .succeeded: return nil
        }
    }

    fileprivate static let finalWords = "'succeeded', 'failed', 'cancelled'"
}

extension EvaluationStatus {
    fileprivate init?(following state: JobState) {
        switch state {
        case .queued: self = .notStarted
        case .running, .cancelling: self = .running
        case .cancelled, .failed: self = .failed
        case .succeeded: return nil
        }
    }

    fileprivate static let finalWords = "'succeeded', 'failed'"
}
