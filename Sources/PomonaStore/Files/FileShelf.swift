import Foundation
import Synchronization

/// A folder of immutable files that rows point at: written whole, named at random, removed only after the row is gone.
///
/// A file without a row is what a crash left behind, unless somebody is about to write its row; those are remembered here.
final class FileShelf: Sendable {
    /// A file that is on disk and has no row yet.
    struct Unclaimed: Sendable {
        var name: String
        var digest: ContentDigest
    }

    private let folder: String
    private let isSharded: Bool
    private let unclaimed = Mutex<Set<String>>([])

    /// - Parameter isSharded: whether files lie in the 256 folders of ``DataFolder/shards`` or in the folder itself.
    init(folder: String, isSharded: Bool) {
        self.folder = folder
        self.isSharded = isSharded
    }

    func path(of name: String) -> String {
        isSharded ? "\(folder)/\(name.prefix(2))/\(name)" : "\(folder)/\(name)"
    }

    /// A name that no file has, 32 hexadecimal digits, kept safe from the sweep until it is claimed or discarded.
    func newName() -> String {
        let name = Secrets.randomBytes(16).hexadecimal
        unclaimed.withLock { _ = $0.insert(name) }
        return name
    }

    /// Writes a file by the closure's doing and puts it in its place. Whatever the closure throws, no file remains.
    func write(ending: String = "", _ body: (ContentWriter) async throws -> Void) async throws -> Unclaimed {
        let base = newName()
        let name = base + ending
        let writer = ContentWriter(path: path(of: name))
        do {
            try await writer.begin()
            try await body(writer)
            let digest = await writer.digest()
            try await writer.publish()
            return Unclaimed(name: name, digest: digest)
        } catch {
            await writer.abandon()
            claim(name)
            throw error
        }
    }

    /// Says that a row points at the file, or that no one will write one.
    func claim(_ name: String) {
        unclaimed.withLock { _ = $0.remove(Self.base(of: name)) }
    }

    /// Removes files whose rows are gone. One that cannot be removed is left to the sweep: its row is gone, so nothing
    /// shows it.
    func remove(_ names: [String]) async {
        guard !names.isEmpty else { return }
        try? await DiskExecutor.run { [self] in
            for name in names { try SystemCall.remove(path(of: name)) }
        }
    }

    /// Removes what no row points at, and says how many files that were.
    ///
    /// - Parameter isKnown: the names among those given that have a row; asked only after the files were listed, so that a
    ///   file whose row came meanwhile is found.
    func sweep(known isKnown: (_ names: [String]) async throws -> Set<String>) async throws -> Int {
        var count = 0
        for shard in isSharded ? DataFolder.shards.map({ "\(folder)/\($0)" }) : [folder] {
            let names = try await DiskExecutor.run { try SystemCall.names(in: shard) }
            let candidates = unclaimed.withLock { unclaimed in
                names.filter { !unclaimed.contains(Self.base(of: $0)) }
            }
            guard !candidates.isEmpty else { continue }
            let known = try await isKnown(candidates)
            let orphans = candidates.filter { !known.contains($0) }
            await remove(orphans)
            count += orphans.count
        }
        return count
    }

    /// The random part of a name, without endings.
    private static func base(of name: String) -> String { String(name.prefix { $0 != "." }) }
}
