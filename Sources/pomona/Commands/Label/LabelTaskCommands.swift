import ArgumentParser
import Foundation

struct LabelTasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "List a project's tasks with what is labeled and suggested.")

    enum Order: String, ExpressibleByArgument, CaseIterable {
        case number, newest, disagreement

        var parameter: String {
            switch self {
            case .number: "number"
            case .newest: "-updatedAt"
            case .disagreement: "-disagreement"
            }
        }
    }

    @Argument var project: String
    @Option(help: "The order: number, newest or disagreement.") var sort = Order.number
    @OptionGroup var filter: TaskFilterArguments
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let found = try await client.project(project, house)
            let query = try await filter.query(client, found) + ["sort=\(sort.parameter)"]
            return .list(
                try await client.list(ProjectTasks(client, found).path + "/tasks?" + query.joined(separator: "&")))
        } text: { tasks in
            tasks.array.lines(\.taskColumns)
        }
    }
}

struct LabelNextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Be handed the next photos of the queue.",
        discussion: "For ten minutes nobody else is handed them; label release gives one back.")
    @Argument var project: String
    @Option(help: "How many, up to 20.") var count = 1
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let tasks = ProjectTasks(client, try await client.project(project, house))
            return try await client.send(.post, tasks.path + "/tasks:next", ["count": .number(Double(count))])
        } text: { answer in
            let found = answer["tasks"].array.lines(\.taskColumns)
            let reasons = [
                "allDone": "Nothing is left to label.", "heldByOthers": "Others hold what is left.",
                "paused": "The project hands nothing out now: it is not started, or paused.",
            ]
            let reason = answer["reason"].text.map { reasons[$0] ?? $0 }
            return [found.isEmpty ? nil : found, reason].compactMap { $0 }.joined(separator: "\n")
        }
    }
}

struct LabelReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give a photo back to the queue.")
    @Argument var project: String
    @Argument(help: "The name of the photo.") var photo: String
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let tasks = ProjectTasks(client, try await client.project(project, house))
            return try await client.send(.post, tasks.path(of: try await tasks.named(photo)) + ":release")
        } text: { _ in
            "\(photo) is back in the queue."
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
            let tasks = ProjectTasks(client, try await client.project(project, house))
            let task = try await tasks.named(photo)
            let annotations =
                try suggestions ? tasks.accepted(task) : labels.map { try $0.annotation(tasks.categories) }
            return try await tasks.send("submit", task, annotations)
        } text: {
            "Submitted \(photo) with \($0["annotations"].array.count) labels."
        }
    }
}

struct LabelSaveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save", abstract: "Save a photo's labels without submitting it; all of them each time.",
        discussion: "A label is written as for pomona label submit. A submitted photo is submitted with them again.")
    @Argument var project: String
    @Argument(help: "The name of the photo.") var photo: String
    @Option(help: "A box or a tag; may be repeated. None at all takes away what is there.") var label: [String] = []
    @OptionGroup var house: HouseArguments

    func run() async throws {
        let labels = try label.map(LabelText.init)
        try await house.run { client in
            let tasks = ProjectTasks(client, try await client.project(project, house))
            let task = try await tasks.named(photo)
            return try await client.send(
                .put, tasks.path(of: task) + "/annotations",
                [
                    "edit": .string(UUID().uuidString), "baseRevision": task["revision"],
                    "annotations": .list(try labels.map { try $0.annotation(tasks.categories) }),
                ])
        } text: {
            "Saved \(photo) with \(label.count) labels, revision \($0["revision"].integer ?? 0)."
        }
    }
}

struct LabelSimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar", abstract: "Find what looks like one box elsewhere in the same photo.",
        discussion: "Prints labels as pomona label submit takes them, each with its confidence.")
    @Argument var project: String
    @Argument(help: "The name of the photo.") var photo: String
    @Argument(help: "The box: TAG:X,Y,WIDTH,HEIGHT.") var label: String
    @OptionGroup var house: HouseArguments

    func run() async throws {
        let label = try LabelText(label)
        guard label.box != nil else { throw ValidationError("A box is needed: TAG:X,Y,WIDTH,HEIGHT.") }
        try await house.run { client in
            let tasks = ProjectTasks(client, try await client.project(project, house))
            let example = try label.annotation(tasks.categories)
            return try await client.send(
                .post, tasks.path(of: try await tasks.named(photo)) + ":find-similar",
                ["categoryID": example["categoryID"], "box": example["box"]])
        } text: { answer in
            answer["suggestions"].array.lines { suggestion in
                let box = suggestion["box"]
                let sides = ["xMin", "yMin", "xMax", "yMax"].map { box[$0].number ?? 0 }
                let numbers = [sides[0], sides[1], sides[2] - sides[0], sides[3] - sides[1]]
                return [
                    "\(label.tag):" + numbers.map { String(format: "%.1f", $0) }.joined(separator: ","),
                    String(format: "%.2f", suggestion["confidence"].number ?? 0),
                ]
            }
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
            let tasks = ProjectTasks(client, try await client.project(project, house))
            return try await tasks.send("skip", tasks.named(photo))
        } text: { _ in
            "Skipped \(photo)."
        }
    }
}

extension JSON {
    /// A task as a line of a list.
    fileprivate var taskColumns: [String] {
        [
            "\(self["number"].integer ?? 0)", self["photo"]["name"].text ?? "", self["state"].text ?? "",
            "\(self["annotations"].array.count) labels", "\(self["suggestions"].array.count) suggestions",
        ]
    }
}
