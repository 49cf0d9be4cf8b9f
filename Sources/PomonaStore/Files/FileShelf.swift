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
    private let holds = Mutex(FileHolds())

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
    ///
    /// - Parameter measures: what its digest has beside the length.
    func write(
        ending: String = "", measures: ContentMeasures = .all, _ body: (ContentWriter) async throws -> Void
    ) async throws -> Unclaimed {
        let base = newName()
        let name = base + ending
        let writer = ContentWriter(path: path(of: name), measures: measures)
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

    /// Keeps files on the disk for a reader, even if their rows go.
    ///
    /// - Returns: `nil` where one of them is being removed or gone.
    func hold(_ names: Set<String>) async throws -> FileHold? {
        guard holds.withLock({ $0.hold(names) }) else { return nil }
        let hold = FileHold(of: names, on: self)
        let areThere = try await DiskExecutor.run { [self] in
            try names.allSatisfy { try SystemCall.fileLength(path(of: $0)) != nil }
        }
        return areThere ? hold : nil
    }

    /// Ends a hold. What was to be removed meanwhile is removed now.
    fileprivate func letGo(_ names: Set<String>) {
        let removable = holds.withLock { $0.letGo(names) }
        if !removable.isEmpty { Task { await remove(removable) } }
    }

    /// Removes files whose rows are gone; those that somebody reads go when he has read them. One that cannot be removed is
    /// left to the sweep: its row is gone, so nothing shows it.
    func remove(_ names: [String]) async {
        let removable = holds.withLock { $0.take(names) }
        guard !removable.isEmpty else { return }
        try? await DiskExecutor.run { [self] in
            for name in removable { try SystemCall.remove(path(of: name)) }
        }
        holds.withLock { $0.finish(removable) }
    }

    /// Removes what no row points at, and says how many files that were.
    ///
    /// - Parameter isKnown: the names among those given that have a row; asked only after the files were listed, so that a
    ///   file whose row came meanwhile is found.
    func sweep(known isKnown: (_ names: [String]) async throws -> Set<String>) async throws -> Int {
        var count = 0
        for shard in isSharded ? DataFolder.shards.map({ "\(folder)/\($0)" }) : [folder] {
            try Task.checkCancellation()
            let names = try await DiskExecutor.run { try SystemCall.names(in: shard) }
            let candidates = unclaimed.withLock { unclaimed in
                names.filter { !unclaimed.contains(Self.base(of: $0)) }
            }.filter { name in !holds.withLock { $0.isHeld(name) } }
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

/// Keeps files on the disk as long as it lives.
final class FileHold: Sendable {
    private let names: Set<String>
    private let shelf: FileShelf

    fileprivate init(of names: Set<String>, on shelf: FileShelf) {
        self.names = names
        self.shelf = shelf
    }

    deinit { shelf.letGo(names) }
}

/// Who reads which files, and which are on their way out.
private struct FileHolds {
    private var readers: [String: Int] = [:]
    /// Those whose rows went while they were read.
    private var postponed: Set<String> = []
    private var leaving: Set<String> = []

    func isHeld(_ name: String) -> Bool { readers[name] != nil }

    mutating func hold(_ names: Set<String>) -> Bool {
        guard leaving.isDisjoint(with: names) else { return false }
        for name in names { readers[name, default: 0] += 1 }
        return true
    }

    /// - Returns: what nobody reads any more and was to be removed.
    mutating func letGo(_ names: Set<String>) -> [String] {
        for name in names {
            guard let count = readers[name] else { continue }
            readers[name] = count > 1 ? count - 1 : nil
        }
        let free = postponed.filter { readers[$0] == nil }
        postponed.subtract(free)
        return Array(free)
    }

    /// - Returns: those of the names that can be removed now.
    mutating func take(_ names: [String]) -> [String] {
        postponed.formUnion(names.filter { readers[$0] != nil })
        let removable = names.filter { readers[$0] == nil }
        leaving.formUnion(removable)
        return removable
    }

    mutating func finish(_ names: [String]) { leaving.subtract(names) }
}
