public import PomonaCore

/// Why something about a labeling project was refused.
public enum LabelingError: PomonaError {
    case hotkeyTaken(String, by: String)
    /// Somebody changed the photo since; the task as it is now.
    case conflict(LabelingTask)
    /// Somebody else is at the photo.
    case held(LabelingTask.Lease)
    /// A photo's state does not allow what was asked.
    case wrongState(LabelingTask.State, photo: String, action: String)
    case categoriesMissing(project: String)
    case categoryInUse(String, boxes: Int)
    /// Photos are not decided upon before a project starts or while it is paused.
    case notRunning(project: String)
    /// Too few photos are submitted to learn from.
    case notEnoughLabels(found: Int, needed: Int)
    case experimentRunning
    case assistanceOff(project: String)
    /// Only those with a larger role may do that.
    case forbidden(action: String, role: String)
    /// A link that is unknown, used, taken back or too old.
    case invitationOver

    public var code: String {
        switch self {
        case .hotkeyTaken: "hotkeyTaken"
        case .conflict: "conflict"
        case .held: "held"
        case .wrongState: "wrongState"
        case .categoriesMissing: "categoriesMissing"
        case .categoryInUse: "choiceNeeded"
        case .notRunning: "notRunning"
        case .notEnoughLabels: "notEnoughLabels"
        case .experimentRunning: "running"
        case .assistanceOff: "assistanceOff"
        case .forbidden: "forbidden"
        case .invitationOver: "linkUsed"
        }
    }

    public var message: String {
        switch self {
        case .hotkeyTaken(let key, let category): "\(key.uppercased()) is the hotkey of the category \"\(category)\"."
        case .conflict(let task): "Somebody changed the labels of \"\(task.name)\" in the meantime."
        case .held(let lease): "\(lease.person.name) is working on that photo."
        case .wrongState(let state, let photo, let action):
            "The photo \"\(photo)\" is \(state.words), so it cannot be \(action)."
        case .categoriesMissing(let project): "The labeling project \"\(project)\" has no label categories yet."
        case .categoryInUse(let name, let boxes): "The category \"\(name)\" has \(boxes) boxes."
        case .notRunning(let project): "The labeling project \"\(project)\" is not running."
        case .notEnoughLabels(let found, let needed):
            "A model needs at least \(needed) submitted photos with labels to learn from, and there are \(found)."
        case .experimentRunning: "An experiment of this project is running already."
        case .assistanceOff(let project): "ML-assisted labeling is switched off in the project \"\(project)\"."
        case .forbidden(let action, let role): "As \(role) you may not \(action)."
        case .invitationOver: "This invitation is unknown, was used or taken back, or is too old."
        }
    }

    public var hint: String? {
        switch self {
        case .conflict: "Look at both versions and choose one."
        case .categoriesMissing: "Add label categories, then start it."
        case .categoryInUse: "Say whether they are deleted or get another category."
        case .notRunning: "What is drawn is saved; submit or skip the photo once the owner has started the project."
        case .notEnoughLabels: "Label and submit some more photos."
        case .experimentRunning: "Wait until it is done, or cancel it."
        case .assistanceOff: "Switch it on in the project's details."
        case .forbidden: "Ask the owner of the project."
        case .invitationOver: "Ask for a new one."
        default: nil
        }
    }

    public var kind: ErrorKind { .conflict }
}

extension LabelingTask.State {
    /// As it stands in a sentence.
    public var words: String {
        switch self {
        case .unlabeled: "not labeled yet"
        case .preLabeled: "pre-labeled, but nobody has submitted it"
        case .submitted: "submitted"
        case .skipped: "skipped"
        case .needsReview: "in need of review"
        case .approved: "approved"
        case .rejected: "rejected"
        }
    }
}
