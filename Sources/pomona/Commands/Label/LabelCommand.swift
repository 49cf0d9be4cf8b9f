import ArgumentParser
import Foundation

struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label", abstract: "Labeling projects: what the labeling pages do, for scripts.",
        subcommands: [
            LabelCreateCommand.self, LabelListCommand.self, LabelShowCommand.self, LabelStateCommand.Start.self,
            LabelStateCommand.Pause.self, LabelDeleteCommand.self, LabelCategoryCommand.self, LabelTasksCommand.self,
            LabelSetCommand.self, LabelPeopleCommand.self, LabelNextCommand.self, LabelReleaseCommand.self,
            LabelSaveCommand.self, LabelSubmitCommand.self, LabelSkipCommand.self, LabelSimilarCommand.self,
            LabelReviewCommand.self, LabelHistoryCommand.self, LabelRestoreCommand.self, LabelAssistCommand.self,
            LabelExperimentsCommand.self, LabelExportCommand.self, LabelImportCommand.self, LabelTrashCommand.self,
        ])
}

struct LabelCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a labeling project on a dataset.")
    @Argument var name: String
    @Option(help: "The dataset whose photos are labeled.") var dataset: String
    @Option(help: "A label category; may be repeated.") var category: [String] = []
    @Flag(help: "Start it at once.") var start = false
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let dataset = try await client.dataset(dataset, house)["id"].text ?? ""
            var project = try await client.send(.post, "/datasets/\(dataset)/projects", ["name": .string(name)])
            let path = "/projects/\(project["id"].text ?? "")"
            for category in category {
                project = try await client.send(.post, path + "/categories", ["name": .string(category)])
            }
            return start ? try await client.send(.post, path + ":start") : project
        } text: {
            "Made the labeling project \(name), \($0["state"].text ?? "")."
        }
    }
}

struct LabelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the labeling projects of a resource group.")
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            .list(try await client.list(try await house.groupPath(client) + "/projects"))
        } text: { projects in
            projects.array.lines {
                [$0["name"].text ?? "", $0["state"].text ?? "", $0.labelingProgress]
            }
        }
    }
}

struct LabelShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a project's categories, its progress and its labelers.")
    @Argument var project: String
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let project = try await client.project(project, house)
            let dashboard = try await client.get("/projects/\(project["id"].text ?? "")/dashboard")
            return ["project": project, "dashboard": dashboard]
        } text: { answer in
            let project = answer["project"]
            let categories = project["categories"].array.map {
                "  \($0["name"].text ?? ""): \($0["boxCount"].integer ?? 0) labels"
            }
            let labelers = answer["dashboard"]["labelers"].array.map {
                "  \($0["name"].text ?? "") (\($0["role"].text ?? "")): \($0["submitted"].integer ?? 0) submitted"
            }
            return
                (["\(self.project): \(project["state"].text ?? ""), \(project.labelingProgress)"] + categories
                + labelers).joined(separator: "\n")
        }
    }
}

/// Starting and pausing, which differ in a word.
enum LabelStateCommand {
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Hand tasks out.")
        @Argument var project: String
        @OptionGroup var house: HouseArguments
        func run() async throws { try await change(project, "start", house) }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Hand no tasks out for a while.")
        @Argument var project: String
        @OptionGroup var house: HouseArguments
        func run() async throws { try await change(project, "pause", house) }
    }

    private static func change(_ name: String, _ verb: String, _ house: HouseArguments) async throws {
        try await house.run { client in
            let project = try await client.project(name, house)
            return try await client.send(.post, "/projects/\(project["id"].text ?? ""):\(verb)")
        } text: {
            "\(name) is \($0["state"].text ?? "")."
        }
    }
}

struct LabelDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Put a project into the trash, where it stays for 30 days.")
    @Argument var project: String
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let found = try await client.project(project, house)
            return try await client.send(.delete, "/projects/\(found["id"].text ?? "")", ["name": .string(project)])
        } text: { _ in
            "\(project) is in the trash."
        }
    }
}

extension HouseClient {
    /// A labeling project of the group by its name.
    func project(_ name: String, _ house: HouseArguments) async throws -> JSON {
        try await list(try await house.groupPath(self) + "/projects").named(name, "labeling project")
    }
}

extension JSON {
    /// `41 of 53 labeled` of a project.
    fileprivate var labelingProgress: String {
        let counts = self["counts"]
        let done = (counts["submitted"].integer ?? 0) + (counts["approved"].integer ?? 0)
        return "\(done) of \(counts["total"].integer ?? 0) labeled"
    }
}
