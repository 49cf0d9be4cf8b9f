import ArgumentParser
import Foundation

struct LabelReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Approve or reject submitted photos; leave out or put back skipped ones.",
        discussion: """
            Photos are named, or chosen by a filter. With neither, approve and reject mean all that are submitted, accept and \
            return all that are skipped. What was left out is put back with return --left-out.
            """)

    enum Verdict: String, ExpressibleByArgument, CaseIterable {
        case approve, reject, accept
        case putBack = "return"
    }

    @Argument var project: String
    @Argument(help: "approve, reject, accept (leave out of the project) or return (back to the queue).")
    var verdict: Verdict
    @Argument(help: "Names of photos.") var photos: [String] = []
    @Option(help: "What the labeler is told.") var words: String?
    @OptionGroup var filter: TaskFilterArguments
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let found = try await client.project(project, house)
            let tasks = ProjectTasks(client, found)
            var body: [String: JSON] = ["edit": .string(UUID().uuidString), "verdict": .string(verdict.rawValue)]
            body["words"] = words.map(JSON.string)
            var filter = try await filter.body(client, found)
            if photos.isEmpty {
                if filter["state"] == nil, filter["leftOut"] == nil {
                    filter["state"] = verdict == .approve || verdict == .reject ? ["submitted"] : ["skipped"]
                }
                body["filter"] = .object(filter)
            } else {
                guard filter.isEmpty else {
                    throw ValidationError("Names of photos and a filter do not go together.")
                }
                var ids: [JSON] = []
                for photo in photos { ids.append(try await tasks.named(photo)["id"]) }
                body["taskIDs"] = .list(ids)
            }
            return try await client.send(.post, tasks.path + "/tasks:review", .object(body))
        } text: { answer in
            (["\(answer["changed"].integer ?? 0) photos changed."]
                + answer["refused"].array.map { "  \($0["taskID"].text ?? ""): \($0["message"].text ?? "")" })
                .joined(separator: "\n")
        }
    }
}
