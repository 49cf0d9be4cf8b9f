public import PomonaCore

/// Why the queue refused.
public enum JobError: PomonaError, Hashable {
    /// Another runner may have taken the job; whoever gets this must stop and change nothing more.
    case leaseLost(Job.ID)

    public var code: String { "leaseLost" }

    public var message: String {
        switch self {
        case .leaseLost(let job): "The lease of job \(job) is over, or another runner holds it."
        }
    }

    public var kind: ErrorKind { .interrupted }
}
