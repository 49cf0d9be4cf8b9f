import CZlib
import PomonaCore

/// Writes a zip of small files (APPNOTE 6.3): each is kept as it is, for labels are small and photos are compressed already.
///
/// Of ZIP64 it has what more than 65,534 files need; all together they stay below 4 GB, which lie in memory anyway.
///
/// All times are the format's first (1980-01-01), so that the same labels give the same bytes.
struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// - Parameter name: a path with `/`, in UTF-8.
    /// - Throws: ``ZipError/tooLarge(_:)``.
    mutating func add(_ name: String, _ content: [UInt8]) throws(ZipError) {
        let path = Array(name.utf8)
        guard bytes.count + content.count < Int(UInt32.max), path.count < Int(UInt16.max) else {
            throw .tooLarge(name)
        }
        let offset = UInt32(bytes.count)
        // Version 2.0, names in UTF-8, stored, the time.
        var fields: [UInt8] = []
        fields.append(UInt16(20), UInt16(1 << 11), UInt16(0), UInt16(0), UInt16(0x21))
        fields.append(Zip.checksum(content))
        fields.append(UInt32(content.count), UInt32(content.count))
        fields.append(UInt16(path.count), UInt16(0))
        bytes.append(Zip.localHeader)
        bytes += fields + path + content
        directory.append(Zip.directoryHeader)
        directory.append(UInt16(20))
        directory += fields
        directory.append(UInt16(0), UInt16(0), UInt16(0))
        directory.append(UInt32(0), offset)
        directory += path
        count += 1
    }

    /// The whole file.
    consuming func finished() -> [UInt8] {
        let start = bytes.count
        bytes += directory
        // A number that does not fit stands as its field's largest value here, and as itself in the record of ZIP64.
        let isLong = count >= Int(UInt16.max) || max(start, directory.count) >= Int(UInt32.max)
        if isLong { appendLongEnd(start: start) }
        let (short, long) = (UInt16(clamping: count), UInt32(clamping: directory.count))
        bytes.append(Zip.directoryEnd)
        bytes.append(UInt16(0), UInt16(0), short, short)
        bytes.append(long, UInt32(clamping: start))
        bytes.append(UInt16(0))
        return bytes
    }

    /// The end of the directory in ZIP64's form, and where it lies (APPNOTE 4.3.14 and 4.3.15).
    private mutating func appendLongEnd(start: Int) {
        let place = UInt64(bytes.count)
        bytes.append(Zip.longDirectoryEnd)
        // The length of what follows it, versions 4.5, one disk.
        bytes.append(UInt64(44))
        bytes.append(UInt16(45), UInt16(45))
        bytes.append(UInt32(0), UInt32(0))
        bytes.append(UInt64(count), UInt64(count), UInt64(directory.count), UInt64(start))
        bytes.append(Zip.longDirectoryLocator, UInt32(0))
        bytes.append(place)
        bytes.append(UInt32(1))
    }
}

/// The format's marks, and its sum.
enum Zip {
    static let localHeader: UInt32 = 0x0403_4B50
    static let directoryHeader: UInt32 = 0x0201_4B50
    static let directoryEnd: UInt32 = 0x0605_4B50
    static let longDirectoryEnd: UInt32 = 0x0606_4B50
    static let longDirectoryLocator: UInt32 = 0x0706_4B50

    static func checksum(_ content: [UInt8]) -> UInt32 {
        content.withUnsafeBufferPointer { buffer in
            var sum = crc32(0, nil, 0)
            var rest = buffer[...]
            while !rest.isEmpty {
                let part = rest.prefix(1 << 30)
                sum = part.withContiguousStorageIfAvailable { crc32(sum, $0.baseAddress, uInt($0.count)) } ?? sum
                rest = rest.dropFirst(part.count)
            }
            return UInt32(truncatingIfNeeded: sum)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append<Value: FixedWidthInteger>(_ values: Value...) {
        for value in values {
            Swift.withUnsafeBytes(of: value.littleEndian) { self.append(contentsOf: $0) }
        }
    }
}

/// What is wrong with a zip.
enum ZipError: PomonaError {
    case tooLarge(String)
    case notAZip
    /// A part of it is not what the format demands.
    case broken(String)
    case unsupported(String, reason: String)
    case unpacksToMore(limit: Int)

    var code: String { "importUnreadable" }

    var message: String {
        switch self {
        case .tooLarge(let name): "There is no room for \"\(name)\" in a zip."
        case .notAZip: "This is no zip, or it is cut short."
        case .broken(let what): "The zip is damaged: \(what)."
        case .unsupported(let name, let reason): "\"\(name.prefix(100))\" in the zip cannot be read: \(reason)."
        case .unpacksToMore(let limit): "The zip unpacks to more than the \(limit) bytes that are taken."
        }
    }

    var kind: ErrorKind { .badData }
}
