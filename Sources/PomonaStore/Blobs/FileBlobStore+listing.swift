import GRDB

extension FileBlobStore {
    public func blobs(in address: ContainerAddress, _ query: BlobListQuery) async throws -> BlobPage {
        let start = try query.marker.map { try ListMarker(text: $0) }
        return try await catalog.read { database in
            let container = try BlobContainer.fetch(database, address)
            var walk = BlobListWalk(container: container, query: query, start: start)
            return try walk.page(database)
        }
    }
}

/// Gathers one page. With a delimiter it leaps from one common prefix over all its blobs to what comes after them, so that
/// a page costs what it shows, not what it hides.
private struct BlobListWalk {
    private enum Bound {
        case from(String)
        case after(String)
        case end
    }

    private let container: BlobContainer
    private let query: BlobListQuery
    private let delimiter: String?
    private let end: String?
    private var next: Bound
    private var entries: [BlobListEntry] = []
    private var last: ListMarker?

    init(container: BlobContainer, query: BlobListQuery, start: ListMarker?) {
        self.container = container
        self.query = query
        delimiter = query.delimiter.flatMap { $0.isEmpty ? nil : $0 }
        end = query.prefix.firstTextAfterAllWithThisPrefix
        next =
            switch start {
            case .after(let name)? where name.isAtLeast(query.prefix): .after(name)
            case .afterPrefix(let prefix)? where prefix.isAtLeast(query.prefix): Self.bound(after: prefix)
            default: .from(query.prefix)
            }
    }

    private static func bound(after prefix: String) -> Bound {
        prefix.firstTextAfterAllWithThisPrefix.map { .from($0) } ?? .end
    }

    mutating func page(_ database: Database) throws -> BlobPage {
        while try takeRun(database) {}
        let isFull = entries.count > query.maximumCount
        if isFull { entries.removeLast() }
        return BlobPage(container: container, entries: entries, nextMarker: isFull ? last?.text : nil)
    }

    /// Takes blobs up to the first that belongs to a common prefix, and that prefix.
    ///
    /// - Returns: whether there may be more to take.
    private mutating func takeRun(_ database: Database) throws -> Bool {
        guard let rows = try cursor(database) else { return false }
        while let row = try rows.next() {
            let blob = try Blob(row, container: container.address)
            let prefix = commonPrefix(of: blob.address.name)
            // The last entry of a full page is one too many: it only shows that there is another page.
            if entries.count < query.maximumCount {
                last = prefix.map { .afterPrefix($0) } ?? .after(blob.address.name)
            }
            entries.append(prefix.map { .prefix($0) } ?? .blob(blob))
            if entries.count > query.maximumCount { return false }
            if let prefix {
                next = Self.bound(after: prefix)
                return true
            }
        }
        return false
    }

    private func cursor(_ database: Database) throws -> RowCursor? {
        let (comparison, bound): (String, String)
        switch next {
        case .from(let name): (comparison, bound) = (">=", name)
        case .after(let name): (comparison, bound) = (">", name)
        case .end: return nil
        }
        let statement = try database.cachedStatement(
            sql: """
                SELECT \(Blob.columns) FROM blob
                WHERE container = ? AND name \(comparison) ? \(end == nil ? "" : "AND name < ?")
                ORDER BY name LIMIT ?
                """)
        let limit = query.maximumCount + 1 - entries.count
        var arguments: StatementArguments = [container.id.rawValue, bound]
        if let end { arguments += [end] }
        return try Row.fetchCursor(statement, arguments: arguments + [limit])
    }

    /// The part of a name up to the first delimiter after the query's prefix, `nil` where there is none.
    private func commonPrefix(of name: String) -> String? {
        guard let delimiter else { return nil }
        let name = name.utf8
        let wanted = Array(delimiter.utf8)
        var start = name.index(name.startIndex, offsetBy: query.prefix.utf8.count)
        while start < name.endIndex {
            let rest = name[start...]
            if rest.starts(with: wanted) {
                return String(decoding: name[..<name.index(start, offsetBy: wanted.count)], as: UTF8.self)
            }
            start = name.index(after: start)
        }
        return nil
    }
}

extension String {
    /// Whether the text comes at or after another in the order of UTF-8's bytes, which is the catalog's; Swift's own order
    /// takes different spellings of one letter as equal.
    fileprivate func isAtLeast(_ other: String) -> Bool {
        !utf8.lexicographicallyPrecedes(other.utf8)
    }
}
