import GRDB

/// The files that a change stopped pointing at.
struct ReleasedFiles {
    private var contents: Set<Content.ID> = []
    private(set) var modelFiles: [String] = []

    mutating func insert(_ content: Content.ID) { contents.insert(content) }

    mutating func insert(modelFile: String) { modelFiles.append(modelFile) }

    /// Removes the rows of those contents that nothing points at any more, at the end of the change.
    ///
    /// - Returns: the names of their files.
    func removeContentRows(_ database: Database) throws -> [String] {
        guard !contents.isEmpty else { return [] }
        let sources = try database.cachedStatement(
            sql: "SELECT source FROM committedBlock WHERE content = ? AND source IS NOT NULL")
        let statement = try database.cachedStatement(
            sql: """
                DELETE FROM content WHERE id = :id
                    AND NOT EXISTS (SELECT 1 FROM blob WHERE content = :id)
                    AND NOT EXISTS (SELECT 1 FROM stagedBlock WHERE content = :id)
                    AND NOT EXISTS (SELECT 1 FROM revisionContent WHERE content = :id)
                    AND NOT EXISTS (SELECT 1 FROM datasetRevision WHERE body = :id)
                    AND NOT EXISTS (SELECT 1 FROM committedBlock WHERE source = :id)
                RETURNING file
                """)
        var files: [String] = []
        // The pieces of a content that goes may go with it.
        var rest = contents.sorted()
        while let content = rest.popLast() {
            let pieces = try Int64.fetchAll(sources, arguments: [content.rawValue])
            let removed = try String.fetchAll(statement, arguments: ["id": content.rawValue])
            if !removed.isEmpty { rest += pieces.map(Content.ID.init(rawValue:)) }
            files += removed
        }
        return files
    }
}
