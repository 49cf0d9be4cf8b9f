import Foundation
import HTTPTypes
import Hummingbird
import PomonaLabeling
import PomonaStore

/// A request that is about one labeling project, from somebody who may do there what it asks.
struct ProjectCall: Sendable {
    let api: StudioAPI
    let call: StudioCall
    let project: LabelingProject
    let person: Person
    let role: ProjectRole

    var service: LabelingService { api.labeling }
    var catalog: Catalog { api.store.catalog }

    /// The person as photos name them.
    var personName: PersonName { PersonName(id: person.id, name: person.name) }

    /// The project as the answer shows it, read again.
    func projectResponse(status: HTTPResponse.Status = .ok) async throws -> Response {
        try StudioJSON.response(
            try await api.document(try await catalog.project(project.id), role: role), status: status)
    }
}

extension StudioRoute {
    /// A route below `/projects/{project}`.
    ///
    /// - Parameters:
    ///   - path: what follows the project's id, such as `/tasks` or `:start`.
    ///   - least: the role that it takes.
    ///   - action: what for, as the end of "you may not ...".
    static func project(
        _ method: HTTPRequest.Method, _ path: String, _ least: ProjectRole = .labeler, to action: String = "see it",
        _ run: @escaping @Sendable (ProjectCall) async throws -> Response
    ) -> StudioRoute {
        StudioRoute(method, "/projects/{project}" + path, .signedIn) { api, call in
            let person = try call.person
            let id: LabelingProject.ID = try call.id("project")
            let role: ProjectRole
            do {
                role = try await api.labeling.role(of: person, in: id, atLeast: least, to: action)
            } catch let error as LabelingError {
                var failure = StudioFailure(of: error)
                failure.status = .forbidden
                throw failure
            }
            let project = try await api.store.catalog.project(id)
            let projectCall = ProjectCall(api: api, call: call, project: project, person: person, role: role)
            do {
                return try await run(projectCall)
            } catch let error as LabelingError {
                throw try await projectCall.failure(error)
            }
        }
    }
}

extension ProjectCall {
    /// What a refusal of labeling is answered with, with what the page needs beside the words.
    fileprivate func failure(_ error: LabelingError) async throws -> StudioFailure {
        var failure = StudioFailure(of: error)
        switch error {
        case .conflict(let task): failure.more["task"] = try StudioJSON.encode(try await document(task))
        case .held(let lease): failure.more["lease"] = try StudioJSON.encode(TaskDocument.Lease(lease))
        case .hotkeyTaken: failure.field = "hotkey"
        default: break
        }
        return failure
    }
}
