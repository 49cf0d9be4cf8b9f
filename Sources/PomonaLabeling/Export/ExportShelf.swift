public import Foundation
public import PomonaStore

/// Label files that wait to be downloaded; each is kept for a day.
struct ExportShelf {
    private static let lifetime: TimeInterval = 86_400
    private let folder: URL

    init(_ store: Store) {
        folder = store.folder.url.appending(path: "exports", directoryHint: .isDirectory)
    }

    /// Keeps a file, and drops those of the day before.
    ///
    /// - Returns: a random word that names it.
    func keep(_ bytes: [UInt8], as name: String, mediaType: String, by owner: String) throws -> String {
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        dropOld()
        let id = UUID().uuidString.lowercased()
        try Data(bytes).write(to: folder.appending(path: id + ".bytes"))
        let card = KeptExport(name: name, mediaType: mediaType, owner: owner)
        // Without its card nobody can ask for the file, so the card comes last.
        try JSONEncoder().encode(card).write(to: folder.appending(path: id + ".json"), options: .atomic)
        return id
    }

    /// - Throws: ``ExportError/downloadMissing``.
    func file(_ id: String) throws(ExportError) -> (card: KeptExport, bytes: Data) {
        // What a request names must not lead out of the folder.
        guard let id = UUID(uuidString: id)?.uuidString.lowercased(),
            let text = try? Data(contentsOf: folder.appending(path: id + ".json")),
            let card = try? JSONDecoder().decode(KeptExport.self, from: text),
            let bytes = try? Data(contentsOf: folder.appending(path: id + ".bytes"), options: .mappedIfSafe)
        else { throw .downloadMissing }
        return (card, bytes)
    }

    private func dropOld() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names {
            let file = folder.appending(path: name)
            let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            guard let date = values?.contentModificationDate, date.timeIntervalSinceNow < -Self.lifetime else {
                continue
            }
            // One that stays goes with the others next time.
            try? FileManager.default.removeItem(at: file)
        }
    }
}

/// What is kept of a download beside its bytes.
public struct KeptExport: Codable, Hashable, Sendable {
    public var name: String
    public var mediaType: String

    /// Whoever asked for it, who alone gets it.
    public var owner: String
}

extension LabelingService {
    /// Makes a label file and keeps it for a day.
    ///
    /// - Parameter owner: a word for who may have it.
    /// - Returns: a random word that names it.
    public func keepDownload(
        of project: LabelingProject, _ export: LabelExport, for owner: String
    ) async throws -> String {
        let bytes = try await file(of: project, export)
        return try ExportShelf(store).keep(
            bytes, as: export.fileName, mediaType: export.format.mediaType, by: owner)
    }

    /// A file that was kept.
    ///
    /// - Throws: ``ExportError/downloadMissing``, also for who did not ask for it.
    public func download(_ id: String, for owner: String) throws -> (card: KeptExport, bytes: Data) {
        let file = try ExportShelf(store).file(id)
        guard file.card.owner == owner else { throw ExportError.downloadMissing }
        return file
    }
}
