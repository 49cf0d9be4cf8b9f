/// The kinds of jobs there are, by the words that rows keep.
public enum JobKind: String, CaseIterable, Sendable {
    case training
    case evaluation
    case inference
    case sample
    case deletion
    case pull

    /// Which jobs share places: tensor work goes one at a time, beside everything light.
    public var lane: String {
        switch self {
        case .training, .evaluation, .inference: "engine"
        case .sample, .pull: "files"
        case .deletion: "deletion"
        }
    }
}
