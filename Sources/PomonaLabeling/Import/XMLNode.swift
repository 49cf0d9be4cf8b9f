import Foundation

/// A small XML document as a tree, for label files from anywhere: UTF-8, no document types and so no entities but XML's
/// own five and numbers, no more depth and nodes than label files have.
struct XMLNode {
    var name: String
    var attributes: [String: String] = [:]
    var children: [XMLNode] = []

    /// All text directly in it.
    var text = ""

    func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

    /// The trimmed text of a child.
    func word(_ name: String) -> String? {
        child(name)?.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func number(_ name: String) -> Double? { word(name).flatMap(Double.init) }

    struct Failure: Error {
        var reason: String
    }

    /// - Throws: ``Failure``.
    static func read(_ bytes: [UInt8]) throws(Failure) -> XMLNode {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(reason: "it is not UTF-8") }
        var reader = XMLTreeReader(Array(text.utf8))
        return try reader.document()
    }
}

private struct XMLTreeReader {
    private static let deepest = 64
    private static let mostNodes = 5_000_000

    private let bytes: [UInt8]
    private var place = 0
    private var nodes = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    mutating func document() throws(XMLNode.Failure) -> XMLNode {
        try skipMisc()
        guard peek == UInt8(ascii: "<") else { throw failure("it does not begin with an element") }
        let root = try element(depth: 0)
        try skipMisc()
        guard place == bytes.count else { throw failure("something stands behind its end") }
        return root
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func failure(_ what: String) -> XMLNode.Failure {
        let line = bytes[..<min(place, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
        return XMLNode.Failure(reason: "\(what) (line \(line))")
    }

    private func has(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    private mutating func skip(to end: StaticString) throws(XMLNode.Failure) {
        while place < bytes.count {
            if has(end) {
                place += end.utf8CodeUnitCount
                return
            }
            place += 1
        }
        throw failure("it ends too early")
    }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private mutating func skipMisc() throws(XMLNode.Failure) {
        while true {
            skipSpace()
            if has("<?") {
                try skip(to: "?>")
            } else if has("<!--") {
                try skip(to: "-->")
            } else if has("<!") {
                throw failure("a document type is not taken here")
            } else {
                return
            }
        }
    }

    private mutating func element(depth: Int) throws(XMLNode.Failure) -> XMLNode {
        guard depth < Self.deepest else { throw failure("it is nested too deeply") }
        nodes += 1
        guard nodes <= Self.mostNodes else { throw failure("it has too many elements") }
        place += 1
        var node = XMLNode(name: try name())
        while true {
            skipSpace()
            guard let byte = peek else { throw failure("it ends too early") }
            if byte == UInt8(ascii: "/") {
                guard has("/>") else { throw failure("a tag is malformed") }
                place += 2
                return node
            }
            if byte == UInt8(ascii: ">") {
                place += 1
                break
            }
            let key = try name()
            skipSpace()
            guard peek == UInt8(ascii: "=") else { throw failure("an attribute has no value") }
            place += 1
            skipSpace()
            node.attributes[key] = try quoted()
        }
        try content(of: &node, depth: depth)
        return node
    }

    private mutating func content(of node: inout XMLNode, depth: Int) throws(XMLNode.Failure) {
        var text: [UInt8] = []
        while let byte = peek {
            if byte != UInt8(ascii: "<") {
                if byte == UInt8(ascii: "&") {
                    text += try reference()
                } else {
                    text.append(byte)
                    place += 1
                }
            } else if has("</") {
                place += 2
                guard try name() == node.name else { throw failure("the element \(node.name) is not closed") }
                skipSpace()
                guard peek == UInt8(ascii: ">") else { throw failure("a tag is malformed") }
                place += 1
                node.text = String(decoding: text, as: UTF8.self)
                return
            } else if has("<!--") {
                try skip(to: "-->")
            } else if has("<![CDATA[") {
                place += 9
                let start = place
                try skip(to: "]]>")
                text += bytes[start..<place - 3]
            } else if has("<?") {
                try skip(to: "?>")
            } else {
                node.children.append(try element(depth: depth + 1))
            }
        }
        throw failure("the element \(node.name) is not closed")
    }

    private mutating func name() throws(XMLNode.Failure) -> String {
        let start = place
        while let byte = peek, byte >= 0x80 || Self.isNameByte(byte) { place += 1 }
        guard place > start else { throw failure("a name is missing") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private mutating func quoted() throws(XMLNode.Failure) -> String {
        guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw failure("an attribute's value is not quoted")
        }
        place += 1
        var text: [UInt8] = []
        while let byte = peek {
            if byte == quote {
                place += 1
                return String(decoding: text, as: UTF8.self)
            }
            if byte == UInt8(ascii: "&") {
                text += try reference()
            } else {
                text.append(byte)
                place += 1
            }
        }
        throw failure("it ends too early")
    }

    private mutating func reference() throws(XMLNode.Failure) -> [UInt8] {
        guard let end = bytes[place...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            throw failure("an & stands alone")
        }
        let word = String(decoding: bytes[place + 1..<end], as: UTF8.self)
        place = end + 1
        switch word {
        case "amp": return Array("&".utf8)
        case "lt": return Array("<".utf8)
        case "gt": return Array(">".utf8)
        case "quot": return Array("\"".utf8)
        case "apos": return Array("'".utf8)
        default:
            let number =
                word.hasPrefix("#x")
                ? UInt32(word.dropFirst(2), radix: 16) : word.hasPrefix("#") ? UInt32(word.dropFirst()) : nil
            guard let scalar = number.flatMap(Unicode.Scalar.init) else {
                throw failure("the entity &\(word); is unknown")
            }
            return Array(String(Character(scalar)).utf8)
        }
    }
}
