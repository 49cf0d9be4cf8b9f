import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Calls of the operating system whose failure is an error in words.
enum SystemCall {
    /// Runs a call that answers -1 on failure, again where a signal interrupted it.
    ///
    /// - Parameter operation: what it does to the path, as a verb: `write`.
    @discardableResult
    static func check<Result: FixedWidthInteger>(
        _ operation: String, _ path: String, _ call: () -> Result
    ) throws(StoreError) -> Result {
        while true {
            let result = call()
            if result != -1 { return result }
            let code = errno
            if code != EINTR { throw failure(operation, path, code) }
        }
    }

    static func failure(_ operation: String, _ path: String, _ code: Int32) -> StoreError {
        code == ENOSPC || code == EDQUOT
            ? .diskFull(path) : .system(operation: operation, path: path, reason: String(cString: strerror(code)))
    }

    /// Makes what a folder holds (names, not contents) outlive a power cut.
    static func synchronizeFolder(_ path: String) throws(StoreError) {
        let descriptor = try check("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        try check("synchronize", path) { fsync(descriptor) }
    }

    /// Makes the bytes of a file outlive a power cut.
    static func synchronizeFile(_ path: String) throws(StoreError) {
        let descriptor = try check("open", path) { open(path, O_RDONLY | O_CLOEXEC) }
        defer { close(descriptor) }
        try check("synchronize", path) { fsync(descriptor) }
    }

    /// Moves a file within one file system, replacing what has the new name.
    static func move(_ source: String, to destination: String) throws(StoreError) {
        try check("move", source) { rename(source, destination) }
    }

    /// Removes a file; one that is gone already counts as removed.
    static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) == -1 else { return }
        let code = errno
        if code != ENOENT { throw failure("remove", path, code) }
    }

    /// Makes a folder that only its owner can enter, unless there is one.
    static func makeFolder(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) == -1 else { return }
        let code = errno
        if code != EEXIST { throw failure("create", path, code) }
    }

    /// An empty file that only its owner can read, unless there is one.
    static func makePrivateFile(_ path: String) throws(StoreError) {
        let descriptor = try check("create", path) { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        close(descriptor)
    }

    /// The size of a file in bytes, `nil` where there is none.
    static func fileLength(_ path: String) throws(StoreError) -> Int64? {
        var status = stat()
        guard stat(path, &status) == -1 else { return Int64(status.st_size) }
        let code = errno
        if code == ENOENT { return nil }
        throw failure("read", path, code)
    }

    /// The names in a folder, without `.` and `..`, in no order.
    static func names(in path: String) throws(StoreError) -> [String] {
        guard let folder = opendir(path) else { throw failure("list", path, errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
