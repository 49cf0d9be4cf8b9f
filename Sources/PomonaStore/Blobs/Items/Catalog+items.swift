import Foundation
import GRDB

extension Catalog {
    /// - Throws: ``StoreError/missing(_:named:)``.
    public func item(_ id: BlobItem.ID) async throws -> BlobItem {
        let items = try await items([id])
        guard let item = items.first else { throw StoreError.missing("blob", named: "\(id)") }
        return item
    }

    /// Those of the numbers that there are, in no order.
    public func items(_ ids: [BlobItem.ID]) async throws -> [BlobItem] {
        try await read { database in
            let statement = try database.cachedStatement(sql: BlobItem.selection + " WHERE blobItem.id = ?")
            return try ids.compactMap { id in
                try Row.fetchOne(statement, arguments: [id.rawValue]).map { BlobItem($0) }
            }
        }
    }

    /// The blob of a name, `nil` where there is none.
    public func item(named name: String, in container: BlobContainer.ID) async throws -> BlobItem? {
        try await read { database in
            try Row.fetchOne(
                database, sql: BlobItem.selection + " WHERE blobItem.container = ? AND blobItem.name = ?",
                arguments: [container.rawValue, name]
            ).map { BlobItem($0) }
        }
    }

    /// Part of a container's list, and how many the query lets through.
    public func items(in container: BlobContainer.ID, _ query: BlobItemQuery, skip: Int, limit: Int) async throws -> (
        items: [BlobItem], total: Int
    ) {
        let (condition, search) = query.condition
        return try await read { database in
            var arguments: StatementArguments = ["container": container.rawValue]
            if let search { _ = arguments.append(contentsOf: ["search": search]) }
            let total: Int
            if query == BlobItemQuery(order: query.order) {
                total =
                    try Int.fetchOne(
                        database, sql: "SELECT blobCount FROM container WHERE id = ?", arguments: [container.rawValue])
                    ?? 0
            } else {
                total =
                    try Int.fetchOne(
                        database, sql: "SELECT count(*) FROM blobItem WHERE \(condition)", arguments: arguments) ?? 0
            }
            _ = arguments.append(contentsOf: ["limit": limit, "skip": skip])
            let rows = try Row.fetchCursor(
                database,
                sql: BlobItem.selection + " WHERE \(condition) ORDER BY \(query.order.sql) LIMIT :limit OFFSET :skip",
                arguments: arguments)
            return (try Array(rows.map { BlobItem($0) }), total)
        }
    }

    /// All photos of a container, in the order of their names.
    public func photoItems(in container: BlobContainer.ID) async throws -> [BlobItem] {
        try await items(in: container, BlobItemQuery(kind: .photo), skip: 0, limit: .max).items
    }

