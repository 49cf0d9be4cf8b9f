public import Foundation

/// Long work that outlives the program: its payload says what to do, its kind who can do it.
public struct Job: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<Job>

    /// Later jobs have larger numbers, whatever the clock said.
    public var id: ID

    /// The name under which a handler is registered, such as `train`.
    public var kind: String

    /// Jobs of one lane share a number of places, such as one for training.
    public var lane: String

    /// What to do, as JSON that only the handler reads.
    public var payload: String
    public var state: JobState

    /// Larger goes first; within one priority the older.
    public var priority: Int

    /// How often it was begun.
    public var attempts: Int

    /// How often it may be begun before a crash counts as its failure.
    public var maximumAttempts: Int

    /// The group whose deletion ends it.
    public var group: ResourceGroup.ID?

    /// Who asked for it.
    public var person: Person.ID?

    /// Where it stands, as JSON that only the handler writes.
    public var progress: String?
    public var failure: ItemFailure?
    public var createdAt: Date

    /// When it was last begun.
    public var startedAt: Date?
    public var finishedAt: Date?

    public init(
        id: ID, kind: String, lane: String, payload: String, state: JobState, priority: Int, attempts: Int,
        maximumAttempts: Int, group: ResourceGroup.ID?, person: Person.ID?, progress: String?, failure: ItemFailure?,
        createdAt: Date, startedAt: Date?, finishedAt: Date?
    ) {
        self.id = id
        self.kind = kind
        self.lane = lane
        self.payload = payload
        self.state = state
        self.priority = priority
        self.attempts = attempts
        self.maximumAttempts = maximumAttempts
        self.group = group
        self.person = person
        self.progress = progress
        self.failure = failure
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}

/// Where a job stands. Only ``JobStoring``'s functions change it:
///
/// ```
/// queued ── claim ──▶ running ── finish ──▶ succeeded | failed
///   ▲  │                │  │
///   │  └─ cancel ─▶ cancelled ◀─ finish ── cancelling ◀─ cancel
///   └ release, crash, lease over ┘
/// ```
public enum JobState: String, Codable, Sendable, CaseIterable {
    case queued
    case running
    case succeeded
    case failed
    /// Its handler is told to stop and has not stopped yet.
    case cancelling
    case cancelled

    public var isFinal: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .queued, .running, .cancelling: false
        }
    }
}

/// A job to be put into the queue.
public struct NewJob: Hashable, Sendable {
    public var kind: String
    public var lane: String
    public var payload: String
    public var priority: Int
    public var maximumAttempts: Int
    public var group: ResourceGroup.ID?
    public var person: Person.ID?

    /// - Parameter lane: the kind itself where `nil`.
    public init(
        kind: String, lane: String? = nil, payload: String, priority: Int = 0, maximumAttempts: Int = 5,
        group: ResourceGroup.ID? = nil, person: Person.ID? = nil
    ) {
        self.kind = kind
        self.lane = lane ?? kind
        self.payload = payload
        self.priority = priority
        self.maximumAttempts = maximumAttempts
        self.group = group
        self.person = person
    }
}

/// Why a job, a model or an evaluation failed, in words for the person.
public struct ItemFailure: Hashable, Codable, Sendable {
    /// A stable word, such as `datasetCorrupt`.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// One line of a job's history.
public struct JobEvent: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<JobEvent>

    /// The event's place in the order of all events.
    public var id: ID
    public var job: Job.ID

    /// What sort of event; `state` is written by the queue, other words by the handler.
    public var kind: String

    /// JSON.
    public var body: String
    public var createdAt: Date

    public init(id: ID, job: Job.ID, kind: String, body: String, createdAt: Date) {
        self.id = id
        self.job = job
        self.kind = kind
        self.body = body
        self.createdAt = createdAt
    }
}

/// An event to be added to a job's history.
public struct NewJobEvent: Hashable, Sendable {
    public var kind: String
    public var body: String

    public init(kind: String, body: String) {
        self.kind = kind
        self.body = body
    }
}

/// The right to work on a job, held by one owner at a time and for a while at a time.
public struct JobLease: Hashable, Sendable {
    public var job: Job.ID

    /// A random word that only the holder knows.
    public var owner: String

    public init(job: Job.ID, owner: String) {
        self.job = job
        self.owner = owner
    }
}

/// How the work on a job ended.
public enum JobOutcome: Hashable, Sendable {
    case succeeded
    case failed(ItemFailure)
    /// Its worker ended without a word of its own, which speaks of the worker rather than of the work: it is to be done
    /// again from where it stands, until it was begun too often. The failure is what is said then.
    case crashed(ItemFailure)
    /// It stopped because it was asked to.
    case cancelled
    /// It stopped for another reason than its own, such as the end of the program, and is to be done again from where it
    /// stands; this does not count as an attempt.
    case released
}
