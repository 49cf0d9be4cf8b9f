public import Foundation

/// A machine at work for a project: it learns from what is submitted, or it suggests labels for the rest.
public struct Experiment: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<Experiment>

    public enum Kind: String, Codable, Sendable {
        case training
        case inference
    }

    /// Who started it.
    public enum Origin: String, Codable, Sendable {
        case onDemand
        case automatic
    }

    public var id: ID
    public var project: LabelingProject.ID
    public var kind: Kind
    public var origin: Origin

    /// Counts the project's trainings from 1; the inference that follows a training has the same number.
    public var number: Int

    /// The model that is trained, or asked; `nil` where it was deleted.
    public var model: Model.ID?

    /// What does it, with where it stands; `nil` where that is forgotten.
    public var job: Job?

    /// How many photos it learned from.
    public var labeledCount: Int

    /// What came out, in words.
    public var summary: String?
    public var createdAt: Date

    public init(
        id: ID, project: LabelingProject.ID, kind: Kind, origin: Origin, number: Int, model: Model.ID?, job: Job?,
        labeledCount: Int, summary: String?, createdAt: Date
    ) {
        self.id = id
        self.project = project
        self.kind = kind
        self.origin = origin
        self.number = number
        self.model = model
        self.job = job
        self.labeledCount = labeledCount
        self.summary = summary
        self.createdAt = createdAt
    }

    /// Whether it is over.
    public var isOver: Bool { job?.state.isFinal ?? true }
}
