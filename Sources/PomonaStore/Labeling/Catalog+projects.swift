import Foundation
import GRDB

/// A labeling project to be made.
public struct NewProject: Sendable {
    public var name: String
    public var dataset: Dataset.ID
    public var settings: LabelingSettings
    public var seed: UInt64

    public init(
        name: String, dataset: Dataset.ID, settings: LabelingSettings = LabelingSettings(),
        seed: UInt64 = .random(in: 0...UInt64(UInt32.max))
    ) {
        self.name = name
        self.dataset = dataset
        self.settings = settings
        self.seed = seed
    }
}

extension Catalog {
    /// Makes a project of a dataset, without categories and photos.
    ///
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``,
    ///   ``StoreError/missing(_:named:)``, ``StoreError/groupBeingDeleted(_:)``.
    public func createProject(_ project: NewProject) async throws -> LabelingProject {
        let name = try ItemName.validated(project.name, of: LabelingProject.kindName)
        let time = now().milliseconds
        return try await write { database in
            let dataset = try Dataset.fetch(database, project.dataset)
            let group = try ResourceGroup.fetchUsable(database, dataset.group)
            try LabelingProject.checkFree(name, in: group, except: nil, database)
            try database.execute(
                sql: """
                    INSERT INTO project (resourceGroup, dataset, datasetName, container, name, kind, state, instructions,
                        settings, seed, revision, createdAt, modifiedAt)
                    SELECT resourceGroup, id, name, container, ?, kind, 'created', '', ?, ?, 1, ?, ? FROM dataset
                    WHERE id = ?
                    """,
                arguments: [
                    name, try LabelingJSON.encode(project.settings), Int64(bitPattern: project.seed), time, time,
                    dataset.id.rawValue,
                ])
            return try LabelingProject.fetch(database, LabelingProject.ID(rawValue: database.lastInsertedRowID))
        }
    }

    /// - Throws: ``StoreError/missing(_:named:)``.
    public func project(_ id: LabelingProject.ID) async throws -> LabelingProject {
        try await read { try LabelingProject.fetch($0, id) }
    }

