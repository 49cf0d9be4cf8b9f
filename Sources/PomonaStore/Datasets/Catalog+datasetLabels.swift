import Foundation
import GRDB

extension Catalog {
    /// A dataset's files and tags. A file that came without a row, as through another interface, gets one.
    public func labelState(of id: Dataset.ID) async throws -> DatasetLabelState {
        let (dataset, state) = try await read { database in
            let dataset = try Dataset.fetch(database, id)
            return (dataset, try DatasetLabelState(database, dataset))
        }
        if Set(state.files.map(\.reference)) == Set(dataset.cocoFiles) { return state }
        let time = now()
        return try await write { database in
            let dataset = try Dataset.fetch(database, id)
            for reference in dataset.cocoFiles {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO datasetFile (dataset, reference, source, addedAt) VALUES (?, ?, ?, ?)",
                    arguments: [id.rawValue, reference, DatasetFile.Source.blob.rawValue, time.milliseconds])
            }
            let known = try Row.fetchAll(
                database, sql: "SELECT id, reference FROM datasetFile WHERE dataset = ?", arguments: [id.rawValue])
            for row in known where !dataset.cocoFiles.contains(row["reference"]) {
                try database.execute(sql: "DELETE FROM datasetFile WHERE id = ?", arguments: [row["id"] as Int64])
            }
            return try DatasetLabelState(database, dataset)
        }
    }

    /// Puts a COCO file on a dataset, at the end of its list or in the place of another.
    ///
    /// - Parameter old: the file that it replaces.
    @discardableResult
    public func attachFile(
        _ reference: String, source: DatasetFile.Source, counts: DatasetFile.Counts, to id: Dataset.ID,
        replacing old: String? = nil
    ) async throws -> DatasetFile {
        let time = now()
        _ = try await updateDataset(id, ifMatch: nil) { dataset in
            if let old, let place = dataset.cocoFiles.firstIndex(of: old) {
                dataset.cocoFiles[place] = reference
            } else {
                dataset.cocoFiles.append(reference)
            }
            var seen: Set<String> = []
            dataset.cocoFiles.removeAll { !seen.insert($0).inserted }
        }
        return try await write { database in
            if let old, old != reference {
                try database.execute(
                    sql: "DELETE FROM datasetFile WHERE dataset = ? AND reference = ?", arguments: [id.rawValue, old])
            }
            try database.execute(
                sql: """
                    INSERT INTO datasetFile
                        (dataset, reference, source, imageCount, annotationCount, findingCount, addedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (dataset, reference) DO UPDATE SET source = excluded.source,
                        imageCount = excluded.imageCount, annotationCount = excluded.annotationCount,
                        findingCount = excluded.findingCount, addedAt = excluded.addedAt
                    """,
                arguments: [
                    id.rawValue, reference, source.rawValue, counts.images, counts.annotations, counts.findings,
                    time.milliseconds,
                ])
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM datasetFile WHERE dataset = ? AND reference = ?",
                arguments: [id.rawValue, reference])
            guard let row else { throw StoreError.missing("COCO file", named: reference) }
            return try DatasetFile(row)
        }
    }

    /// Takes a COCO file off a dataset; the blob itself stays.
    public func detachFile(_ file: DatasetFile.ID, from id: Dataset.ID) async throws {
        let reference = try await read { database in
            try String.fetchOne(
                database, sql: "SELECT reference FROM datasetFile WHERE id = ? AND dataset = ?",
                arguments: [file.rawValue, id.rawValue])
        }
        guard let reference else { throw StoreError.missing("COCO file", named: "\(file)") }
        _ = try await updateDataset(id, ifMatch: nil) { $0.cocoFiles.removeAll { $0 == reference } }
        try await write { database in
            try database.execute(sql: "DELETE FROM datasetFile WHERE id = ?", arguments: [file.rawValue])
        }
    }

    /// Writes down what reading a file found.
    public func setCounts(_ counts: DatasetFile.Counts, of file: DatasetFile.ID) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE datasetFile SET imageCount = ?, annotationCount = ?, findingCount = ? WHERE id = ?",
                arguments: [counts.images, counts.annotations, counts.findings, file.rawValue])
        }
    }

    /// Sets a dataset's name or the order of its tags.
    ///
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``.
    public func changeDataset(_ id: Dataset.ID, name: String?, tags: [String]?) async throws -> Dataset {
        let name = try name.map { try ItemName.validated($0, of: Dataset.kindName) }
        let time = now().milliseconds
        return try await write { database in
            let dataset = try Dataset.fetch(database, id)
            let group = try ResourceGroup.fetchUsable(database, dataset.group)
            if let name, name != dataset.name {
                let isTaken = try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT 1 FROM dataset WHERE resourceGroup = ? AND name = ?)",
                    arguments: [dataset.group.rawValue, name])
                if isTaken == true { throw StoreError.nameTaken(of: Dataset.kindName, name, within: group.place) }
            }
            try database.execute(
                sql: """
                    UPDATE dataset SET name = ifnull(?, name), tags = ifnull(?, tags), eTag = ?, modifiedAt = ?,
                        labelsVersion = labelsVersion + 1
                    WHERE id = ?
                    """,
                arguments: [name, try tags.map(listText), ETag.fresh().rawValue, time, id.rawValue])
            return try Dataset.fetch(database, id)
        }
    }

    // MARK: Tags of whole photos

    /// What was tagged by hand: names of blobs with their tag, or with none where a file's was taken away.
    public func photoTags(of id: Dataset.ID) async throws -> [String: String?] {
        try await read { database in
            var tags: [String: String?] = [:]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT name, tag FROM photoTag WHERE dataset = ?", arguments: [id.rawValue])
            while let row = try rows.next() { tags.updateValue(row[1], forKey: row[0]) }
            return tags
        }
    }

    /// Tags photos by hand, or takes their tag away.
    ///
    /// - Parameter tag: `nil` for none.
    /// - Returns: the dataset's new version.
    public func setTag(_ tag: String?, ofPhotos names: [String], of id: Dataset.ID) async throws -> Int {
        let time = now().milliseconds
        return try await write { database in
            let dataset = try Dataset.fetch(database, id)
            try ResourceGroup.fetchUsable(database, dataset.group)
            let statement = try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO photoTag (dataset, name, tag) VALUES (?, ?, ?)")
            for name in names { try statement.execute(arguments: [id.rawValue, name, tag]) }
            try database.execute(
                sql: """
                    UPDATE dataset SET labelsVersion = labelsVersion + 1, modifiedAt = ?, eTag = ? WHERE id = ?
                    """,
                arguments: [time, ETag.fresh().rawValue, id.rawValue])
            return try Int.fetchOne(
                database, sql: "SELECT labelsVersion FROM dataset WHERE id = ?", arguments: [id.rawValue]) ?? 1
        }
    }
}

extension DatasetLabelState {
    fileprivate init(_ database: Database, _ dataset: Dataset) throws {
        let row = try Row.fetchOne(
            database, sql: "SELECT tags, labelsVersion FROM dataset WHERE id = ?", arguments: [dataset.id.rawValue])
        let files = try Row.fetchAll(
            database, sql: "SELECT * FROM datasetFile WHERE dataset = ?", arguments: [dataset.id.rawValue]
        ).map(DatasetFile.init)
        let places = Dictionary(
            dataset.cocoFiles.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(
            tags: try row?.list("tags") ?? [], version: row?["labelsVersion"] ?? 1,
            files: files.sorted { places[$0.reference] ?? .max < places[$1.reference] ?? .max })
    }
}

extension DatasetFile {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: row.id("id"), dataset: row.id("dataset"), reference: row["reference"], source: try row.word("source"),
            counts: Counts(
                images: row["imageCount"], annotations: row["annotationCount"], findings: row["findingCount"]),
            addedAt: row.date("addedAt"))
    }
}
