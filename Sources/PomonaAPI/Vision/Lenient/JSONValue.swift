/// A value of a JSON document.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// As it was written, because an integer and a decimal number of the same value are told apart.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One key of an object with its value.
    struct Member: Equatable, Sendable {
        var key: String
        var value: JSONValue
    }

    /// How messages call it.
    var name: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text): "the number \(text.prefix(40))"
        case .string(let text): "the text \"\(text.prefix(100))\""
        case .array: "an array"
        case .object: "an object"
        }
    }
}
