public import PomonaStore

/// Does the jobs of one kind. The queue knows nothing of what a payload says; whoever registers a handler does.
public protocol JobHandler: Sendable {
    /// Whether it keeps something in the job's folder. A job whose folder cannot be made fails in words; one that only makes
    /// room on a full disk must not need any.
    var needsFolder: Bool { get }

    /// Works until the job is done.
    ///
    /// It may be called for a job that an earlier program began: the context's folder then holds what that one left there.
    /// Where the context says that the job is to stop, it returns ``JobEnd/cancelled``, or ``JobEnd/succeeded`` where it
    /// kept a result that is worth keeping.
    ///
    /// - Throws: an error whose words tell the person why the job failed; ``JobError/leaseLost(_:)`` where another runner
    ///   took the job, after which nothing may be changed any more.
    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd
}

extension JobHandler {
    public var needsFolder: Bool { true }
}

/// How a handler's work ended, where it did not fail.
public enum JobEnd: Sendable {
    case succeeded
    case cancelled
}
