public import PomonaCore

/// Why photos could not be made into one.
public enum StitchError: PomonaError, Hashable {
    case tooFew(Int)
    /// It shows too little of what the others show. Counted from 0.
    case apart(photo: Int)
    case tooWide

    public var code: String {
        switch self {
        case .tooFew: "tooFewPhotos"
        case .apart: "photosDoNotOverlap"
        case .tooWide: "viewTooWide"
        }
    }

    public var message: String {
        switch self {
        case .tooFew(let count): "There are \(count) photos, and one picture takes at least two."
        case .apart(let photo): "images[\(photo)] shows too little of what the other photos show."
        case .tooWide: "The photos turn further than one flat picture can show."
        }
    }

    public var hint: String? {
        switch self {
        case .tooFew: nil
        case .apart: "Neighbouring photos need about a third in common."
        case .tooWide: "Leave out the outermost photos."
        }
    }

    public var kind: ErrorKind { .badData }
}
