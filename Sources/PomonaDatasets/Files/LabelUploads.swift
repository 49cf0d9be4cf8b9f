import Foundation
import PomonaStore

/// Label files that were sent and wait to be looked at; each is kept for a day.
struct LabelUploads: Sendable {
    private static let lifetime: TimeInterval = 86_400

    private let folder: URL

    init(folder: DataFolder) {
        self.folder = folder.url.appending(path: "uploads", directoryHint: .isDirectory)
    }

    /// Keeps a file, and drops those of the day before.
    ///
    /// - Returns: a random word that names it, and its length in bytes.
    /// - Throws: `BlobError.tooLarge` at the first byte beyond the limit; what the sequence throws. Then nothing is kept.
    func keep<Bytes: AsyncSequence>(_ bytes: Bytes, name: String, limit: Int) async throws -> (id: String, length: Int)
    where Bytes.Element == [UInt8] {
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        dropOld()
        let id = UUID().uuidString.lowercased()
        try Data(name.utf8).write(to: folder.appending(path: id + ".name"))
        let file = folder.appending(path: id + ".json")
        do {
            files.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }
            var length = 0
            for try await piece in bytes {
                length += piece.count
                guard length <= limit else {
                    throw BlobError.tooLarge("The label file \"\(name)\"", limit: Int64(limit))
                }
                try handle.write(contentsOf: piece)
            }
            try Task.checkCancellation()
            return (id, length)
        } catch {
            drop(id)
            throw error
        }
    }

    /// - Throws: ``DatasetError/uploadMissing(_:)``.
    func upload(_ id: String) throws -> (name: String, file: URL) {
        // What a request names must not lead out of the folder.
        guard let id = UUID(uuidString: id)?.uuidString.lowercased(),
            let name = try? Data(contentsOf: folder.appending(path: id + ".name")),
            FileManager.default.fileExists(atPath: folder.appending(path: id + ".json").path)
        else { throw DatasetError.uploadMissing(id) }
        return (String(decoding: name, as: UTF8.self), folder.appending(path: id + ".json"))
    }

    func drop(_ id: String) {
        guard let id = UUID(uuidString: id)?.uuidString.lowercased() else { return }
        // One that stays goes with the others after a day.
        for ending in ["name", "json"] {
            try? FileManager.default.removeItem(at: folder.appending(path: "\(id).\(ending)"))
        }
    }

    private func dropOld() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names {
            let file = folder.appending(path: name)
            let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            guard let date = values?.contentModificationDate, date.timeIntervalSinceNow < -Self.lifetime else {
                continue
            }
            try? FileManager.default.removeItem(at: file)
        }
    }
}
