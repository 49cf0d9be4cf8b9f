import CZlib

/// Reads a zip that came from anywhere (APPNOTE 6.3, with ZIP64): nothing is written to disk, so no name can lead out of a
/// folder, and no more is unpacked than was announced and is allowed.
struct ZipReader {
    struct Entry {
        /// The path as it stands; folders end with `/`.
        var name: String
        fileprivate var method: UInt16
        fileprivate var isEncrypted: Bool
        fileprivate var checksum: UInt32
        fileprivate var packedSize: Int
        fileprivate var size: Int
        fileprivate var offset: Int
    }

    /// The files in it, in their order; folders are left out.
    let entries: [Entry]
    private let bytes: [UInt8]

    /// The most files.
    private static let entryLimit = 200_000

    /// Whether bytes begin as a zip does.
    static func isZip(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
    }

    /// Reads the directory.
    ///
    /// - Parameter limit: the most bytes that all files together may unpack to.
    /// - Throws: ``ZipError``.
    init(_ bytes: [UInt8], limit: Int) throws(ZipError) {
        self.bytes = bytes
        let reader = LittleEndianReader(bytes: bytes)
        // The end record is 22 bytes long and may have a comment of up to 65,535 behind it.
        let last = bytes.count - 22
        guard last >= 0 else { throw .notAZip }
        var end = last
        while end >= max(0, last - 65_535), reader.uint32(end) != Zip.directoryEnd { end -= 1 }
        guard end >= 0, reader.uint32(end) == Zip.directoryEnd else { throw .notAZip }
        let (count, start) = try Self.directory(reader, end: end)
        var entries: [Entry] = []
        var (place, total) = (start, 0)
        guard count <= Self.entryLimit else { throw .broken("it names \(count) files") }
        for _ in 0..<count {
            let entry = try Self.entry(reader, &place)
            guard !entry.name.hasSuffix("/") else { continue }
            guard entry.size <= limit - total else { throw .unpacksToMore(limit: limit) }
            total += entry.size
            entries.append(entry)
        }
        self.entries = entries
    }

    /// How many files the directory names, and where it begins.
    ///
    /// - Parameter end: where the end record lies; one of ZIP64 says in front of it where the longer one is.
    private static func directory(_ reader: LittleEndianReader, end: Int) throws(ZipError) -> (count: Int, start: Int) {
        guard let count = reader.uint16(end + 10), let start = reader.uint32(end + 16) else { throw .notAZip }
        guard count == .max || start == .max, reader.uint32(end - 20) == Zip.longDirectoryLocator else {
            return (Int(count), Int(start))
        }
        guard let place = reader.length(end - 12), reader.uint32(place) == Zip.longDirectoryEnd,
            let longCount = reader.length(place + 32), let longStart = reader.length(place + 48)
        else { throw .broken("its directory is not where it says") }
        return (longCount, longStart)
    }

    private static func entry(_ reader: LittleEndianReader, _ place: inout Int) throws(ZipError) -> Entry {
        guard reader.uint32(place) == Zip.directoryHeader, let flags = reader.uint16(place + 8),
            let method = reader.uint16(place + 10), let checksum = reader.uint32(place + 16),
            let packed = reader.uint32(place + 20), let size = reader.uint32(place + 24),
            let nameLength = reader.uint16(place + 28), let extraLength = reader.uint16(place + 30),
            let commentLength = reader.uint16(place + 32), let offset = reader.uint32(place + 42),
            let name = reader.bytes(place + 46, Int(nameLength))
        else { throw .broken("its directory ends too early") }
        let text = String(decoding: name, as: UTF8.self)
        // What does not fit into a field, or was not known when it was written, stands behind the name, in this order.
        let extra = place + 46 + Int(nameLength)
        var numbers = [Int(size), Int(packed), Int(offset)]
        let long = [size, packed, offset].indices.filter { [size, packed, offset][$0] == .max }
        if !long.isEmpty {
            guard let found = reader.longNumbers(long.count, from: extra, to: extra + Int(extraLength)) else {
                throw .broken("the size of \"\(text.prefix(100))\" is missing")
            }
            for (index, number) in zip(long, found) { numbers[index] = number }
        }
        place = extra + Int(extraLength) + Int(commentLength)
        return Entry(
            name: text, method: method, isEncrypted: flags & 1 != 0, checksum: checksum, packedSize: numbers[1],
            size: numbers[0], offset: numbers[2])
    }

