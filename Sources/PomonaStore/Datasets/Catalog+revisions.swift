public import Foundation
import GRDB

extension Catalog: RevisionStoring {
    public func freeze(_ revision: NewRevision) async throws -> DatasetRevision {
        if let known = try await read({ try DatasetRevision.fetch($0, like: revision) }) { return known }
        let time = now()
        return try await add { writer in
            _ = try await writer.append(revision.body)
        } _: { database, content, _, released in
            // Another may have frozen the same meanwhile.
            if let known = try DatasetRevision.fetch(database, like: revision) {
                released.insert(content)
                return known
            }
            let dataset = try Dataset.fetch(database, revision.dataset)
            try ResourceGroup.fetchUsable(database, dataset.group)
            try database.execute(
                sql: """
                    INSERT INTO datasetRevision (resourceGroup, dataset, datasetName, labelsSHA256, photosSHA256,
                        photoCount, body, createdAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    dataset.group.rawValue, dataset.id.rawValue, dataset.name, revision.labelsSHA256,
                    revision.photosSHA256, revision.photos.count, content.rawValue, time.milliseconds,
                ])
            let id = DatasetRevision.ID(rawValue: database.lastInsertedRowID)
            try DatasetRevision.keepPhotos(revision.photos, of: id, database)
            return try DatasetRevision.fetch(database, id)
        }
    }

    public func revision(_ id: DatasetRevision.ID) async throws -> DatasetRevision {
        try await read { try DatasetRevision.fetch($0, id) }
    }

    public func body(of revision: DatasetRevision.ID) async throws -> BlobBytes {
        let (file, length) = try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT file, length FROM datasetRevision JOIN content ON content.id = datasetRevision.body
                    WHERE datasetRevision.id = ?
                    """,
                arguments: [revision.rawValue])
            guard let row else { throw StoreError.missing(DatasetRevision.kindName, named: "\(revision)") }
            return (row[0] as String, row[1] as Int64)
        }
        let path = contents.path(of: file)
        let reader = ContentReader(path: path, range: 0..<length)
        guard try await reader.begin() else {
            throw StoreError.system(operation: "read", path: path, reason: "the file of the revision is not there")
        }
        return BlobBytes { try await reader.next() }
    }

    public func photoFiles(of revision: DatasetRevision.ID) async throws -> [Data: String] {
        let composed = try await read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT content FROM revisionContent WHERE revision = ? AND EXISTS (SELECT 1 FROM committedBlock
                        WHERE committedBlock.content = revisionContent.content AND source IS NOT NULL)
                    """,
                arguments: [revision.rawValue])
        }
        for content in composed { _ = try await joinedFile(of: Content.ID(rawValue: content)) }
        return try await read { [contents] database in
            _ = try DatasetRevision.fetch(database, revision)
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT sha256, file FROM revisionContent JOIN content ON content.id = revisionContent.content
                    WHERE revision = ?
                    """,
                arguments: [revision.rawValue])
            var files: [Data: String] = [:]
            while let row = try rows.next() { files[row[0]] = contents.path(of: row[1]) }
            return files
        }
    }
}

extension DatasetRevision {
    static let kindName = "dataset revision"

    static let selection = """
        SELECT datasetRevision.*, content.length, content.sha256 FROM datasetRevision
        JOIN content ON content.id = datasetRevision.body
        """

    init(_ row: Row) {
        self.init(
            id: row.id("id"), group: row.id("resourceGroup"), dataset: row.optionalID("dataset"),
            datasetName: row["datasetName"], labelsSHA256: row["labelsSHA256"], photosSHA256: row["photosSHA256"],
            photoCount: row["photoCount"], bodyLength: row["length"], bodySHA256: row["sha256"],
            createdAt: row.date("createdAt"))
    }

    static func fetch(_ database: Database, _ id: ID) throws -> DatasetRevision {
        let row = try Row.fetchOne(
            database, sql: selection + " WHERE datasetRevision.id = ?", arguments: [id.rawValue])
        guard let row else { throw StoreError.missing(kindName, named: "\(id)") }
        return DatasetRevision(row)
    }

    /// The revision of the same dataset with the same labels and photos, `nil` where there is none.
    fileprivate static func fetch(_ database: Database, like revision: NewRevision) throws -> DatasetRevision? {
        try Row.fetchOne(
            database, sql: selection + " WHERE dataset = ? AND labelsSHA256 = ? AND photosSHA256 = ?",
            arguments: [revision.dataset.rawValue, revision.labelsSHA256, revision.photosSHA256]
        ).map(DatasetRevision.init)
    }

    /// Makes the bytes of the photos stay as long as the revision does.
    fileprivate static func keepPhotos(_ photos: [NewRevision.Photo], of revision: ID, _ database: Database) throws {
        let insertion = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO revisionContent (revision, content) VALUES (?, ?)")
        var containers: [ContainerAddress: BlobContainer] = [:]
        for photo in photos {
            let address = photo.blob.container
            let container = try containers[address] ?? BlobContainer.fetch(database, address)
            containers[address] = container
            guard let stored = try StoredBlob.fetch(database, container, named: photo.blob.name) else {
                throw BlobError.blobMissing(photo.blob)
            }
            guard stored.blob.sha256 == photo.sha256 else { throw StoreError.photoChanged(photo.blob) }
            try insertion.execute(arguments: [revision.rawValue, stored.content.rawValue])
        }
    }

    /// Removes a group's revisions that belong to no dataset, model or evaluation any more.
    static func removeUnused(
        _ database: Database, in group: ResourceGroup.ID, _ released: inout ReleasedFiles
    ) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, body FROM datasetRevision WHERE resourceGroup = ? AND dataset IS NULL
                    AND NOT EXISTS (SELECT 1 FROM model WHERE revision = datasetRevision.id)
                    AND NOT EXISTS (SELECT 1 FROM modelRevision WHERE revision = datasetRevision.id)
                    AND NOT EXISTS (SELECT 1 FROM evaluation WHERE revision = datasetRevision.id)
                """,
            arguments: [group.rawValue])
        for row in rows {
            let photos = try Int64.fetchAll(
                database, sql: "SELECT content FROM revisionContent WHERE revision = ?", arguments: [row[0] as Int64])
            for content in photos + [row[1]] { released.insert(Content.ID(rawValue: content)) }
            try database.execute(sql: "DELETE FROM datasetRevision WHERE id = ?", arguments: [row[0] as Int64])
        }
    }
}
