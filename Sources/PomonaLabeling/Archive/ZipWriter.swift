import CZlib
import PomonaCore

/// Writes a zip of small files (APPNOTE 6.3, without ZIP64): each is kept as it is, for labels are small and photos are
/// compressed already.
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
        guard bytes.count + content.count < Int(UInt32.max), count < Int(UInt16.max), path.count < Int(UInt16.max)
        else {
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
        let start = UInt32(bytes.count)
        bytes += directory
        bytes.append(Zip.directoryEnd)
        bytes.append(UInt16(0), UInt16(0), UInt16(count), UInt16(count))
        bytes.append(UInt32(directory.count), start)
        bytes.append(UInt16(0))
        return bytes
    }
}

/// The format's marks, and its sum.
enum Zip {
    static let localHeader: UInt32 = 0x0403_4B50
    static let directoryHeader: UInt32 = 0x0201_4B50
    static let directoryEnd: UInt32 = 0x0605_4B50

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