    /// A group's projects, those of a dataset or all, in the order they were made.
    public func projects(
        in group: ResourceGroup.ID? = nil, of dataset: Dataset.ID? = nil
    ) async throws -> [LabelingProject] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: LabelingProject.selection + """
                     WHERE project.deletedAt IS NULL AND (:group IS NULL OR project.resourceGroup = :group)
                        AND (:dataset IS NULL OR project.dataset = :dataset)
                    ORDER BY project.id
                    """,
                arguments: ["group": group?.rawValue, "dataset": dataset?.rawValue]
            ).map { try LabelingProject($0, database) }
        }
    }

    /// The running and paused projects that take new photos of a container.
    public func projects(taking container: BlobContainer.ID) async throws -> [LabelingProject] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: LabelingProject.selection + " WHERE project.container = ? AND project.deletedAt IS NULL",
                arguments: [container.rawValue]
            ).map { try LabelingProject($0, database) }.filter(\.settings.takesNewPhotos)
        }
    }

    /// Changes a project's name, state, instructions and settings; its other fields stay what they are.
    ///
    /// - Parameters:
    ///   - revision: the one the change was made for, `nil` for whichever is there.
    ///   - decide: called in the same transaction for every waiting photo that several people have labeled, where the
    ///     change alters how many label a photo or when they agree; answers whether it changed the photo.
    ///   - change: called with the project as it is, in the transaction; whatever it throws, nothing changes.
    /// - Throws: ``StoreError/missing(_:named:)``, ``StoreError/eTagMismatch(of:named:)`` for another revision,
    ///   ``StoreError/nameTaken(of:_:within:)``.
    public func updateProject(
        _ id: LabelingProject.ID, ifRevision revision: Int? = nil,
        deciding decide: (@Sendable (inout LabelingTask, inout TaskScene) throws -> Bool)? = nil,
        _ change: @escaping @Sendable (inout LabelingProject) throws -> Void
    ) async throws -> LabelingProject {
        let (time, moment) = (now(), leaseMoment())
        return try await write { [self] database in
            var project = try LabelingProject.fetch(database, id)
            let before = project.settings
            let group = try ResourceGroup.fetchUsable(database, project.group)
            if let revision, revision != project.revision {
                throw StoreError.eTagMismatch(of: LabelingProject.kindName, named: project.name)
            }
            try change(&project)
            project.name = try ItemName.validated(project.name, of: LabelingProject.kindName)
            try LabelingProject.checkFree(project.name, in: group, except: id, database)
            try database.execute(
                sql: "UPDATE project SET name = ?, state = ?, instructions = ?, settings = ? WHERE id = ?",
                arguments: [
                    project.name, project.state.rawValue, project.instructions,
                    try LabelingJSON.encode(project.settings), id.rawValue,
                ])
            try LabelingProject.touch(database, id, at: time)
            if let decide, !project.settings.asksAlike(before) {
                try decideAgain(project, database, at: time, moment, decide)
                noteChange(of: id)
            }
            return try LabelingProject.fetch(database, id)
        }
    }

    /// Puts a project into the trash: its name is free, and nothing of it is lost.
    public func trashProject(_ id: LabelingProject.ID) async throws {
        let time = now().milliseconds
        try await write { [changeObserver] database in
            _ = try LabelingProject.fetch(database, id)
            changeObserver.note(ChangeSubject(table: "project", row: id.rawValue, isDeleted: true))
            try database.execute(sql: "UPDATE project SET deletedAt = ? WHERE id = ?", arguments: [time, id.rawValue])
        }
    }

    /// How many photos of a project are where.
    public func taskCounts(of project: LabelingProject.ID) async throws -> TaskCounts {
        try await read { try TaskCounts.fetch($0, of: project) }
    }

    /// How often each category occurs; those that do not are left out.
    public func categoryCounts(of project: LabelingProject.ID) async throws -> [LabelCategory.ID: CategoryCount] {
        try await read { database in
            var counts: [LabelCategory.ID: CategoryCount] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT taskCategory.category, sum(boxes), count(*) FROM taskCategory
                    JOIN category ON category.id = taskCategory.category
                    JOIN task ON task.id = taskCategory.task AND task.isDropped = 0 AND task.isGone = 0
                    WHERE category.project = ? GROUP BY taskCategory.category
                    """,
                arguments: [project.rawValue])
            while let row = try rows.next() {
                counts[LabelCategory.ID(rawValue: row[0])] = CategoryCount(boxes: row[1], photos: row[2])
            }
            return counts
        }
    }
}

extension LabelingProject {
    static func checkFree(_ name: String, in group: ResourceGroup, except id: ID?, _ database: Database) throws {
        let owner = try Int64.fetchOne(
            database, sql: "SELECT id FROM project WHERE resourceGroup = ? AND name = ? AND deletedAt IS NULL",
            arguments: [group.id.rawValue, name])
        if let owner, owner != id?.rawValue {
            throw StoreError.nameTaken(of: kindName, name, within: group.place)
        }
    }
}

extension TaskCounts {
    static func fetch(_ database: Database, of project: LabelingProject.ID) throws -> TaskCounts {
        let statement = try database.cachedStatement(
            sql: """
                SELECT state, count(*) FROM task WHERE project = ? AND isDropped = 0 AND isGone = 0 GROUP BY state
                """)
        var counts: [LabelingTask.State: Int] = [:]
        for row in try Row.fetchAll(statement, arguments: [project.rawValue]) {
            counts[try row.word("state")] = row[1]
        }
        let leftOut = try database.cachedStatement(
            sql: "SELECT count(*) FROM task WHERE project = ? AND isDropped = 1 AND isGone = 0")
        return TaskCounts(counts, leftOut: try Int.fetchOne(leftOut, arguments: [project.rawValue]) ?? 0)
    }
}
