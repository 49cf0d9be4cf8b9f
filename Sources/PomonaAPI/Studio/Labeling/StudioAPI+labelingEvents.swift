import Foundation
import PomonaStore

extension StudioAPI {
    private struct Changed<Value: Encodable>: Encodable {
        var kind: String
        var id: String
        var groupID: String
        var value: Value
    }

    /// The body of a `changed` event, where the thing belongs to labeling and the person may see it; empty where they may
    /// not; `nil` for other things.
    ///
    /// - Throws: ``StoreError/missing(_:named:)`` for what is gone since.
    func labelingEvent(_ subject: ChangeSubject, for person: Person) async throws -> Data? {
        let catalog = store.catalog
        switch subject.table {
        case "project":
            let project = try await catalog.project(LabelingProject.ID(rawValue: subject.row))
            guard let role = try await catalog.role(of: person, in: project.id) else { return Data() }
            return try data("project", project.id.studioID, project, try await document(project, role: role))
        case "task":
            let id = LabelingTask.ID(rawValue: subject.row)
            let project = try await catalog.project(try await catalog.project(of: id))
            guard try await catalog.role(of: person, in: project.id) != nil else { return Data() }
            let task = try await catalog.task(id, in: project.id)
            return try data("task", task.id.studioID, project, TaskDocument(task, isShort: true))
        case "experiment":
            let experiment = try await catalog.experiment(Experiment.ID(rawValue: subject.row))
            guard try await catalog.role(of: person, in: experiment.project) != nil else { return Data() }
            let project = try await catalog.project(experiment.project)
            return try data("experiment", experiment.id.studioID, project, try await document(experiment))
        case "membership", "labeling", "reviewAnswer", "taskCategory": return Data()
        default: return nil
        }
    }

    /// The body of the event that tells of a job's experiment, `nil` where it works for none or the person may not see it.
    func experimentEvent(of job: Job, for person: Person) async throws -> Data? {
        guard let experiment = try await store.catalog.experiment(ofJob: job.id) else { return nil }
        let data = try await labelingEvent(
            ChangeSubject(table: "experiment", row: experiment.id.rawValue), for: person)
        return data?.isEmpty == false ? data : nil
    }

    private func data(
        _ kind: String, _ id: String, _ project: LabelingProject, _ value: some Encodable
    ) throws -> Data {
        try StudioJSON.encode(Changed(kind: kind, id: id, groupID: project.group.studioID, value: value))
    }
}
