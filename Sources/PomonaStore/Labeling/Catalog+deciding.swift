import Foundation
import GRDB

extension Catalog {
    /// Decides waiting photos anew, from what several people submitted of them; to be called within a write.
    ///
    /// - Parameter decide: answers whether it changed the photo.
    func decideAgain(
        _ project: LabelingProject, _ database: Database, at time: Date, _ moment: LeaseMoment,
        _ decide: (inout LabelingTask, inout TaskScene) throws -> Bool
    ) throws {
        let rows = try Row.fetchAll(
            database,
            sql: LabelingTask.selection + """
                 WHERE task.project = ? AND task.isDropped = 0 AND task.isGone = 0
                    AND task.state IN ('unlabeled', 'preLabeled', 'rejected')
                    AND EXISTS (SELECT 1 FROM labeling WHERE task = task.id)
                ORDER BY task.number
                """,
            arguments: [project.id.rawValue])
        for row in rows {
            var task = try LabelingTask(row, at: moment)
            var scene = TaskScene(
                project: project, labelings: try PersonLabeling.fetchAll(database, of: task.id), time: time)
            let state = task.state
            guard try decide(&task, &scene) else { continue }
            task.revision += 1
            try task.save(database, at: time)
            // Of nobody: the settings decided, and figures count what people submitted themselves.
            try TaskEdit.insert(
                database, task, action: task.state == state ? .saved : .submitted, edit: nil, person: nil, at: time,
                keepsAlways: true)
            if scene.endsLease { try LabelingTask.endLease(database, of: task.id) }
        }
    }
}
