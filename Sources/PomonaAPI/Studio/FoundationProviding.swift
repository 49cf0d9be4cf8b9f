public import PomonaStore

/// The weights that trainings can start from, and the models that are there from the beginning.
public protocol FoundationProviding: Sendable {
    /// All that are known, the most useful first.
    func foundations() async throws -> [FoundationEntry]

    /// The path of weights, by id.
    ///
    /// - Throws: an error of the kind `missing` for an id that is none, `conflict` for weights that are not here yet.
    func weights(of id: String) async throws -> String

    /// A job that gets weights from where they lie.
    ///
    /// - Throws: an error of the kind `conflict` for weights that are here, or come from nowhere.
    func pull(_ id: String, for person: Person.ID) async throws -> NewJob

    /// The models that know common objects, the best first.
    func builtInModels() async throws -> [BuiltInModel]
}

/// A named set of pretrained weights.
public struct FoundationEntry: Codable, Hashable, Sendable {
    /// Whether the weights are on this machine.
    public enum State: String, Codable, Sendable {
        case installed, available, pulling
    }

    public var id: String
    public var name: String
    public var summary: String
    public var architecture: String
    public var bytes: Int64
    public var license: String
    public var labelCount: Int
    public var isShipped: Bool
    public var isBuiltIn: Bool
    public var state: State

    /// Kinds of models that can start from it: `detector`, `classifier`.
    public var kinds: [String]
    /// The job that brings it, while one does.
    public var jobID: String?

    public init(
        id: String, name: String, summary: String, architecture: String, bytes: Int64, license: String,
        labelCount: Int, isShipped: Bool, isBuiltIn: Bool, state: State, kinds: [String], job: Job.ID? = nil
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.architecture = architecture
        self.bytes = bytes
        self.license = license
        self.labelCount = labelCount
        self.isShipped = isShipped
        self.isBuiltIn = isBuiltIn
        self.state = state
        self.kinds = kinds
        jobID = job?.studioID
    }
}

/// A model that nobody here trained.
public struct BuiltInModel: Hashable, Sendable {
    public var id: String
    public var name: String
    /// `detector` or `classifier`.
    public var kind: String
    public var labels: [String]
    public var bytes: Int64

    public init(id: String, name: String, kind: String, labels: [String], bytes: Int64) {
        self.id = id
        self.name = name
        self.kind = kind
        self.labels = labels
        self.bytes = bytes
    }
}
