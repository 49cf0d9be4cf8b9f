#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Opened bytes: one file, or parts of several in order. One file stays readable after it is removed, until the reader is
/// gone; of several, one is open at a time, so their reader needs a hold on them.
actor ContentReader {
    private static let pieceLength: Int64 = 256 << 10

    private nonisolated let executor = DiskExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var parts: ArraySlice<FilePart>
    private let hold: FileHold?
    private var descriptor: Int32 = -1

    init(path: String, range: Range<Int64>) {
        self.init(parts: [FilePart(path: path, range: range)], hold: nil)
    }

    init(parts: [FilePart], hold: FileHold?) {
        self.parts = parts[...]
        self.hold = hold
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Opens the first file.
    ///
    /// - Returns: whether there is such a file.
    func begin() throws -> Bool {
        guard let path = parts.first?.path else { return true }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        let code = errno
        if descriptor < 0, code != ENOENT { throw SystemCall.failure("open", path, code) }
        return descriptor >= 0
    }

    /// The next bytes, `nil` at the end.
    ///
    /// - Throws: ``StoreError/system(operation:path:reason:)`` for a file that ends before its range does.
    func next() throws -> [UInt8]? {
        while let part = parts.first, part.range.isEmpty {
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
            parts.removeFirst()
        }
        guard let part = parts.first else { return nil }
        if descriptor < 0, try !begin() {
            throw StoreError.system(operation: "read", path: part.path, reason: "it is not there")
        }
        let count = min(Self.pieceLength, part.range.upperBound - part.range.lowerBound)
        let piece = try ContentWriter.read(descriptor, part.path, at: part.range.lowerBound, count: Int(count))
        guard !piece.isEmpty else {
            throw StoreError.system(operation: "read", path: part.path, reason: "it is shorter than its row says")
        }
        parts[parts.startIndex].range = part.range.lowerBound + Int64(piece.count)..<part.range.upperBound
        return piece
    }
}
