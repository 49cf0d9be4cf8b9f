/// Reads JSON (RFC 8259) as the retired service read it: strings may stand in single quotation marks, and a comma may
/// stand before a closing bracket, because the commands of its documentation are written so.
struct LenientJSON {
    /// Arrays and objects in each other; deeper ones are refused rather than let recurse.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// Why a text is no JSON, and where.
    struct Failure: Error, Equatable {
        /// In bytes from the beginning.
        var offset: Int

        /// What should stand there.
        var expected: String
    }

    /// The value that a whole document is.
    static func value(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var reader = LenientJSON(bytes)
        reader.skipByteOrderMark()
        let value = try reader.readValue()
        reader.skipBlanks()
        guard reader.next == nil else { throw reader.failure("the end") }
        return value
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func failure(_ expected: String) -> Failure { Failure(offset: position, expected: expected) }

    private mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard let byte = next, byte == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func readValue() throws(Failure) -> JSONValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return .object(try nested { reader throws(Failure) in try reader.readMembers() })
        case UInt8(ascii: "["): return .array(try nested { reader throws(Failure) in try reader.readElements() })
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try readString())
        case let byte? where byte == UInt8(ascii: "-") || byte.isDigit: return .number(try readNumber())
        default:
            for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
            where bytes[position...].starts(with: word.utf8) {
                position += word.utf8.count
                return value
            }
            throw failure("a value")
        }
    }

    private mutating func nested<Value>(
        _ read: (inout LenientJSON) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard depth < Self.maximumDepth else { throw failure("no more than \(Self.maximumDepth) levels") }
        position += 1
        depth += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func readElements() throws(Failure) -> [JSONValue] {
        var elements: [JSONValue] = []
        while true {
            skipBlanks()
            if take("]") { return elements }
            elements.append(try readValue())
            try readSeparator(before: "]")
        }
    }

    private mutating func readMembers() throws(Failure) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        while true {
            skipBlanks()
            if take("}") { return members }
            guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") else { throw failure("a key or \"}\"") }
            let key = try readString()
            skipBlanks()
            guard take(":") else { throw failure("\":\"") }
            members.append(JSONValue.Member(key: key, value: try readValue()))
            try readSeparator(before: "}")
        }
    }

    /// A comma, or nothing where the closing bracket follows.
    private mutating func readSeparator(before closing: Character) throws(Failure) {
        skipBlanks()
        guard take(",") || next == closing.asciiValue else { throw failure("\",\" or \"\(closing)\"") }
    }

    private mutating func readNumber() throws(Failure) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try skipDigits() }
        if take(".") { try skipDigits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try skipDigits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipDigits() throws(Failure) {
        guard next?.isDigit == true else { throw failure("a digit") }
        while next?.isDigit == true { position += 1 }
    }
}

// MARK: Strings

extension LenientJSON {
    private mutating func readString() throws(Failure) -> String {
        let quotation = bytes[position]
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case quotation:
                position += 1
                guard let text = String(validating: text, as: UTF8.self) else { throw failure("UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: String(try readEscape()).utf8)
            case 0..<0x20: throw failure("no control character in a text")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw failure("the end of a text")
    }

    private mutating func readEscape() throws(Failure) -> Character {
        guard let byte = next else { throw failure("an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Character(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try readScalar()
        default: throw failure("an escape")
        }
    }

    /// Four hexadecimal digits, or twice that for a character beyond the basic plane.
    private mutating func readScalar() throws(Failure) -> Character {
        let first = try readUnit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else { throw failure("a pair of surrogates") }
        let second = try readUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("a pair of surrogates") }
        return Character(scalar)
    }

    private mutating func readUnit() throws(Failure) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next?.hexDigit else { throw failure("four hexadecimal digits") }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
