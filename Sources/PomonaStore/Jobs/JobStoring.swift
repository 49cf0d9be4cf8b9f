/// The durable queue's rows. Everything happens in one transaction each, so two runners never hold one job.
public protocol JobStoring: Sendable {
    /// Puts a job into the queue.
    ///
    /// - Throws: ``StoreError/groupBeingDeleted(_:)``; ``StoreError/invalidValue(of:field:found:expected:)`` for a payload
    ///   that is not JSON.
    func enqueue(_ job: NewJob) async throws -> Job

    /// - Throws: ``StoreError/missing(_:named:)``.
    func job(_ id: Job.ID) async throws -> Job

    /// Jobs, the newest first.
    ///
    /// - Parameters:
    ///   - group: only this group's, `nil` for all.
    ///   - states: only in these states.
    ///   - before: only older than this one.
    func jobs(in group: ResourceGroup.ID?, states: Set<JobState>, before: Job.ID?, limit: Int) async throws -> [Job]

    /// Takes the next job: of the lanes with a free place, the one of highest priority that waits longest.
    ///
    /// - Parameters:
    ///   - kinds: those that the claimer has a handler for.
    ///   - places: how many jobs of a lane may run at once.
    ///   - defaultPlaces: the same for lanes that are not named.
    ///   - duration: how long the lease lasts unless it is renewed.
    /// - Returns: `nil` where no job waits that could run.
    func claimJob(
        kinds: Set<String>, places: [String: Int], defaultPlaces: Int, leasedFor duration: Duration
    ) async throws -> (job: Job, lease: JobLease)?

    /// Makes a lease last longer.
    ///
    /// - Returns: the job's state: `running`, or `cancelling` where the handler is to stop.
    /// - Throws: ``JobError/leaseLost(_:)``.
    func renewLease(_ lease: JobLease, for duration: Duration) async throws -> JobState

    /// Writes where a job stands, and adds to its history.
    ///
    /// - Parameter progress: JSON, `nil` leaves it.
    /// - Returns: the job's state, as ``renewLease(_:for:)``.
    /// - Throws: ``JobError/leaseLost(_:)``, with nothing written.
    func report(_ lease: JobLease, progress: String?, events: [NewJobEvent]) async throws -> JobState

    /// Counts a job's attempts anew: this one begins further on than the one before, so the crashes until now do not speak
    /// against the job.
    ///
    /// - Throws: ``JobError/leaseLost(_:)``, with nothing written.
    func restartAttempts(_ lease: JobLease) async throws

    /// Ends the work on a job.
    ///
    /// - Returns: the job, in the state the outcome and a cancellation that came meanwhile lead to: what was done is done,
    ///   so a success stays one.
    /// - Throws: ``JobError/leaseLost(_:)``, with nothing written.
    func finishJob(_ lease: JobLease, _ outcome: JobOutcome) async throws -> Job

    /// Asks a job to stop: one that waits is cancelled at once, one that runs is `cancelling` until its handler stopped,
    /// and one that is over stays as it is.
    func cancelJob(_ id: Job.ID) async throws -> Job

    /// Puts jobs whose lease is over back into the queue; those begun too often fail, those being cancelled are cancelled.
    ///
    /// - Returns: the jobs that changed.
    @discardableResult
    func expireLeases() async throws -> [Job]

    /// A job's history after an event (`nil` from its beginning), oldest first.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``.
    func events(of job: Job.ID, after: JobEvent.ID?, limit: Int) async throws -> [JobEvent]

    /// Removes jobs that ended before, with their history, but for those a model or an evaluation points at.
    func removeFinishedJobs(keepingNewest count: Int) async throws

    /// A tick after each change of a job by this program; several changes may give one tick.
    func jobChanges() -> AsyncStream<Void>
}
