/// Puts values one behind the other. Both sides are one program on one machine, so there is nothing to negotiate.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    mutating func put(_ value: Double) { put(value.bitPattern) }

    mutating func put(_ value: Bool) { put(UInt8(value ? 1 : 0)) }

    mutating func put(_ text: String) {
        put(UInt32(text.utf8.count))
        bytes += text.utf8
    }

    mutating func put(_ text: String?) {
        put(text != nil)
        if let text { put(text) }
    }
}

/// Takes values in the order in which ``ByteWriter`` put them.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(WorkerError) -> Value {
        let start = try take(MemoryLayout<Value>.size)
        return bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: Value.self)) }
    }

    mutating func double() throws(WorkerError) -> Double { Double(bitPattern: try integer()) }

    mutating func bool() throws(WorkerError) -> Bool { try integer(UInt8.self) != 0 }

    /// How many things follow that take so many bytes at least.
    mutating func count(ofAtLeast size: Int) throws(WorkerError) -> Int {
        let count = Int(try integer(UInt32.self))
        guard count <= (bytes.count - position) / size else { throw .garbled("a list that breaks off") }
        return count
    }

    mutating func text() throws(WorkerError) -> String {
        let length = Int(try integer(UInt32.self))
        let start = try take(length)
        return String(decoding: bytes[start..<start + length], as: UTF8.self)
    }

    mutating func optionalText() throws(WorkerError) -> String? { try bool() ? try text() : nil }

    private mutating func take(_ count: Int) throws(WorkerError) -> Int {
        guard count <= bytes.count - position else { throw .garbled("a message that breaks off") }
        defer { position += count }
        return position
    }
}
