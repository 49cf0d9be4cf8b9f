import PomonaStore

/// The header forms of an entity tag (RFC 9110 section 8.8.3).
enum EntityTags {
    /// A tag with its quotation marks.
    static func header(_ tag: ETag) -> String { "\"\(tag.rawValue)\"" }

    /// Reads `*` or a list of tags. A tag without quotation marks is taken too, as Azure takes it, and a weak one is
    /// compared like a strong one: this server gives out strong ones only. `nil` where there is no tag in it.
    static func condition(_ header: String) -> ETagCondition? {
        let text = header.trimmingSpaces()
        if text == "*" { return .any }
        var tags: Set<ETag> = []
        for part in text.split(separator: ",") {
            var word = part.trimmingSpaces()
            if word.hasPrefix("W/") { word = word.dropFirst(2) }
            if word.count >= 2, word.first == "\"", word.last == "\"" { word = word.dropFirst().dropLast() }
            guard !word.isEmpty, !word.contains("\"") else { return nil }
            tags.insert(ETag(rawValue: String(word)))
        }
        return tags.isEmpty ? nil : .oneOf(tags)
    }
}

extension StringProtocol {
    /// Without the blanks at both ends.
    func trimmingSpaces() -> SubSequence {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
