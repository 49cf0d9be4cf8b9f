import Foundation
import GRDB
import PomonaCore

/// How a project's photos follow those of its container.
public struct PhotoChanges: Hashable, Sendable {
    /// Photos that joined.
    public var added = 0
    /// Photos whose bytes are others than before.
    public var replaced = 0
    /// Photos that are no longer in the container; their labels stay, in case they come back.
    public var gone = 0
    /// Photos that are there again.
    public var returned = 0

    public init() {}

    public var isEmpty: Bool { self == PhotoChanges() }
}

extension Catalog {
    /// Brings a project's photos to what its container holds. Photos that nobody has looked at yet, or that cannot be
    /// decoded, do not join.
    ///
    /// New ones come in an order that follows from the project's seed, behind those there are. A photo with other bytes that
    /// was labeled needs a review; one without labels simply shows the new bytes.
    public func takePhotos(into project: LabelingProject.ID) async throws -> PhotoChanges {
        let time = now()
        return try await write { [self] database in
            let owner = try LabelingProject.fetch(database, project)
            let container = try Int64.fetchOne(
                database, sql: "SELECT container FROM project WHERE id = ?", arguments: [project.rawValue])
            var changes = PhotoChanges()
            guard let container else { return changes }
            try follow(owner, container, &changes, database, at: time)
            var photos = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, name, sha256, width, height FROM blobItem
                    WHERE container = ? AND isPhoto = 1 AND width IS NOT NULL AND problemCode IS NULL
                        AND NOT EXISTS (SELECT 1 FROM task WHERE task.project = ? AND task.name = blobItem.name)
                    ORDER BY name
                    """,
                arguments: [container, project.rawValue])
            let last = try Int.fetchOne(
                database, sql: "SELECT max(number) FROM task WHERE project = ?", arguments: [project.rawValue])
            let first = (last ?? 0) + 1
            var generator = SeededGenerator(seed: owner.seed, first)
            photos.shuffle(using: &generator)
            let insertion = try database.cachedStatement(
                sql: """
                    INSERT INTO task (project, number, name, item, sha256, width, height, state, revision, annotations,
                        annotationCount, suggestions, modifiedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'unlabeled', 0, '[]', 0, '[]', ?)
                    """)
            for (offset, row) in photos.enumerated() {
                try insertion.execute(arguments: [
                    project.rawValue, first + offset, row["name"] as String, row["id"] as Int64, row["sha256"] as Data,
                    row["width"] as Int, row["height"] as Int, time.milliseconds,
                ])
            }
            changes.added = photos.count
            if !changes.isEmpty { noteChange(of: project) }
            return changes
        }
    }

    private func follow(
        _ project: LabelingProject, _ container: Int64, _ changes: inout PhotoChanges, _ database: Database,
        at time: Date
    ) throws {
        try database.execute(
            sql: """
                UPDATE task SET isGone = 1 WHERE project = ? AND isGone = 0 AND NOT EXISTS (
                    SELECT 1 FROM blobItem WHERE blobItem.container = ? AND blobItem.name = task.name)
                """,
            arguments: [project.id.rawValue, container])
        changes.gone = database.changesCount
        try database.execute(
            sql: """
                UPDATE task SET isGone = 0 WHERE project = ? AND isGone = 1 AND EXISTS (
                    SELECT 1 FROM blobItem WHERE blobItem.container = ? AND blobItem.name = task.name)
                """,
            arguments: [project.id.rawValue, container])
        changes.returned = database.changesCount
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT task.id AS task, task.sha256 AS old, blobItem.* FROM task
                JOIN blobItem ON blobItem.container = ? AND blobItem.name = task.name
                WHERE task.project = ? AND task.item <> blobItem.id AND blobItem.width IS NOT NULL
                """,
            arguments: [container, project.id.rawValue])
        for row in rows {
            let hasOtherBytes = (row["old"] as Data) != (row["sha256"] as Data)
            if hasOtherBytes { changes.replaced += 1 }
            try database.execute(
                sql: """
                    UPDATE task SET item = :item, sha256 = :sha256, width = :width, height = :height,
                        revision = revision + :isOther, modifiedAt = :time,
                        suggestions = CASE WHEN :isOther THEN '[]' ELSE suggestions END,
                        state = CASE WHEN :isOther AND state IN ('submitted', 'approved') THEN 'needsReview'
                            WHEN :isOther AND state = 'preLabeled' THEN 'unlabeled' ELSE state END
                    WHERE id = :task
                    """,
                arguments: [
                    "item": row["id"] as Int64, "sha256": row["sha256"] as Data, "width": row["width"] as Int,
                    "height": row["height"] as Int, "isOther": hasOtherBytes ? 1 : 0, "time": time.milliseconds,
                    "task": row["task"] as Int64,
                ])
        }
    }

    /// Where the bytes of a project's photo are, with their hash.
    ///
    /// - Throws: ``BlobError/blobMissing(_:)``, ``StoreError/missing(_:named:)``.
    public func address(of task: LabelingTask, in project: LabelingProject) throws -> BlobAddress {
        guard let container = project.container else {
            throw StoreError.missing("container of the labeling project", named: "\"\(project.name)\"")
        }
        return BlobAddress(container: container, name: task.name)
    }
}
