import Foundation

/// A file that appears complete or not at all.
struct AtomicFile {
    let path: String

    /// - Throws: ``ONNXExportError/notWritten(path:reason:)``, for instance on a full disk.
    func write(_ data: Data) throws {
        // Several threads and programs may write the same path; the last rename wins, with a whole file.
        let temporary = "\(path).partial-\(UUID().uuidString)"
        do {
            guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EACCES)
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            defer { try? handle.close() }
            try handle.write(contentsOf: data)
            try handle.synchronize()
            guard rename(temporary, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        } catch {
            unlink(temporary)
            throw ONNXExportError.notWritten(path: path, reason: error.localizedDescription)
        }
    }
}
