import Foundation

/// An encoded photo on disk.
struct PhotoFile {
    var path: String
    var name: String

    /// Reads the whole file. What is no regular file (a folder, a pipe, a device) is refused and never waited for.
    func read(atMost limit: Int) throws(ImagingError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .missing(photo: name, path: path) : failure()
        }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file"
            throw .unreadable(photo: name, path: path, reason: kind)
        }
        let size = Int(status.st_size)
        guard size <= limit else { throw .tooManyBytes(photo: name, count: size, limit: limit) }

        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if got > 0 {
                    count += got
                } else if got == 0 {
                    // Somebody made the file shorter meanwhile; the decoder says so if it matters.
                    return
                } else if errno != EINTR {
                    failed = true
                    return
                }
            }
        }
        if failed { throw failure() }
        return bytes
    }

    private func failure() -> ImagingError {
        .unreadable(photo: name, path: path, reason: String(cString: strerror(errno)))
    }
}
