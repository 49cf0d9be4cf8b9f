import Foundation

/// A file that appears whole or not at all: it is written beside its place under another name, put on the disk, and only
/// then renamed. Without `commit` nothing is left behind.
final class AtomicFile {
    private let path: String
    private let temporary: String
    private let folder: String
    private var descriptor: Int32

    /// - Throws: ``COCOError/cannotWrite(file:reason:)``.
    init(path: String) throws {
        self.path = path
        folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        temporary = "\(folder)/.pomona-\(UInt64.random(in: .min ... .max)).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw failure() }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    func append(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let written = write(descriptor, start, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    throw failure()
                }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Puts everything on the disk and the file in its place.
    func commit() throws {
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw failure() }
        close(descriptor)
        descriptor = -1
        // The new name is on the disk once its folder is.
        let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { return }
        fsync(parent)
        close(parent)
    }

    private func failure() -> COCOError {
        COCOError.cannotWrite(file: path, reason: String(cString: strerror(errno)))
    }
}
