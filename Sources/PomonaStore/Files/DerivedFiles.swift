public import Foundation

/// Files made from a blob's bytes that can be made again, such as thumbnails: each is made once, however many ask for it at
/// the same time, and lies under the hash of the bytes it was made from, so it never has to be made anew for a copy.
public actor DerivedFiles {
    private struct Key: Hashable {
        var sha256: Data
        var variant: String
    }

    private nonisolated let folder: String
    private var underWay: [Key: Task<Data, any Error>] = [:]

    /// - Throws: ``StoreError/system(operation:path:reason:)`` where what a crash left half written cannot be removed.
    init(folder: String) throws {
        self.folder = folder
        for name in try SystemCall.names(in: folder) where name.hasSuffix(ContentWriter.temporaryEnding) {
            try SystemCall.remove("\(folder)/\(name)")
        }
    }

    /// The bytes of one variant.
    ///
    /// - Parameters:
    ///   - sha256: the hash of the bytes it is made from, ``Blob/sha256``.
    ///   - variant: which thing is made and how, such as `thumbnail-320`; lower-case letters, digits and hyphens.
    ///   - make: makes it where there is none; a failure is not remembered.
    /// - Throws: ``StoreError/invalidValue(of:field:found:expected:)`` for another sort of hash or variant; what `make`
    ///   throws. A disk that cannot keep it is no failure: it is made again next time.
    public func bytes(
        of sha256: Data, variant: String, make: @escaping @Sendable () async throws -> Data
    ) async throws -> Data {
        guard sha256.count == 32 else {
            throw StoreError.invalidValue(
                of: "derived file", field: "sha256", found: "\(sha256.count) bytes", expected: "32 bytes")
        }
        guard !variant.isEmpty, variant.utf8.allSatisfy({ $0.isLowerCaseLetterOrDigit || $0 == UInt8(ascii: "-") })
        else {
            throw StoreError.invalidValue(
                of: "derived file", field: "variant", found: "\"\(variant)\"",
                expected: "lower-case letters, digits and hyphens")
        }
        let key = Key(sha256: sha256, variant: variant)
        if let task = underWay[key] { return try await task.value }
        let (path, folder) = (path(of: key), folder)
        // A task of its own: the first who asked may go away while others wait for the same bytes.
        let task = Task { () async throws -> Data in
            if let known = try? await DiskExecutor.run({ try Data(contentsOf: URL(filePath: path)) }) { return known }
            let bytes = try await make()
            try? await Self.keep(bytes, at: path, folder: folder)
            return bytes
        }
        underWay[key] = task
        defer { underWay[key] = nil }
        return try await task.value
    }

    private func path(of key: Key) -> String {
        let hash = key.sha256.hexadecimal
        return "\(folder)/\(hash.prefix(2))/\(hash).\(key.variant)"
    }

    /// Writes the file whole or not at all: a reader never sees half of it, and a power cut leaves none.
    private static func keep(_ bytes: Data, at path: String, folder: String) async throws {
        let temporary = ContentWriter(path: "\(folder)/\(UUID().uuidString)")
        do {
            try await temporary.begin()
            _ = try await temporary.append([UInt8](bytes))
            try await temporary.publish(at: path)
        } catch {
            await temporary.abandon()
            throw error
        }
    }

    /// Removes what was made from bytes that are gone.
    ///
    /// - Parameter isKnown: the hashes among those given whose bytes are still there.
    nonisolated func sweep(known isKnown: (_ hashes: [Data]) async throws -> Set<Data>) async throws {
        for shard in DataFolder.shards {
            try Task.checkCancellation()
            let path = "\(folder)/\(shard)"
            let names = try await DiskExecutor.run { try SystemCall.names(in: path) }
            guard !names.isEmpty else { continue }
            let known = try await isKnown(names.compactMap { Data(hexadecimal: $0.prefix { $0 != "." }) })
            let orphans = names.filter { name in
                let hash = Data(hexadecimal: name.prefix { $0 != "." })
                return hash.map { !known.contains($0) } ?? true
            }
            try await DiskExecutor.run { for name in orphans { try SystemCall.remove("\(path)/\(name)") } }
        }
    }
}
