import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    /// Changing what is said of photos.
    static var editRoutes: [StudioRoute] {
        [
            .project(.put, "/tasks/{task}/annotations") { try await $0.save() },
            .project(.post, "/tasks/{task}:submit") { call in
                let body: EditBody = try await call.call.json()
                let answer = try await call.service.submit(
                    try body.annotationList(), to: try call.call.id("task"), in: call.project.id,
                    try call.change(body, .submitted), as: call.role)
                return try StudioJSON.response(try await call.document(answer.task))
            },
            .project(.post, "/tasks/{task}:skip") { call in
                let body: EditBody = try await call.call.json()
                let answer = try await call.service.skip(
                    try call.call.id("task"), in: call.project.id, try call.change(body, .skipped), as: call.role)
                return try StudioJSON.response(try await call.document(answer.task))
            },
            .project(.post, "/tasks/{task}:restore") { call in
                struct Body: Decodable {
                    var edit: String
                    var revision: Int
                }
                let body: Body = try await call.call.json()
                let change = TaskChange(
                    edit: try call.checked(edit: body.edit), person: call.personName, baseRevision: nil,
                    action: .restored)
                let answer = try await call.service.restore(
                    try call.call.id("task"), to: body.revision, in: call.project.id, change, as: call.role)
                return try StudioJSON.response(try await call.document(answer.task))
            },
            .project(.post, "/tasks:review", .reviewer, to: "review photos") { try await $0.review() },
        ]
    }
}

/// An edit as the page sends it.
private struct EditBody: Decodable, Sendable {
    var edit: String
    var baseRevision: Int
    var annotations: [AnnotationBody]?
    /// Ids of all suggestions that the person dismissed; `nil` leaves them as they are.
    var dismissed: [String]?
    var seconds: Double?

    func annotationList() throws -> [TaskAnnotation] {
        guard let annotations else {
            throw StudioFailure.field("annotations", "The field annotations is missing.")
        }
        return try AnnotationBody.annotations(annotations)
    }
}

extension ProjectCall {
    /// The longest time for one photo that is believed, in seconds: whoever took longer was away.
    private static let longestSeconds = 3_600.0

    fileprivate func checked(edit: String) throws -> String {
        guard (1...100).contains(edit.utf8.count) else {
            throw StudioFailure.field("edit", "An edit is named by 1 to 100 letters, such as a UUID.")
        }
        return edit
    }

    fileprivate func change(_ body: EditBody, _ action: TaskEdit.Action) throws -> TaskChange {
        TaskChange(
            edit: try checked(edit: body.edit), person: personName, baseRevision: body.baseRevision, action: action,
            seconds: body.seconds.flatMap { $0 >= 0 ? min($0, Self.longestSeconds) : nil })
    }

    fileprivate func save() async throws -> Response {
        struct Answer: Encodable {
            var revision: Int
            var savedAt: Date
        }
        let body: EditBody = try await call.json()
        let answer = try await service.save(
            try body.annotationList(), dismissed: body.dismissed, to: try call.id("task"), in: project.id,
            try change(body, .saved))
        return try StudioJSON.response(Answer(revision: answer.task.revision, savedAt: answer.savedAt))
    }

    fileprivate func review() async throws -> Response {
        struct Body: Decodable {
            var edit: String
            var verdict: LabelingService.Verdict
            var words: String?
            var taskIDs: [String]?
            var filter: TaskFilter?
        }
        struct Refusal: Encodable {
            var taskID: String
            var message: String
        }
        struct Answer: Encodable {
            var changed: Int
            var refused: [Refusal]
        }
        let body: Body = try await call.json()
        guard (body.taskIDs == nil) != (body.filter == nil) else {
            throw StudioFailure.field("taskIDs", "Either taskIDs or filter says which photos are meant.")
        }
        let tasks = try body.taskIDs?.enumerated().map { place, text in
            guard let id = LabelingTask.ID(studioID: text) else {
                throw StudioFailure.field(
                    "taskIDs.\(place)", "There is no photo \"\(text.prefix(80))\" in this project.")
            }
            return id
        }
        let words = (body.words ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard words.utf8.count <= 10_000 else { throw StudioFailure.field("words", "These are too many words.") }
        let text = try await service.review(
            tasks, matching: try body.filter?.query(field: "filter.") ?? TaskQuery(), in: project.id, body.verdict,
            edit: try checked(edit: body.edit), words: words, by: personName
        ) { changed, refused in
            let answer = Answer(
                changed: changed,
                refused: refused.map { Refusal(taskID: $0.0.studioID, message: $0.1.message.sentence) })
            return String(decoding: try StudioJSON.encode(answer), as: UTF8.self)
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
