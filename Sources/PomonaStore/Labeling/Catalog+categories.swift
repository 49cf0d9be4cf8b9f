import Foundation
import GRDB

extension Catalog {
    /// Adds a category behind the others.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``, ``StoreError/invalidName(of:_:reason:)``,
    ///   ``StoreError/nameTaken(of:_:within:)``, ``LabelingError/hotkeyTaken(_:by:)``.
    public func addCategory(
        named name: String, color: String, hotkey: String?, to project: LabelingProject.ID
    ) async throws -> LabelCategory.ID {
        let name = try ItemName.validated(name, of: LabelCategory.kindName)
        let time = now()
        return try await write { database in
            let owner = try LabelingProject.fetch(database, project)
            try owner.checkFree(name: name, hotkey: hotkey, except: nil)
            try database.execute(
                sql: """
                    INSERT INTO category (project, name, color, hotkey, position)
                    SELECT :project, :name, :color, :hotkey, ifnull(max(position), 0) + 1 FROM category
                    WHERE project = :project
                    """,
                arguments: ["project": project.rawValue, "name": name, "color": color, "hotkey": hotkey])
            let id = LabelCategory.ID(rawValue: database.lastInsertedRowID)
            try LabelingProject.touch(database, project, at: time)
            return id
        }
    }

    /// Changes a category's name, colour and hotkey.
    ///
    /// - Throws: as ``addCategory(named:color:hotkey:to:)``.
    public func updateCategory(
        _ id: LabelCategory.ID, of project: LabelingProject.ID,
        _ change: @escaping @Sendable (inout LabelCategory) throws -> Void
    ) async throws {
        let time = now()
        try await write { database in
            let owner = try LabelingProject.fetch(database, project)
            var category = try LabelCategory.fetch(database, id, of: project)
            try change(&category)
            category.name = try ItemName.validated(category.name, of: LabelCategory.kindName)
            try owner.checkFree(name: category.name, hotkey: category.hotkey, except: id)
            try database.execute(
                sql: "UPDATE category SET name = ?, color = ?, hotkey = ? WHERE id = ?",
                arguments: [category.name, category.color, category.hotkey, id.rawValue])
            try LabelingProject.touch(database, project, at: time)
        }
    }

    /// Brings the categories into an order; those that are not named keep theirs behind the named.
    public func orderCategories(_ ids: [LabelCategory.ID], of project: LabelingProject.ID) async throws {
        let time = now()
        try await write { database in
            let owner = try LabelingProject.fetch(database, project)
            for id in ids { _ = try LabelCategory.fetch(database, id, of: project) }
            let order = ids + owner.categories.map(\.id).filter { !ids.contains($0) }
            for (position, id) in order.enumerated() {
                try database.execute(
                    sql: "UPDATE category SET position = ? WHERE id = ?", arguments: [position + 1, id.rawValue])
            }
            try LabelingProject.touch(database, project, at: time)
        }
    }

    /// Takes a category out of the project, and gives its annotations another one or removes them. What a photo had
    /// before stays in its history.
    ///
    /// - Parameters:
    ///   - heir: the category that the annotations get; `nil` removes them.
    ///   - person: who wanted it.
    public func removeCategory(
        _ id: LabelCategory.ID, of project: LabelingProject.ID, heir: LabelCategory.ID?, by person: Person.ID
    ) async throws {
        let (time, moment) = (now(), leaseMoment())
        try await write { database in
            _ = try LabelingProject.fetch(database, project)
            _ = try LabelCategory.fetch(database, id, of: project)
            if let heir { _ = try LabelCategory.fetch(database, heir, of: project) }
            let rows = try Row.fetchAll(
                database,
                sql: LabelingTask.selection + """
                     WHERE task.project = :project AND (
                        EXISTS (SELECT 1 FROM taskCategory WHERE task = task.id AND category = :category)
                        OR task.suggestions LIKE :mark)
                    """,
                arguments: ["project": project.rawValue, "category": id.rawValue, "mark": "%\"category\":\(id)%"])
            for row in rows {
                var task = try LabelingTask(row, at: moment)
                let annotations = task.annotations
                task.annotations = annotations.compactMap { $0.moved(from: id, to: heir) }
                task.suggestions = task.suggestions.compactMap { $0.moved(from: id, to: heir) }
                if task.annotations != annotations {
                    task.revision += 1
                    try TaskEdit.insert(
                        database, task, action: .saved, edit: nil, person: person, at: time, keepsAlways: true)
                }
                try task.save(database, at: time)
            }
            try PersonLabeling.replaceCategory(database, id, heir, of: project)
            try database.execute(
                sql: "UPDATE category SET deletedAt = ?, hotkey = NULL WHERE id = ?",
                arguments: [time.milliseconds, id.rawValue])
            try LabelingProject.touch(database, project, at: time)
        }
    }
}

extension LabelingProject {
    fileprivate func checkFree(name: String, hotkey: String?, except id: LabelCategory.ID?) throws {
        for category in categories where category.id != id {
            if category.name == name {
                throw StoreError.nameTaken(
                    of: LabelCategory.kindName, name, within: "the labeling project \"\(self.name)\"")
            }
            if let hotkey, category.hotkey == hotkey { throw LabelingError.hotkeyTaken(hotkey, by: category.name) }
        }
    }
}

extension TaskAnnotation {
    func moved(from old: LabelCategory.ID, to heir: LabelCategory.ID?) -> TaskAnnotation? {
        guard category == old else { return self }
        guard let heir else { return nil }
        var moved = self
        moved.category = heir
        return moved
    }
}

extension TaskSuggestion {
    fileprivate func moved(from old: LabelCategory.ID, to heir: LabelCategory.ID?) -> TaskSuggestion? {
        guard category == old else { return self }
        guard let heir else { return nil }
        var moved = self
        moved.category = heir
        return moved
    }
}

extension PersonLabeling {
    fileprivate static func replaceCategory(
        _ database: Database, _ id: LabelCategory.ID, _ heir: LabelCategory.ID?, of project: LabelingProject.ID
    ) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT labeling.* FROM labeling JOIN task ON task.id = labeling.task
                WHERE task.project = ? AND labeling.annotations LIKE ?
                """,
            arguments: [project.rawValue, "%\"category\":\(id)%"])
        for row in rows {
            let annotations: [TaskAnnotation] = try LabelingJSON.decodeList(row["annotations"])
            try database.execute(
                sql: "UPDATE labeling SET annotations = ? WHERE task = ? AND person = ?",
                arguments: [
                    try LabelingJSON.encode(annotations.compactMap { $0.moved(from: id, to: heir) }),
                    row["task"] as Int64, row["person"] as Int64,
                ])
        }
    }
}