    /// How many photos a container has, without those that turned out to be none.
    public func usablePhotoCount(in container: BlobContainer.ID) async throws -> Int {
        try await read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT photoCount - (SELECT count(*) FROM blobItem
                        WHERE container = :container AND problemCode IS NOT NULL AND isPhoto = 1)
                    FROM container WHERE id = :container
                    """, arguments: ["container": container.rawValue]) ?? 0
        }
    }

    /// Which of the names a container has.
    public func existingNames(_ names: [String], in container: BlobContainer.ID) async throws -> [String] {
        try await read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM blobItem WHERE container = ? AND name = ?)")
            return try names.filter { try Bool.fetchOne(statement, arguments: [container.rawValue, $0]) == true }
        }
    }

    /// A word that is another one after every change of a container's blobs, also where one turned out to be no photo.
    public func contentVersion(of container: BlobContainer.ID) async throws -> String {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT blobCount, byteCount, (SELECT max(id) FROM blobItem WHERE container = :container),
                        (SELECT count(*) FROM blobItem WHERE container = :container AND problemCode IS NOT NULL)
                    FROM container WHERE id = :container
                    """,
                arguments: ["container": container.rawValue])
            guard let row else { return "gone" }
            return "\(row[0] as Int64)-\(row[1] as Int64)-\(row[2] as Int64? ?? 0)-\(row[3] as Int64)"
        }
    }

    /// A word that is another one, too, after more was found out about a container's photos.
    public func examinationVersion(of container: BlobContainer.ID) async throws -> String {
        let content = try await contentVersion(of: container)
        let rest = try await read { database in
            try Row.fetchOne(
                database,
                // Those that were not looked at are few, and an index lists them.
                sql: """
                    SELECT count(*), total(examination) FROM blobItem
                    WHERE isPhoto = 1 AND examination < 2 AND container = ?
                    """, arguments: [container.rawValue]
            ).map { "\($0[0] as Int64)-\($0[1] as Int64)" }
        }
        return "\(content) \(rest ?? "")"
    }

    // MARK: Examination

    /// Photos that were not looked at that far, the oldest first.
    ///
    /// - Parameter container: only of this one.
    public func itemsToExamine(
        _ depth: BlobItem.Examination, in container: BlobContainer.ID? = nil, limit: Int
    ) async throws -> [BlobItem] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: BlobItem.selection + """
                     WHERE blobItem.isPhoto = 1 AND blobItem.examination < 2 AND blobItem.examination < :depth
                        AND (:container IS NULL OR blobItem.container = :container)
                    ORDER BY blobItem.id LIMIT :limit
                    """,
                arguments: ["depth": depth.rawValue, "container": container?.rawValue, "limit": limit]
            ).map { BlobItem($0) }
        }
    }

    /// Writes down what looking at photos found. A photo that was replaced meanwhile has another number and is passed over.
    public func setExaminations(_ examinations: [BlobItem.ID: PhotoExamination]) async throws {
        try await write { [changeObserver] database in
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE blobItem SET examination = ?, width = ?, height = ?, appearance = ?, problemCode = ?,
                        problemMessage = ? WHERE id = ? AND examination < ? RETURNING container
                    """)
            for (id, found) in examinations {
                let container = try Int64.fetchOne(
                    statement,
                    arguments: [
                        found.depth.rawValue, found.width, found.height, found.appearance, found.problem?.code,
                        found.problem?.message, id.rawValue, found.depth.rawValue,
                    ])
                if let container, found.problem != nil {
                    changeObserver.note(ChangeSubject(table: "container", row: container))
                }
            }
        }
    }

    // MARK: Uploads

    /// What the upload of an identifier made before; `nil` for a new one.
    public func item(ofUpload id: String) async throws -> BlobItem? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: BlobItem.selection + " JOIN upload ON upload.item = blobItem.id WHERE upload.id = ?",
                arguments: [id]
            ).map { BlobItem($0) }
        }
    }
}

extension BlobItem {
    /// Remembers what an upload made, with the blob's own row; those of the day before are forgotten.
    static func noteUpload(
        _ id: String, _ database: Database, in container: BlobContainer.ID, named name: String, at time: Date
    ) throws {
        try database.execute(
            sql: "DELETE FROM upload WHERE createdAt < ?", arguments: [time.milliseconds - 86_400_000])
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO upload (id, container, item, createdAt)
                SELECT ?, container, id, ? FROM blobItem WHERE container = ? AND name = ?
                """, arguments: [id, time.milliseconds, container.rawValue, name])
    }
}

extension BlobItemQuery {
    fileprivate var condition: (sql: String, search: String?) {
        var parts = ["blobItem.container = :container"]
        switch kind {
        case .all: break
        case .photo: parts.append("blobItem.isPhoto = 1")
        case .json: parts.append("blobItem.name LIKE '%.json'")
        }
        if hasProblem { parts.append("blobItem.problemCode IS NOT NULL") }
        guard !search.isEmpty else { return (parts.joined(separator: " AND "), nil) }
        parts.append("blobItem.name LIKE :search ESCAPE '\\'")
        let plain = search.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return (parts.joined(separator: " AND "), "%\(plain)%")
    }
}

extension BlobItemQuery.Order {
    fileprivate var sql: String {
        switch self {
        case .name: "blobItem.name"
        case .nameDown: "blobItem.name DESC"
        case .createdAt: "blobItem.createdAt, blobItem.id"
        case .createdAtDown: "blobItem.createdAt DESC, blobItem.id DESC"
        case .bytes: "blobItem.length, blobItem.id"
        case .bytesDown: "blobItem.length DESC, blobItem.id DESC"
        }
    }
}

extension BlobItem {
    /// The columns that ``init(_:)`` reads, by their order: looking them up by name would be most of what a row costs.
    static let selection = """
        SELECT blobItem.id, blobItem.container, storageAccount.name, container.name, blobItem.name, blobItem.length,
            blobItem.sha256, blobItem.contentType, blobItem.createdAt, blobItem.isPhoto, blobItem.examination,
            blobItem.width, blobItem.height, blobItem.appearance, blobItem.problemCode, blobItem.problemMessage
        FROM blobItem
        JOIN container ON container.id = blobItem.container AND container.deletedAt IS NULL
        JOIN storageAccount ON storageAccount.id = container.account
        """

    init(_ row: Row) {
        let problem = (row[14] as String?).map { ItemFailure(code: $0, message: row[15] ?? "") }
        self.init(
            id: ID(rawValue: row[0]), container: BlobContainer.ID(rawValue: row[1]),
            address: BlobAddress(container: ContainerAddress(account: row[2], name: row[3]), name: row[4]),
            length: row[5], sha256: row[6], contentType: row[7], createdAt: Date(milliseconds: row[8]),
            isPhoto: row[9], examination: Examination(rawValue: row[10]) ?? .none, width: row[11], height: row[12],
            appearance: row[13], problem: problem)
    }
}
