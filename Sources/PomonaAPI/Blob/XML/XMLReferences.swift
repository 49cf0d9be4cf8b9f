/// Entity and character references of XML (section 4.1 of its recommendation).
enum XMLReferences {
    /// - Throws: `unknownEntity` for all but the five predefined entities, `invalidCharacter` for numbers that name none.
    static func resolved(_ text: String) throws(XMLError) -> String {
        var resolved = ""
        var rest = text[...]
        while let ampersand = rest.firstIndex(of: "&") {
            resolved += rest[..<ampersand]
            rest = rest[rest.index(after: ampersand)...]
            guard let semicolon = rest.prefix(12).firstIndex(of: ";") else {
                throw .unknownEntity(String(rest.prefix(12)))
            }
            resolved.unicodeScalars.append(try scalar(rest[..<semicolon]))
            rest = rest[rest.index(after: semicolon)...]
        }
        return resolved + rest
    }

    private static func scalar(_ name: Substring) throws(XMLError) -> Unicode.Scalar {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.first == "#" else { throw .unknownEntity(String(name)) }
            let digits = name.dropFirst()
            let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let scalar = number.flatMap(Unicode.Scalar.init), scalar.isXMLCharacter else {
                throw .invalidCharacter(String(name))
            }
            return scalar
        }
    }
}

extension Unicode.Scalar {
    /// Whether a document of XML 1.0 can hold it, even as a reference.
    var isXMLCharacter: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }
}
