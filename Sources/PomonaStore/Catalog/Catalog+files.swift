import GRDB

extension Catalog {
    /// Changes rows, then removes the files that the change left without a row.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (Database, inout ReleasedFiles) throws -> Value
    ) async throws -> Value {
        let (value, contentFiles, otherFiles) = try await write { database in
            var released = ReleasedFiles()
            let value = try body(database, &released)
            return (value, try released.removeContentRows(database), released.modelFiles)
        }
        await contents.remove(contentFiles)
        await modelFiles.remove(otherFiles)
        return value
    }

    /// Writes bytes to a file, then the row that points at it.
    ///
    /// - Parameters:
    ///   - measures: what the digest has beside the length.
    ///   - body: writes the row of the content whose number it is given, and what else changes with it.
    func add<Value: Sendable>(
        measures: ContentMeasures = .all,
        writing fill: (ContentWriter) async throws -> Void,
        checking check: (ContentDigest) throws -> Void = { _ in },
        _ body: @escaping @Sendable (Database, Content.ID, ContentDigest, inout ReleasedFiles) throws -> Value
    ) async throws -> Value {
        let file = try await contents.write(measures: measures) { writer in
            try await fill(writer)
            try check(await writer.digest())
        }
        do {
            let value = try await change { database, released in
                let content = try Content.insert(database, file: file)
                return try body(database, content, file.digest, &released)
            }
            contents.claim(file.name)
            return value
        } catch {
            await takeBack(file, to: contents) { try Content.knownFiles($0, among: $1) }
            throw error
        }
    }

    /// Removes a file whose row was not written. Where even that cannot be told, as on a broken disk, the file stays, and
    /// the next start's sweep decides.
    func takeBack(
        _ file: FileShelf.Unclaimed, to shelf: FileShelf,
        known isKnown: @escaping @Sendable (Database, [String]) throws -> Set<String>
    ) async {
        guard let known = try? await read({ try isKnown($0, [file.name]) }) else { return }
        if known.isEmpty { await shelf.remove([file.name]) }
        shelf.claim(file.name)
    }
}
