public import Foundation
public import PomonaCore

/// One photo of a labeling project, with what is said of it.
public struct LabelingTask: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<LabelingTask>

    /// ```
    /// unlabeled ─┬─ submit ─▶ submitted ─ approve ─▶ approved
    /// preLabeled ┤               │  ▲                  │ save
    /// rejected ──┴─ skip ─▶ skipped └──── save ◀───────┘
    ///     ▲                          needsReview (several labelers who do not agree)
    ///     └──────── reject ◀── submitted, approved, needsReview
    /// ```
    public enum State: String, Codable, Sendable, CaseIterable {
        case unlabeled
        /// A model has suggested something.
        case preLabeled
        case submitted
        case skipped
        /// Its labelers do not agree.
        case needsReview
        case approved
        /// A reviewer sent it back.
        case rejected

        /// Whether it waits for a labeler.
        public var isQueued: Bool { self == .unlabeled || self == .preLabeled || self == .rejected }

        /// Whether its labels count.
        public var isLabeled: Bool { self == .submitted || self == .approved }
    }

    public enum Verdict: String, Codable, Sendable {
        case approved
        case rejected
    }

    public struct Review: Hashable, Sendable {
        public var verdict: Verdict
        public var words: String
        public var person: PersonName?
        public var at: Date

        public init(verdict: Verdict, words: String, person: PersonName?, at: Date) {
            self.verdict = verdict
            self.words = words
            self.person = person
            self.at = at
        }
    }

    public struct Lease: Hashable, Sendable {
        public var person: PersonName
        public var expiresAt: Date

        public init(person: PersonName, expiresAt: Date) {
            self.person = person
            self.expiresAt = expiresAt
        }
    }

    public var id: ID
    public var project: LabelingProject.ID

    /// The place in the shuffled order, from 1.
    public var number: Int

    /// The photo's name in the project's container.
    public var name: String

    /// The blob as the page knows it.
    public var item: BlobItem.ID

    /// Of the photo's bytes, 32 bytes.
    public var sha256: Data
    public var size: ImageSize
    public var state: State

    /// Counts the changes of what is said of the photo.
    public var revision: Int
    public var annotations: [TaskAnnotation]
    /// Those that were dismissed too, so that a person can have them back.
    public var suggestions: [TaskSuggestion]
    public var lease: Lease?
    public var submittedBy: PersonName?
    public var submittedAt: Date?
    public var review: Review?

    /// How far several labelers agree, 0...1.
    public var agreement: Double?

    /// How far the last model and the labels differ, 0...1.
    public var disagreement: Double?

    /// Left out of the project: skipped, and a reviewer accepted that.
    public var isDropped: Bool
    public var modifiedAt: Date

    public init(
        id: ID, project: LabelingProject.ID, number: Int, name: String, item: BlobItem.ID, sha256: Data,
        size: ImageSize, state: State, revision: Int, annotations: [TaskAnnotation], suggestions: [TaskSuggestion],
        lease: Lease?,
        submittedBy: PersonName?, submittedAt: Date?, review: Review?, agreement: Double?, disagreement: Double?,
        isDropped: Bool, modifiedAt: Date
    ) {
        self.id = id
        self.project = project
        self.number = number
        self.name = name
        self.item = item
        self.sha256 = sha256
        self.size = size
        self.state = state
        self.revision = revision
        self.annotations = annotations
        self.suggestions = suggestions
        self.lease = lease
        self.submittedBy = submittedBy
        self.submittedAt = submittedAt
        self.review = review
        self.agreement = agreement
        self.disagreement = disagreement
        self.isDropped = isDropped
        self.modifiedAt = modifiedAt
    }
}

/// Somebody as others see them.
public struct PersonName: Hashable, Sendable {
    public var id: Person.ID
    public var name: String

    public init(id: Person.ID, name: String) {
        self.id = id
        self.name = name
    }
}

/// What a person decided to be in a photo.
public struct TaskAnnotation: Codable, Hashable, Sendable {
    /// Where it came from, if not from a person's own hand.
    public enum Origin: String, Codable, Sendable {
        case suggestion
        case `import`
    }

    /// Chosen by whoever made it; stays the same while the box is changed.
    public var id: String
    public var category: LabelCategory.ID

    /// `nil` where the tag speaks of the whole photo.
    public var box: Box?
    public var isLocked: Bool?
    public var origin: Origin?

    /// Of the suggestion that it was.
    public var confidence: Double?

    public init(
        id: String, category: LabelCategory.ID, box: Box?, isLocked: Bool? = nil, origin: Origin? = nil,
        confidence: Double? = nil
    ) {
        self.id = id
        self.category = category
        self.box = box
        self.isLocked = isLocked
        self.origin = origin
        self.confidence = confidence
    }
}

/// What a machine, or an imported file, proposes.
public struct TaskSuggestion: Codable, Hashable, Sendable {
    public var id: String
    public var category: LabelCategory.ID
    public var box: Box?
    public var confidence: Double

    /// A person said that it is wrong; `nil` while nobody has.
    public var isDismissed: Bool?

    public init(
        id: String, category: LabelCategory.ID, box: Box?, confidence: Double, isDismissed: Bool? = nil
    ) {
        self.id = id
        self.category = category
        self.box = box
        self.confidence = confidence
        self.isDismissed = isDismissed
    }
}

/// What one of several labelers said.
public struct PersonLabeling: Hashable, Sendable {
    public var person: PersonName
    public var annotations: [TaskAnnotation]

    /// `nil` while it is a draft.
    public var submittedAt: Date?

    public init(person: PersonName, annotations: [TaskAnnotation], submittedAt: Date?) {
        self.person = person
        self.annotations = annotations
        self.submittedAt = submittedAt
    }
}

/// One line of a photo's history.
public struct TaskEdit: Hashable, Sendable {
    public enum Action: String, Codable, Sendable {
        case saved, submitted, skipped, approved, rejected, restored, imported, preLabeled
    }

    public var revision: Int
    public var at: Date

    /// `nil` for the machine.
    public var person: PersonName?
    public var action: Action
    public var annotations: [TaskAnnotation]

    public init(revision: Int, at: Date, person: PersonName?, action: Action, annotations: [TaskAnnotation]) {
        self.revision = revision
        self.at = at
        self.person = person
        self.action = action
        self.annotations = annotations
    }
}
