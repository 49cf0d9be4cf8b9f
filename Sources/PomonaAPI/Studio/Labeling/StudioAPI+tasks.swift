import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    /// Looking at photos, and being handed them.
    static var taskRoutes: [StudioRoute] {
        [
            .project(.post, "/tasks:next") { try await $0.nextTasks() },
            .project(.get, "/tasks") { call in
                let page = try StudioPage(call.call)
                let (tasks, total) = try await call.catalog.tasks(
                    try call.query(), in: call.project.id, offset: page.offset, limit: page.limit)
                return try StudioJSON.response(
                    StudioList(items: try await call.documents(tasks), total: total, offset: page.offset))
            },
            .project(.get, "/tasks/{task}") { call in
                try StudioJSON.response(try await call.document(try await call.task()))
            },
            .project(.post, "/tasks/{task}:lease") { call in
                let task = try await call.catalog.leaseTask(
                    try call.call.id("task"), to: call.person.id, in: call.project.id)
                return try StudioJSON.response(try await call.document(task))
            },
            .project(.post, "/tasks/{task}:release") { call in
                let task = try await call.task()
                try await call.catalog.releaseTask(task.id, of: call.person.id)
                return StudioJSON.noContent
            },
            .project(.get, "/tasks/{task}/history") { try await $0.history() },
            .project(.post, "/tasks/{task}:find-similar") { try await $0.findSimilar() },
        ]
    }
}

extension ProjectCall {
    /// The most photos that are handed to one person in one request.
    private static let largestHandout = 20

    /// The photo that the path names.
    func task() async throws -> LabelingTask {
        try await catalog.task(try call.id("task"), in: project.id)
    }

    private struct Supply: Encodable {
        var tasks: [TaskDocument]
        var remaining: Int
        var total: Int
        var reason: String?
    }

    fileprivate func nextTasks() async throws -> Response {
        struct Body: Decodable {
            var count: Int?
            var holding: [String]?
        }
        let body: Body = try await call.json()
        let count = body.count ?? 1
        guard (0...Self.largestHandout).contains(count) else {
            throw StudioFailure.field("count", "\(count) is not from 0 to \(Self.largestHandout).")
        }
        // An id that is none cannot be held, so there is nothing to renew.
        let holding = (body.holding ?? []).prefix(500).compactMap { LabelingTask.ID(studioID: $0) }
        let handout = try await catalog.nextTasks(count, for: person.id, holding: holding, in: project.id)
        var reason: String?
        if handout.tasks.count < count {
            reason = project.state != .running ? "paused" : handout.isHeldByOthers ? "heldByOthers" : "allDone"
        }
        return try StudioJSON.response(
            Supply(
                tasks: try await documents(handout.tasks), remaining: handout.remaining, total: handout.total,
                reason: reason))
    }

    /// The query of a list of photos.
    fileprivate func query() throws -> TaskQuery {
        try TaskFilter(
            state: call.values("state"), categoryID: call.value("categoryID"), labelerID: call.value("labelerID"),
            disagreement: try call.number("disagreement", in: 0...1), search: call.value("search"),
            leftOut: call.value("leftOut") == "1"
        ).query(order: try call.choice("sort", default: TaskQuery.Order.number))
    }

    fileprivate func history() async throws -> Response {
        let page = try StudioPage(call)
        let id: LabelingTask.ID = try call.id("task")
        if project.settings.hasSeveralLabelers, role < .reviewer {
            // What others said of the photo is theirs until it is decided.
            let all = try await catalog.history(of: id, in: project.id, offset: 0, limit: .max).edits
            return try StudioJSON.response(
                page.list(of: all.filter { $0.person?.id == person.id }, HistoryDocument.init))
        }
        let (edits, total) = try await catalog.history(
            of: id, in: project.id, offset: page.offset, limit: page.limit)
        return try StudioJSON.response(
            StudioList(items: edits.map(HistoryDocument.init), total: total, offset: page.offset))
    }

    fileprivate func findSimilar() async throws -> Response {
        struct Body: Decodable {
            var categoryID: String
            var box: Box
        }
        struct Answer: Encodable { var suggestions: [TaskDocument.Suggestion] }
        let body: Body = try await call.json()
        guard let category = LabelCategory.ID(studioID: body.categoryID) else {
            throw StudioFailure.field("categoryID", "There is no label category \"\(body.categoryID.prefix(80))\".")
        }
        let found = try await service.similar(
            to: body.box, category: category, in: try await task(), of: project)
        return try StudioJSON.response(Answer(suggestions: found.map(TaskDocument.Suggestion.init)))
    }
}

/// A line of a photo's history as the page knows it.
private struct HistoryDocument: Encodable, Sendable {
    var revision: Int
    var at: Date
    var person: TaskDocument.Name?
    var action: String
    var annotations: [TaskDocument.Annotation]

    init(_ edit: TaskEdit) {
        revision = edit.revision
        at = edit.at
        person = edit.person.map(TaskDocument.Name.init)
        action = edit.action.rawValue
        annotations = edit.annotations.map(TaskDocument.Annotation.init)
    }
}

/// Which photos are meant, in a query or a body.
struct TaskFilter: Decodable, Sendable {
    var state: [String]?
    var categoryID: String?
    var labelerID: String?
    var disagreement: Double?
    var search: String?
    var leftOut: Bool?

    /// - Parameter field: the path of the filter in the request, with a point behind it.
    func query(order: TaskQuery.Order = .number, field: String = "") throws -> TaskQuery {
        var query = TaskQuery(
            disagreement: disagreement, search: search ?? "", isLeftOut: leftOut ?? false, order: order)
        for word in state ?? [] {
            guard let state = LabelingTask.State(rawValue: word) else {
                throw StudioFailure.field("\(field)state", "\"\(word.prefix(40))\" is no state of a photo.")
            }
            query.states.insert(state)
        }
        if let text = categoryID, !text.isEmpty {
            guard let id = LabelCategory.ID(studioID: text) else {
                throw StudioFailure.field("\(field)categoryID", "There is no label category \"\(text.prefix(80))\".")
            }
            query.category = id
        }
        if let text = labelerID, !text.isEmpty {
            guard let id = Person.ID(studioID: text) else {
                throw StudioFailure.field("\(field)labelerID", "There is no person \"\(text.prefix(80))\".")
            }
            query.labeler = id
        }
        return query
    }
}
