/// Writes the documents that the Blob API answers with.
struct XMLWriter {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    /// An element with other elements in it.
    mutating func element(_ name: String, _ attributes: [(String, String)] = [], content: (inout XMLWriter) -> Void) {
        text += "<\(name)"
        for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
        text += ">"
        content(&self)
        text += "</\(name)>"
    }

    /// An element with text in it.
    mutating func element(_ name: String, _ value: String) {
        text += value.isEmpty ? "<\(name) />" : "<\(name)>\(Self.escaped(value))</\(name)>"
    }

    /// An element with text in it; nothing where there is no value.
    mutating func element(_ name: String, ifPresent value: String?) {
        if let value { element(name, value) }
    }

    /// An element with a name of a blob in it. Names may hold characters that XML cannot; those names go percent-encoded
    /// and say so, as Azure has it since version 2021-02-12.
    mutating func nameElement(_ name: String, _ value: String) {
        if value.unicodeScalars.allSatisfy(\.isXMLCharacter) {
            element(name, value)
        } else {
            text += "<\(name) Encoded=\"true\">\(PercentCoding.encode(value, keeping: "/"))</\(name)>"
        }
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // A parser would turn them into a line feed or a blank.
            case "\r", "\n", "\t": escaped += "&#\(scalar.value);"
            case let other where other.isXMLCharacter: escaped.unicodeScalars.append(other)
            default: escaped += "\u{FFFD}"
            }
        }
        return escaped
    }
}
