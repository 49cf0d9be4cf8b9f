import ArgumentParser
import Foundation

struct LabelTasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "List a project's tasks with what is labeled and suggested.")
    @Argument var project: String
    @Option(help: "Only tasks in this state, such as submitted or preLabeled; may be repeated.")
    var state: [String] = []
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let found = try await client.project(project, house)
            let query = state.map { "state=\($0)" }.joined(separator: "&")
            let path = "/projects/\(found["id"].text ?? "")/tasks"
            return .list(try await client.list(query.isEmpty ? path : "\(path)?\(query)"))
        } text: { tasks in
            tasks.array.lines {
                [
                    "\($0["number"].integer ?? 0)", $0["photo"]["name"].text ?? "", $0["state"].text ?? "",
                    "\($0["annotations"].array.count) labels", "\($0["suggestions"].array.count) suggestions",
                ]
            }
        }
    }
}

struct LabelSubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Submit a photo with labels, with its suggestions, or with nothing on it.",
        discussion: """
            A box is TAG:X,Y,WIDTH,HEIGHT in pixels of the upright photo; in a classification project a label is a TAG alone. \
            Whole label files come in with pomona label import.
            """)
    @Argument var project: String
    @Argument(help: "The name of the photo.") var photo: String
    @Option(help: "A box or a tag; may be repeated. None at all says that nothing is there.") var label: [String] = []
    @Flag(help: "Take what the model suggests.") var suggestions = false
    @OptionGroup var house: HouseArguments

    func validate() throws {
        guard label.isEmpty || !suggestions else {
            throw ValidationError("--label and --suggestions do not go together.")
        }
    }

    func run() async throws {
        let labels = try label.map(LabelText.init)
        try await house.run { client in
            let tasks = try await ProjectTasks(client, client.project(project, house))
            let task = try await tasks.named(photo)
            let annotations =
                try suggestions ? tasks.accepted(task) : labels.map { try $0.annotation(tasks.categories) }
            return try await tasks.send("submit", task, annotations)
        } text: {
            "Submitted \(photo) with \($0["annotations"].array.count) labels."
        }
    }
}

struct LabelSkipCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "skip", abstract: "Skip a photo.")
    @Argument var project: String
    @Argument var photo: String
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let tasks = try await ProjectTasks(client, client.project(project, house))
            return try await tasks.send("skip", tasks.named(photo))
        } text: { _ in
            "Skipped \(photo)."
        }
    }
}

struct LabelReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Approve or reject submitted photos.")

    enum Verdict: String, ExpressibleByArgument, CaseIterable {
        case approve, reject
    }

    @Argument var project: String
    @Argument(help: "approve or reject.") var verdict: Verdict
    @Argument(help: "Names of photos; all submitted ones unless said.") var photos: [String] = []
    @Option(help: "What the labeler is told.") var words: String?
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let tasks = try await ProjectTasks(client, client.project(project, house))
            var body: [String: JSON] = ["edit": .string(UUID().uuidString), "verdict": .string(verdict.rawValue)]
            body["words"] = words.map(JSON.string)
            if photos.isEmpty {
                body["filter"] = ["state": ["submitted"]]
            } else {
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
