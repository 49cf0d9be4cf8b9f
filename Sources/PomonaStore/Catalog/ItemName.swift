import Foundation

/// The rule for names that people give to things: any text of one line that can be told apart and typed again.
enum ItemName {
    /// The longest name, in characters as a reader counts them.
    static let longest = 255

    /// The name as it is kept: in Unicode's composed form, so that two spellings of one letter are one name.
    ///
    /// Markup is text like any other. Slashes would end a part of a URL, and `.` and `..` are taken out of URLs by clients.
    ///
    /// - Parameter kind: what gets the name, such as "dataset".
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``.
    static func validated(_ name: String, of kind: String) throws(StoreError) -> String {
        let name = name.precomposedStringWithCanonicalMapping
        let reason: String? =
            if name.isEmpty {
                "it is empty"
            } else if name.count > longest || name.utf8.count > 16 * longest {
                "it has \(name.count) characters, and \(longest) are possible"
            } else if name.unicodeScalars.contains(where: { $0.properties.generalCategory.isControl }) {
                "it holds a control character or a line break"
            } else if name.contains("/") || name.contains("\\") {
                "it holds a slash"
            } else if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
                "it begins or ends with a space"
            } else if name == "." || name == ".." {
                "it is a step in a path"
            } else {
                nil
            }
        if let reason { throw .invalidName(of: kind, name, reason: reason) }
        return name
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isControl: Bool {
        switch self {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        default: false
        }
    }
}
