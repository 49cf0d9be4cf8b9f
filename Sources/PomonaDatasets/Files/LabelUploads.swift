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
    /// - Returns: a random word that names it.
    func keep(_ bytes: [UInt8], name: String) throws -> String {
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        dropOld()
        let id = UUID().uuidString.lowercased()
        try Data(name.utf8).write(to: folder.appending(path: id + ".name"))
        try Data(bytes).write(to: folder.appending(path: id + ".json"))
        return id
    }

    /// - Throws: ``DatasetError/uploadMissing(_:)``.
    func upload(_ id: String) throws -> (name: String, bytes: [UInt8]) {
        // What a request names must not lead out of the folder.
        guard let id = UUID(uuidString: id)?.uuidString.lowercased(),
            let name = try? Data(contentsOf: folder.appending(path: id + ".name")),
            let bytes = try? Data(contentsOf: folder.appending(path: id + ".json"))
        else { throw DatasetError.uploadMissing(id) }
        return (String(decoding: name, as: UTF8.self), [UInt8](bytes))
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
