#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A part of a file.
struct FilePart: Hashable, Sendable {
    var path: String
    var range: Range<Int64>

    /// Reads parts one after the other, through one buffer.
    ///
    /// - Throws: ``StoreError/system(operation:path:reason:)`` for a file that is not there or ends too soon.
    static func forEachPiece(of parts: [FilePart], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1 << 12)
        defer { buffer.deallocate() }
        for part in parts {
            let path = part.path
            let descriptor = try SystemCall.check("open", path) { open(path, O_RDONLY | O_CLOEXEC) }
            defer { close(descriptor) }
            var offset = part.range.lowerBound
            while offset < part.range.upperBound {
                let count = Int(min(Int64(buffer.count), part.range.upperBound - offset))
                let got = try SystemCall.check("read", path) {
                    pread(descriptor, buffer.baseAddress, count, off_t(offset))
                }
                guard got > 0 else {
                    throw StoreError.system(operation: "read", path: path, reason: "it is shorter than its row says")
                }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
                offset += Int64(got)
            }
        }
    }
}
