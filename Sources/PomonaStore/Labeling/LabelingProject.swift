public import Foundation

/// People and a machine label the photos of a dataset together; the outcome is a COCO file.
public struct LabelingProject: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<LabelingProject>

    public enum State: String, Codable, Sendable, CaseIterable {
        /// Not begun yet.
        case created
        /// Photos are handed out.
        case running
        /// Nothing is handed out; what is under way can still be saved.
        case paused
    }

    public var id: ID
    public var group: ResourceGroup.ID

    /// `nil` where the dataset was deleted since.
    public var dataset: Dataset.ID?
    public var datasetName: String

    /// Where the photos lie; `nil` where that is no more.
    public var container: ContainerAddress?

    /// Unique in the group.
    public var name: String
    public var kind: Dataset.Kind
    public var state: State

    /// Markdown, shown to labelers.
    public var instructions: String
    public var settings: LabelingSettings

    /// What the order of the photos follows from.
    public var seed: UInt64

    /// Counts the changes of the project itself, categories included.
    public var revision: Int

    /// In the order that people chose.
    public var categories: [LabelCategory]
    public var createdAt: Date
    public var modifiedAt: Date

    public init(
        id: ID, group: ResourceGroup.ID, dataset: Dataset.ID?, datasetName: String, container: ContainerAddress?,
        name: String, kind: Dataset.Kind, state: State, instructions: String, settings: LabelingSettings, seed: UInt64,
        revision: Int, categories: [LabelCategory], createdAt: Date, modifiedAt: Date
    ) {
        self.id = id
        self.group = group
        self.dataset = dataset
        self.datasetName = datasetName
        self.container = container
        self.name = name
        self.kind = kind
        self.state = state
        self.instructions = instructions
        self.settings = settings
        self.seed = seed
        self.revision = revision
        self.categories = categories
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

/// What a labeler can say a thing is.
public struct LabelCategory: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<LabelCategory>

    public var id: ID

    /// Unique in the project.
    public var name: String

    /// Such as `#e0533d`.
    public var color: String

    /// One key that chooses it, unique in the project.
    public var hotkey: String?

    public init(id: ID, name: String, color: String, hotkey: String?) {
        self.id = id
        self.name = name
        self.color = color
        self.hotkey = hotkey
    }
}

/// What an owner can choose about a project.
public struct LabelingSettings: Codable, Hashable, Sendable {
    /// Which photos come first.
    public enum Order: String, Codable, Sendable, CaseIterable {
        /// As they were shuffled.
        case shuffled
        /// Those that the model is unsure of and that are unlike those labeled.
        case teaches
        /// Those that the model is sure of.
        case confirms
    }

    /// Whether a model learns from what is submitted.
    public var assists: Bool
    /// Whether photos come with the model's suggestions.
    public var preLabels: Bool
    /// Whether experiments start by themselves.
    public var automatic: Bool
    /// The number of submitted photos that starts the first one.
    public var firstExperimentAfter: Int
    /// How many more start the next one.
    public var nextExperimentAfter: Int
    public var order: Order
    /// The weights to start from; `nil` for the best at hand.
    public var foundationID: String?
    /// How many people label a photo at least, 1...5.
    public var minimumLabelers: Int
    /// How many are asked at most where they do not agree, `minimumLabelers`...5.
    public var maximumLabelers: Int
    /// Two boxes agree from this intersection over union, 0.1...0.95.
    public var agreementIoU: Double
    /// Whether new photos of the container join.
    public var takesNewPhotos: Bool

    public init(
        assists: Bool = true, preLabels: Bool = true, automatic: Bool = true, firstExperimentAfter: Int = 12,
        nextExperimentAfter: Int = 20, order: Order = .shuffled, foundationID: String? = nil, minimumLabelers: Int = 1,
        maximumLabelers: Int = 1, agreementIoU: Double = 0.5, takesNewPhotos: Bool = true
    ) {
        self.assists = assists
        self.preLabels = preLabels
        self.automatic = automatic
        self.firstExperimentAfter = firstExperimentAfter
        self.nextExperimentAfter = nextExperimentAfter
        self.order = order
        self.foundationID = foundationID
        self.minimumLabelers = minimumLabelers
        self.maximumLabelers = maximumLabelers
        self.agreementIoU = agreementIoU
        self.takesNewPhotos = takesNewPhotos
    }

    /// Whether several people label each photo, so that nobody is shown what others said of it.
    public var hasSeveralLabelers: Bool { maximumLabelers > 1 }

    /// Whether both ask as many people, and hold them to agree alike.
    func asksAlike(_ other: LabelingSettings) -> Bool {
        minimumLabelers == other.minimumLabelers && maximumLabelers == other.maximumLabelers
            && agreementIoU == other.agreementIoU
    }
}

/// How many photos of a project are where; those dropped or gone count nowhere.
public struct TaskCounts: Hashable, Sendable {
    public var byState: [LabelingTask.State: Int]

    /// Skipped photos that a reviewer took out of the project; no state counts them.
    public var leftOut: Int

    public init(_ byState: [LabelingTask.State: Int], leftOut: Int = 0) {
        self.byState = byState
        self.leftOut = leftOut
    }

    public subscript(state: LabelingTask.State) -> Int { byState[state] ?? 0 }

    public var total: Int { byState.values.reduce(0, +) }

    /// Photos that a person has yet to decide upon.
    public var remaining: Int { LabelingTask.State.allCases.filter(\.isQueued).reduce(0) { $0 + self[$1] } }
}

/// How often a category occurs.
public struct CategoryCount: Hashable, Sendable {
    public var boxes: Int
    public var photos: Int

    public init(boxes: Int, photos: Int) {
        self.boxes = boxes
        self.photos = photos
    }
}
