/// A body of several parts (RFC 2046 section 5.1), as batches and forms send it.
struct Multipart: Sendable {
    struct Part: Sendable {
        /// Names in lower case.
        var headers: [(name: String, value: String)]
        var body: ArraySlice<UInt8>

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    }

    var parts: [Part]

    /// The boundary that a `Content-Type` header names.
    static func boundary(inContentType contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let halves = parameter.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmingSpaces().lowercased() == "boundary" else { continue }
            var value = halves[1].trimmingSpaces()
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            return (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// Reads the parts. Lines may end in CR LF or in LF alone.
    ///
    /// - Returns: `nil` where the boundary never closes, a part has no blank line after its headers, or there are more
    ///   than `maximumParts`.
    init?(_ bytes: ArraySlice<UInt8>, boundary: String, maximumParts: Int = 1_000) {
        let delimiter = Array("--\(boundary)".utf8)
        var lines = LineReader(bytes)
        var bodyStart: Int?
        var found: [ArraySlice<UInt8>] = []
        var isClosed = false
        while let line = lines.next() {
            guard line.starts(with: delimiter) else { continue }
            let tail = line.dropFirst(delimiter.count)
            let closes = tail.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")])
            guard closes || tail.allSatisfy({ $0.isBlank }) else { continue }
            // The line end before a delimiter belongs to the delimiter.
            if let start = bodyStart {
                found.append(bytes[start..<max(start, lines.endOfLine(before: line.startIndex))])
            }
            if closes {
                isClosed = true
                break
            }
            guard found.count < maximumParts else { return nil }
            bodyStart = lines.position
        }
        guard isClosed else { return nil }
        var parts: [Part] = []
        for part in found {
            guard let headers = HeaderLines(part) else { return nil }
            parts.append(Part(headers: headers.fields, body: headers.rest))
        }
        self.parts = parts
    }
}

/// Header lines up to a blank line, and what follows it.
struct HeaderLines {
    var fields: [(name: String, value: String)] = []
    var rest: ArraySlice<UInt8>

    /// `nil` where a line has no colon or no blank line ends them.
    init?(_ bytes: ArraySlice<UInt8>) {
        var lines = LineReader(bytes)
        while let line = lines.next() {
            if line.isEmpty {
                rest = bytes[lines.position...]
                return
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self).trimmingSpaces().lowercased()
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmingSpaces()
            fields.append((name, String(value)))
        }
        return nil
    }
}

/// Lines of a buffer without their ends.
struct LineReader {
    private let bytes: ArraySlice<UInt8>

    /// Index of the byte after the line last read.
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.endIndex else { return nil }
        let start = position
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        position = min(end + 1, bytes.endIndex)
        return end > start && bytes[end - 1] == UInt8(ascii: "\r") ? bytes[start..<(end - 1)] : bytes[start..<end]
    }

    /// Where the line before the one at `index` ends, its line end not counted.
    func endOfLine(before index: Int) -> Int {
        var end = index
        if end > bytes.startIndex, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > bytes.startIndex, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end
    }
}

extension UInt8 {
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
