#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An opened file of bytes. It stays readable after the file is removed, until the reader is gone.
actor ContentReader {
    private static let pieceLength: Int64 = 256 << 10

    private nonisolated let executor = DiskExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private var descriptor: Int32 = -1
    private var range: Range<Int64>

    init(path: String, range: Range<Int64>) {
        self.path = path
        self.range = range
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// - Returns: whether there is such a file.
    func begin() throws -> Bool {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        let code = errno
        if descriptor < 0, code != ENOENT { throw SystemCall.failure("open", path, code) }
        return descriptor >= 0
    }

    /// The next bytes of the range, `nil` at its end.
    ///
    /// - Throws: ``StoreError/system(operation:path:reason:)`` for a file that ends before the range does.
    func next() throws -> [UInt8]? {
        guard !range.isEmpty else { return nil }
        let count = min(Self.pieceLength, range.upperBound - range.lowerBound)
        let piece = try ContentWriter.read(descriptor, path, at: range.lowerBound, count: Int(count))
        guard !piece.isEmpty else {
            throw StoreError.system(operation: "read", path: path, reason: "it is shorter than its row says")
        }
        range = range.lowerBound + Int64(piece.count)..<range.upperBound
        return piece
    }
}
