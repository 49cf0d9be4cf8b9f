#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Space that uploads leave on the disk: on one that is full to the last byte the catalog can note nothing more, not even
/// that something is to be deleted.
enum DiskReserve {
    /// Never more than this, and never more than a tenth of the disk.
    private static let largest: Int64 = 32 << 20

    /// - Parameters:
    ///   - descriptor: an open file on the disk.
    ///   - path: what the error names.
    /// - Throws: ``StoreError/diskFull(_:)``.
    static func check(_ descriptor: Int32, _ path: String) throws {
        var disk = statvfs()
        try SystemCall.check("look at the disk of", path) { fstatvfs(descriptor, &disk) }
        let block = Int64(disk.f_frsize)
        guard Int64(disk.f_bavail) * block >= min(largest, Int64(disk.f_blocks) * block / 10) else {
            throw StoreError.diskFull(path)
        }
    }
}
