public import Foundation
import PomonaCore
import PomonaExport
import PomonaModel

/// Networks made ready for prediction, on disk: what a model file becomes is kept under the file's hash, so that only the
/// first use of a model pays for it.
///
/// Everything in it can be made again; it may be deleted at any time. Several programs may share one.
public struct PredictionCache: Sendable {
    public let folder: String
    /// Models kept; beyond, those that were not used for longest go.
    public var limit: Int

    /// - Parameter folder: Is created when something goes in.
    public init(folder: String, limit: Int = 32) {
        self.folder = folder
        self.limit = limit
    }

    /// What is kept of one model.
    struct Entry {
        let folder: String
        var networkPath: String { "\(folder)/network.onnx" }

        /// What OpenVINO compiled; not to be carried to another machine or version.
        func compiled(_ machine: Machine) -> CompiledStore {
            CompiledStore(folder: "\(folder)/compiled-\(machine.fingerprint)")
        }
    }

    /// The network of a model file, exported unless it is there already.
    ///
    /// - Throws: What is wrong with the model file, or ``PredictionError/cacheNotWritable(folder:reason:)``.
    func entry(for file: SafetensorsFile) throws -> Entry {
        // A file replaced between hashing and reading would be kept under the other's name.
        for _ in 0..<3 {
            let hash = try Self.hash(file.path)
            let entry = Entry(
                folder: "\(folder)/\(hash.prefix(32))-\(ONNXExport.formatVersion)-\(ProgramVersion.current)")
            if FileManager.default.fileExists(atPath: entry.networkPath) {
                touch(entry)
                return entry
            }
            let network = try ONNXExport.data(
                of: SafetensorsFile(path: file.path), options: ONNXExportOptions(batch: .fixed(1)))
            guard try Self.hash(file.path) == hash else { continue }
            try write(network, entry)
            removeOldest()
            return entry
        }
        throw PredictionError.modelChanging(path: file.path)
    }

    private func write(_ network: Data, _ entry: Entry) throws {
        do {
            try FileManager.default.createDirectory(atPath: entry.folder, withIntermediateDirectories: true)
            try network.write(to: URL(fileURLWithPath: entry.networkPath), options: .atomic)
        } catch {
            throw PredictionError.cacheNotWritable(folder: folder, reason: error.localizedDescription)
        }
    }

    /// The entry's date says when it was used last. A cache that cannot be written to still serves.
    private func touch(_ entry: Entry) {
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: entry.folder)
    }

    private func removeOldest() {
        let files = FileManager.default
        let entries = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
            .filter { files.fileExists(atPath: "\($0)/network.onnx") }
        guard entries.count > limit else { return }
        let dated = entries.map { path in
            (path, (try? files.attributesOfItem(atPath: path)[.modificationDate] as? Date) ?? .distantPast)
        }
        for (path, _) in dated.sorted(by: { $0.1 < $1.1 }).prefix(entries.count - limit) {
            try? files.removeItem(atPath: path)
        }
    }

    /// Removes what was made of model files that are gone.
    ///
    /// - Parameter hashes: the SHA-256 of those that are still there.
    public func removeAll(but hashes: Set<Data>) {
        let known = Set(hashes.map { $0.prefix(16).map { String(format: "%02x", $0) }.joined() })
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder)) ?? []
        where !known.contains(String(name.prefix(32))) {
            // One that stays is removed the next time.
            try? files.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private static func hash(_ path: String) throws -> String {
        do {
            return try FileHash.sha256(of: path)
        } catch {
            throw SafetensorsError.missing(path: path)
        }
    }
}
