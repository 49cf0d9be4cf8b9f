import PomonaCore

/// What is wrong with the XML of a request body.
enum XMLError: PomonaError {
    case empty
    case notUTF8
    case documentType
    case unknownEntity(String)
    case invalidCharacter(String)
    case invalidName(String)
    case unclosed(String)
    case unexpectedEnd(String, open: String?)
    case secondRoot
    case textOutsideRoot
    case tooDeep(Int)
    /// Well-formed, but not the document that was asked for.
    case unexpectedElement(String, expected: String)
    case invalidValue(element: String, value: String, expected: String)

    var code: String { "invalidXML" }
    var kind: ErrorKind { .badData }

    var message: String {
        switch self {
        case .empty: "The body is empty, where an XML document is expected."
        case .notUTF8: "The XML document is not in UTF-8."
        case .documentType: "The XML document has a document type or another declaration; only elements are taken here."
        case .unknownEntity(let name):
            "The XML document uses the entity \"&\(name)\"; only amp, lt, gt, quot, apos and character numbers are known."
        case .invalidCharacter(let name): "The XML document holds \"&\(name);\", which is no character."
        case .invalidName(let name): "\"\(name)\" cannot be the name of an XML element."
        case .unclosed(let part): "The XML document ends inside its \(part)."
        case .unexpectedEnd(let name, let open):
            open.map { "The XML document closes \"\(name)\" where \"\($0)\" is open." }
                ?? "The XML document closes \"\(name)\" where nothing is open."
        case .secondRoot: "The XML document has a second root element."
        case .textOutsideRoot: "The XML document has text outside of its root element."
        case .tooDeep(let limit): "The XML document is nested more than \(limit) levels deep."
        case .unexpectedElement(let found, let expected):
            "The XML document has the element \"\(found)\" where \(expected) is expected."
        case .invalidValue(let element, let value, let expected):
            "The XML element \"\(element)\" holds \"\(value.prefix(100))\" where \(expected) is expected."
        }
    }
}
