public import Foundation

/// Label files that were sent and wait to be looked at; each is kept for a day.
public struct LabelUploads: Sendable {
    private let folder: PassingFiles

    init(folder: DataFolder) {
        self.folder = PassingFiles(folder: folder.uploads)
    }

    /// Keeps a file, and drops those of the day before.
    ///
    /// - Parameter limit: the most bytes of it.
    /// - Returns: a random word that names it, and its length in bytes.
    /// - Throws: `BlobError.tooLarge` at the first byte beyond the limit, ``StoreError/diskFull(_:)``; what the sequence
    ///   throws. Then nothing is kept.
    public func keep<Bytes: AsyncSequence & Sendable>(
        _ bytes: Bytes, name: String, limit: Int
    ) async throws -> (id: String, length: Int) where Bytes.Element == [UInt8] {
        try await folder.prepare()
        let id = UUID().uuidString.lowercased()
        let file = ContentWriter(path: folder.path(of: id + ".json"), measures: [])
        let label = ContentWriter(path: folder.path(of: id + ".name"), measures: [])
        do {
            try await file.begin()
            try await file.fill(with: bytes, subject: "The label file \"\(name)\"", limit: Int64(limit))
            let length = await file.digest().length
            try await file.publish()
            // Without its name nobody can ask for the file, so the name comes last.
            try await label.begin()
            _ = try await label.append([UInt8](name.utf8))
            try await label.publish()
            return (id, Int(length))
        } catch {
            await file.abandon()
            await label.abandon()
            throw error
        }
    }

    /// A file that is still kept, with the name it was sent under.
    public func file(_ id: String) async throws -> (name: String, file: URL)? {
        // What a request names must not lead out of the folder.
        guard let id = UUID(uuidString: id)?.uuidString.lowercased() else { return nil }
        let (label, file) = (folder.path(of: id + ".name"), folder.path(of: id + ".json"))
        return try await DiskExecutor.run {
            guard try SystemCall.fileLength(file) != nil, let name = try? Data(contentsOf: URL(filePath: label)) else {
                return nil
            }
            return (String(decoding: name, as: UTF8.self), URL(filePath: file))
        }
    }

    /// Forgets a file. One that stays goes with the others after a day.
    public func drop(_ id: String) async {
        guard let id = UUID(uuidString: id)?.uuidString.lowercased() else { return }
        try? await folder.remove([id + ".name", id + ".json"])
    }

    /// Drops those of the day before.
    func sweep() async throws { try await folder.dropOld() }
}

/// A folder of files that are kept for a day.
struct PassingFiles: Sendable {
    private static let lifetime: TimeInterval = 86_400

    let folder: String

    func path(of name: String) -> String { "\(folder)/\(name)" }

    /// Makes the folder where there is none, and room in it.
    func prepare() async throws {
        try await DiskExecutor.run { try SystemCall.makeFolder(folder) }
        // What stays goes with the others next time.
        try? await dropOld()
    }

    func remove(_ names: [String]) async throws {
        try await DiskExecutor.run { for name in names { try SystemCall.remove(path(of: name)) } }
    }

    /// Removes files that were written more than a day ago.
    func dropOld() async throws {
        try await DiskExecutor.run {
            for name in try FileManager.default.fileExists(atPath: folder) ? SystemCall.names(in: folder) : [] {
                let values = try? URL(filePath: path(of: name)).resourceValues(forKeys: [.contentModificationDateKey])
                guard let date = values?.contentModificationDate, date.timeIntervalSinceNow < -Self.lifetime else {
                    continue
                }
                try SystemCall.remove(path(of: name))
            }
        }
    }
}
