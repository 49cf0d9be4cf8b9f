import Crypto
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is measured of bytes while they are written.
struct ContentMeasures: OptionSet {
    var rawValue: Int

    static let md5 = ContentMeasures(rawValue: 1)
    static let sha256 = ContentMeasures(rawValue: 2)
    static let all: ContentMeasures = [.md5, .sha256]
}

/// What a file of bytes is known by.
struct ContentDigest: Hashable, Sendable {
    var length: Int64
    /// 16 bytes, `nil` where nobody asked for it.
    var md5: Data?
    /// 32 bytes; none of a block, whose bytes are measured with those of the whole blob.
    var sha256: Data
}

/// Writes one new file so that it is there whole or not at all: under a temporary name, synchronized, then renamed, then
/// the folder synchronized.
actor ContentWriter {
    /// The ending of a file that is still being written; whatever has it at start is what a crash left behind.
    static let temporaryEnding = ".part"

    private nonisolated let executor = DiskExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private var descriptor: Int32 = -1
    private var length: Int64 = 0
    private var md5: Insecure.MD5?
    private var sha256: SHA256?

    /// A writer of the file that will be at the path.
    ///
    /// - Parameter measures: what ``digest()`` has beside the length.
    init(path: String, measures: ContentMeasures = .all) {
        self.path = path
        md5 = measures.contains(.md5) ? Insecure.MD5() : nil
        sha256 = measures.contains(.sha256) ? SHA256() : nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private var temporaryPath: String { path + Self.temporaryEnding }

    func begin() throws {
        let path = temporaryPath
        descriptor = try SystemCall.check("create", path) { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        do { try DiskReserve.check(descriptor, path) } catch {
            abandon()
            throw error
        }
    }

    /// Adds bytes at the end.
    ///
    /// - Returns: how many bytes there are now.
    func append(_ piece: [UInt8]) throws -> Int64 {
        try DiskReserve.check(descriptor, temporaryPath)
        try piece.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let count = rest.count
                let written = try SystemCall.check("write", temporaryPath) { write(descriptor, start, count) }
                rest = rest.dropFirst(written)
            }
            md5?.update(bufferPointer: bytes)
            sha256?.update(bufferPointer: bytes)
        }
        length += Int64(piece.count)
        return length
    }

    /// Adds a part of another file at the end.
    ///
    /// - Parameter range: the part, `nil` for the whole.
    func append(file source: String, range: Range<Int64>? = nil) throws {
        let input = try SystemCall.check("open", source) { open(source, O_RDONLY | O_CLOEXEC) }
        defer { close(input) }
        let range = try range ?? 0..<(SystemCall.fileLength(source) ?? 0)
        var offset = range.lowerBound
        while offset < range.upperBound {
            let piece = try Self.read(input, source, at: offset, count: Int(min(1 << 20, range.upperBound - offset)))
            guard !piece.isEmpty else {
                throw StoreError.system(operation: "read", path: source, reason: "it is shorter than it should be")
            }
            _ = try append(piece)
            offset += Int64(piece.count)
        }
    }

    func digest() -> ContentDigest {
        ContentDigest(
            length: length, md5: md5.map { Data($0.finalize()) }, sha256: sha256.map { Data($0.finalize()) } ?? Data())
    }

    /// Puts the file in its place; afterwards it outlives a power cut.
    ///
    /// - Parameter path: another place in the same file system, `nil` for the one that the writer was made with.
    func publish(at place: String? = nil) throws {
        let path = place ?? path
        try SystemCall.check("synchronize", temporaryPath) { fsync(descriptor) }
        close(descriptor)
        descriptor = -1
        try SystemCall.move(temporaryPath, to: path)
        try SystemCall.synchronizeFolder((path as NSString).deletingLastPathComponent)
    }

    /// Takes back whatever was written, published or not.
    func abandon() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        // What cannot be removed now is swept at the next start.
        try? SystemCall.remove(temporaryPath)
        try? SystemCall.remove(path)
    }

    /// Up to `count` bytes from an offset; fewer at the end of the file.
    static func read(_ descriptor: Int32, _ path: String, at offset: Int64, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let start = buffer.baseAddress.map { $0 + filled }
                let got = try SystemCall.check("read", path) {
                    pread(descriptor, start, count - filled, off_t(offset) + off_t(filled))
                }
                if got == 0 { break }
                filled += got
            }
        }
    }
}
