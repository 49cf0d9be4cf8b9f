/// An object of a request's body. Keys are found whatever their letter case: Microsoft's own clients do not agree on it.
struct JSONObject: Sendable {
    private let members: [JSONValue.Member]

    /// Where it stands in the body, with a dot at its end; empty for the body itself.
    private let path: String

    /// - Throws: `InvalidRequest` for a body that is not a JSON object.
    init(body: [UInt8]) throws(VisionError) {
        do {
            self = try JSONObject(try LenientJSON.value(body), at: "")
        } catch let failure as LenientJSON.Failure {
            throw .invalidRequest(
                "The body is not JSON: at byte \(failure.offset + 1) of \(body.count) there should be \(failure.expected).",
                inner: .badArgument)
        } catch let error as VisionError {
            throw error
        } catch {
            throw .invalidRequest("The body is not JSON.", inner: .badArgument)
        }
    }

    private init(_ value: JSONValue, at path: String) throws(VisionError) {
        guard case .object(let members) = value else {
            throw Self.wrong(path.isEmpty ? "the body" : String(path.dropLast()), value, expected: "an object")
        }
        self.members = members
        self.path = path
    }

    /// The value of a key; absent and `null` are one. Of several spellings the last one counts.
    func value(_ key: String) -> JSONValue? {
        guard let value = members.last(where: { $0.key.lowercased() == key.lowercased() })?.value, value != .null else {
            return nil
        }
        return value
    }

    func string(_ key: String) throws(VisionError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value else { throw Self.wrong(path + key, value, expected: "a text") }
        return text
    }

    /// A whole number, also one written as `1.0` or as a text, which some clients send.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(VisionError) -> Int? {
        guard let value = value(key) else { return nil }
        let number: Double? =
            switch value {
            case .number(let text), .string(let text): Double(text)
            default: nil
            }
        guard let number, number.rounded() == number, let integer = Int(exactly: number), range.contains(integer) else {
            throw Self.wrong(
                path + key, value, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    func number(_ key: String, in range: ClosedRange<Double>) throws(VisionError) -> Double? {
        guard let value = value(key) else { return nil }
        guard case .number(let text) = value, let number = Double(text), range.contains(number) else {
            throw Self.wrong(
                path + key, value, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func object(_ key: String) throws(VisionError) -> JSONObject? {
        guard let value = value(key) else { return nil }
        return try JSONObject(value, at: "\(path)\(key).")
    }

    func objects(_ key: String) throws(VisionError) -> [JSONObject]? {
        guard let elements = try elements(key, of: "objects") else { return nil }
        var objects: [JSONObject] = []
        for (index, element) in elements.enumerated() {
            objects.append(try JSONObject(element, at: "\(path)\(key)[\(index)]."))
        }
        return objects
    }

    func strings(_ key: String) throws(VisionError) -> [String]? {
        guard let elements = try elements(key, of: "texts") else { return nil }
        var strings: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let text) = element else {
                throw Self.wrong("\(path)\(key)[\(index)]", element, expected: "a text")
            }
            strings.append(text)
        }
        return strings
    }

    /// An object whose values are all texts; its keys keep their letter case.
    func pairs(_ key: String) throws(VisionError) -> [String: String]? {
        guard let object = try object(key) else { return nil }
        var pairs: [String: String] = [:]
        for member in object.members where member.value != .null {
            guard case .string(let text) = member.value else {
                throw Self.wrong("\(object.path)\(member.key)", member.value, expected: "a text")
            }
            pairs[member.key] = text
        }
        return pairs
    }

    private func elements(_ key: String, of what: String) throws(VisionError) -> [JSONValue]? {
        guard let value = value(key) else { return nil }
        guard case .array(let elements) = value else {
            throw Self.wrong(path + key, value, expected: "an array of \(what)")
        }
        return elements
    }

    /// Asks for a field that must be there.
    func required<Value>(_ key: String, _ value: Value?) throws(VisionError) -> Value {
        guard let value else {
            throw .invalidRequest("The field \(path)\(key) is missing.", inner: .badArgument, target: path + key)
        }
        return value
    }

    /// What is wrong with a field of this object.
    func wrong(_ key: String, found: String, expected: String) -> VisionError {
        .invalidRequest(
            "The field \(path)\(key) is \(found) where \(expected) is expected.", inner: .badArgument,
            target: path + key)
    }

    private static func wrong(_ field: String, _ value: JSONValue, expected: String) -> VisionError {
        .invalidRequest(
            "The field \(field) is \(value.name) where \(expected) is expected.", inner: .badArgument, target: field)
    }
}