    /// The bytes of one file, checked against its sum.
    ///
    /// - Throws: ``ZipError``.
    func content(of entry: Entry) throws(ZipError) -> [UInt8] {
        let reader = LittleEndianReader(bytes: bytes)
        guard !entry.isEncrypted else { throw .unsupported(entry.name, reason: "it is encrypted") }
        guard entry.offset < bytes.count, reader.uint32(entry.offset) == Zip.localHeader,
            let nameLength = reader.uint16(entry.offset + 26),
            let extraLength = reader.uint16(entry.offset + 28),
            let packed = reader.bytes(entry.offset + 30 + Int(nameLength) + Int(extraLength), entry.packedSize)
        else { throw .broken("\"\(entry.name.prefix(100))\" is not where its directory says") }
        let content: [UInt8]
        switch entry.method {
        case 0:
            guard entry.size == entry.packedSize else {
                throw .broken("two sizes of \"\(entry.name.prefix(100))\" differ")
            }
            content = Array(packed)
        case 8: content = try Self.inflated(Array(packed), size: entry.size, name: entry.name)
        default: throw .unsupported(entry.name, reason: "it is compressed by another method than Deflate")
        }
        guard Zip.checksum(content) == entry.checksum else {
            throw .broken("\"\(entry.name.prefix(100))\" has another sum than it says")
        }
        return content
    }

    private static func inflated(_ packed: [UInt8], size: Int, name: String) throws(ZipError) -> [UInt8] {
        var stream = z_stream()
        // Deflate without zlib's own header.
        guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .unsupported(name, reason: "there is no memory left")
        }
        defer { inflateEnd(&stream) }
        var packed = packed
        var status = Z_OK
        let content = packed.withUnsafeMutableBufferPointer { input in
            // One byte more than announced, so that a stream that goes on is noticed.
            [UInt8](unsafeUninitializedCapacity: size + 1) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(size + 1)
                status = inflate(&stream, Z_FINISH)
                count = size + 1 - Int(stream.avail_out)
            }
        }
        guard status == Z_STREAM_END, content.count == size else {
            throw .broken("\"\(name.prefix(100))\" does not unpack to what it says")
        }
        return content
    }
}

/// Little-endian numbers at places of bytes; `nil` beyond their end.
private struct LittleEndianReader {
    let bytes: [UInt8]

    func bytes(_ place: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else { return nil }
        return bytes[place..<place + count]
    }

    func uint16(_ place: Int) -> UInt16? {
        bytes(place, 2).map { UInt16($0[place]) | UInt16($0[place + 1]) << 8 }
    }

    func uint32(_ place: Int) -> UInt32? {
        bytes(place, 4).map { slice in
            (0..<4).reduce(0) { $0 | UInt32(slice[place + $1]) << (8 * $1) }
        }
    }

    /// A length or a place of eight bytes; `nil` also for one beyond any memory.
    func length(_ place: Int) -> Int? {
        guard let low = uint32(place), let high = uint32(place + 4), high < 1 << 16 else { return nil }
        return Int(high) << 32 | Int(low)
    }

    /// The first numbers of ZIP64's own part among the parts of different kinds between two places.
    func longNumbers(_ count: Int, from start: Int, to end: Int) -> [Int]? {
        var place = start
        while place + 4 <= end, let kind = uint16(place), let size = uint16(place + 2) {
            if kind == 1 {
                guard Int(size) >= 8 * count, place + 4 + Int(size) <= end else { return nil }
                let numbers = (0..<count).compactMap { length(place + 4 + 8 * $0) }
                return numbers.count == count ? numbers : nil
            }
            place += 4 + Int(size)
        }
        return nil
    }
}
