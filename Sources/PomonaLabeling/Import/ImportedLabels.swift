public import PomonaCore

/// What a label file of any format says, before its photos and tags are looked for in a project.
struct ImportedLabels {
    struct Label {
        var tag: String

        /// In pixels of the photo as the file knows it, or in fractions of it.
        var box: Box?
        var isInFractions = false

        /// 0...1; `nil` where the file gives none.
        var confidence: Double?
    }

    struct Photo {
        /// What messages name: the photo, or the file within a zip.
        var source: String
        var name: String

        /// As the file says.
        var size: ImageSize?
        var labels: [Label]
    }

    var photos: [Photo] = []

    /// What could not be read, with the reason.
    var refused: [Refusal] = []

    struct Refusal {
        var file: String
        var message: String
    }
}

/// How photos are called in label files.
enum PhotoNames {
    /// The name without its ending.
    static func stem(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, !name[dot...].contains("/") else { return name }
        return String(name[..<dot])
    }

    /// What stands behind the last slash of either kind.
    static func lastPart(of name: String) -> String {
        String(name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? name[...])
    }
}

/// Why a label file could not be imported as a whole.
public enum ImportError: PomonaError {
    case unreadable(file: String, reason: String)
    case nothingFits(file: String, first: String)

    public var code: String { "importUnreadable" }

    public var message: String {
        switch self {
        case .unreadable(let file, let reason): "\"\(file.prefix(200))\" cannot be imported: \(reason)."
        case .nothingFits(let file, let first):
            "None of the photos in \"\(file.prefix(200))\" is in the project; the first is called \"\(first.prefix(200))\"."
        }
    }

    public var hint: String? {
        switch self {
        case .unreadable: "Choose the format that it was written in."
        case .nothingFits: "Names of photos must be those in the container."
        }
    }

    public var kind: ErrorKind { .badData }
}
