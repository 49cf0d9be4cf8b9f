import GRDB

extension Catalog {
    /// The project that a photo is labeled in.
    ///
    /// - Throws: ``StoreError/missing(_:named:)``.
    public func project(of task: LabelingTask.ID) async throws -> LabelingProject.ID {
        try await read { database in
            let row = try Int64.fetchOne(
                database, sql: "SELECT project FROM task WHERE id = ?", arguments: [task.rawValue])
            guard let row else { throw StoreError.missing(LabelingTask.kindName, named: "\(task)") }
            return LabelingProject.ID(rawValue: row)
        }
    }
}
