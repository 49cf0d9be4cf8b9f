import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The mark of the one program that may write a data folder. The operating system drops it when the program ends, however
/// it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``StoreError/folderInUse(_:processID:)`` while another holds it.
    init(folder: String) throws(StoreError) {
        let path = folder + "/lock"
        // Close-on-exec: a child process that inherited the lock would keep it after this program's end.
        descriptor = try SystemCall.check("open", path) { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == -1 else {
            write(processID: getpid())
            return
        }
        let code = errno
        let holder = Self.text(of: descriptor)
        close(descriptor)
        throw code == EWOULDBLOCK
            ? .folderInUse(folder, processID: holder) : SystemCall.failure("lock", path, code)
    }

    deinit {
        close(descriptor)
    }

    /// The number only helps whoever meets the lock, so a failure to write it is none.
    private func write(processID: Int32) {
        let text = Array("\(processID)\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func text(of descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }
}
