/// Reads the small documents that clients of the Blob API send, one event at a time.
///
/// It knows elements, text, CDATA sections, the five predefined entities and character references. Document types and
/// with them all other entities are refused, so that no document can grow while it is read; attributes, comments and
/// processing instructions are passed over.
struct XMLReader {
    enum Event: Equatable {
        /// Name without a namespace prefix.
        case start(String)
        /// May come in several pieces.
        case text(String)
        case end(String)
    }

    /// Deeper documents are refused; the deepest one of this API has 4 levels.
    static let maximumDepth = 16

    private var bytes: ArraySlice<UInt8>
    private var open: [String] = []
    private var endsEmptyElement = false
    private var hasRoot = false

    /// - Throws: `notUTF8`.
    init(_ bytes: [UInt8]) throws(XMLError) {
        var content = bytes[...]
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
        guard String(validating: content, as: UTF8.self) != nil else { throw .notUTF8 }
        self.bytes = content
    }

    /// - Returns: `nil` at the end of the document.
    mutating func next() throws(XMLError) -> Event? {
        if endsEmptyElement {
            endsEmptyElement = false
            return .end(open.removeLast())
        }
        while let first = bytes.first {
            guard first == UInt8(ascii: "<") else {
                if let text = try readText() { return .text(text) }
                continue
            }
            if bytes.starts(with: "<!--".utf8) {
                try skip(past: "-->", of: "comment")
            } else if bytes.starts(with: "<?".utf8) {
                try skip(past: "?>", of: "processing instruction")
            } else if bytes.starts(with: "<![CDATA[".utf8) {
                return .text(try readCharacterData())
            } else if bytes.starts(with: "<!".utf8) {
                throw .documentType
            } else if bytes.starts(with: "</".utf8) {
                return try readEndTag()
            } else {
                return try readStartTag()
            }
        }
        if let unclosed = open.last { throw .unclosed(unclosed) }
        guard hasRoot else { throw .empty }
        return nil
    }

    private mutating func skip(past end: String, of part: String) throws(XMLError) {
        guard let range = bytes.firstRange(of: Array(end.utf8)) else { throw .unclosed(part) }
        bytes = bytes[range.upperBound...]
    }

    private mutating func readCharacterData() throws(XMLError) -> String {
        guard !open.isEmpty else { throw .textOutsideRoot }
        bytes = bytes.dropFirst("<![CDATA[".utf8.count)
        let start = bytes.startIndex
        guard let range = bytes.firstRange(of: Array("]]>".utf8)) else { throw .unclosed("CDATA section") }
        defer { bytes = bytes[range.upperBound...] }
        return String(decoding: bytes[start..<range.lowerBound], as: UTF8.self)
    }

    private mutating func readStartTag() throws(XMLError) -> Event {
        guard !open.isEmpty || !hasRoot else { throw .secondRoot }
        let tag = try readTag(openedBy: 1)
        let isEmptyElement = tag.last == UInt8(ascii: "/")
        let name = try Self.name(isEmptyElement ? tag.dropLast() : tag)
        guard open.count < Self.maximumDepth else { throw .tooDeep(Self.maximumDepth) }
        hasRoot = true
        open.append(name)
        endsEmptyElement = isEmptyElement
        return .start(name)
    }

    private mutating func readEndTag() throws(XMLError) -> Event {
        let name = try Self.name(readTag(openedBy: 2))
        guard let opened = open.last else { throw .unexpectedEnd(name, open: nil) }
        guard opened == name else { throw .unexpectedEnd(name, open: opened) }
        open.removeLast()
        return .end(name)
    }

    /// What stands between the angle brackets; a `>` inside a quoted attribute does not end it.
    private mutating func readTag(openedBy prefix: Int) throws(XMLError) -> ArraySlice<UInt8> {
        var quote: UInt8?
        for index in bytes.indices.dropFirst(prefix) {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "<") {
                break
            } else if byte == UInt8(ascii: ">") {
                defer { bytes = bytes[(index + 1)...] }
                return bytes[(bytes.startIndex + prefix)..<index]
            }
        }
        throw .unclosed("tag")
    }

    private static func name(_ tag: ArraySlice<UInt8>) throws(XMLError) -> String {
        let word = tag.prefix { !$0.isXMLBlank }
        let local = word.lastIndex(of: UInt8(ascii: ":")).map { word[($0 + 1)...] } ?? word
        let name = String(decoding: local, as: UTF8.self)
        guard let first = name.unicodeScalars.first, first.properties.isXIDStart || first == "_" else {
            throw .invalidName(String(decoding: word.prefix(40), as: UTF8.self))
        }
        return name
    }

    /// Text up to the next tag; `nil` for the blanks outside of the root element.
    private mutating func readText() throws(XMLError) -> String? {
        let end = bytes.firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
        let raw = bytes[..<end]
        bytes = bytes[end...]
        if open.isEmpty {
            guard raw.allSatisfy(\.isXMLBlank) else { throw .textOutsideRoot }
            return nil
        }
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        return try XMLReferences.resolved(String(decoding: raw, as: UTF8.self))
    }
}

extension UInt8 {
    fileprivate var isXMLBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
