import ArgumentParser
import Foundation

struct LabelHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show who did what to a photo, the newest first.")
    @Argument var project: String
    @Argument(help: "The name of the photo.") var photo: String
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let tasks = ProjectTasks(client, try await client.project(project, house))
            return .list(try await client.list(tasks.path(of: try await tasks.named(photo)) + "/history"))
        } text: { lines in
            lines.array.lines {
                [
                    "\($0["revision"].integer ?? 0)", $0["at"].text ?? "", $0["action"].text ?? "",
                    $0["person"]["name"].text ?? "", "\($0["annotations"].array.count) labels",
                ]
            }
        }
    }
}

struct LabelRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Go back to what a photo's labels were at a revision of its history.")
    @Argument var project: String
    @Argument(help: "The name of the photo.") var photo: String
    @Argument(help: "The revision, as history has it.") var revision: Int
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let tasks = ProjectTasks(client, try await client.project(project, house))
            return try await client.send(
                .post, tasks.path(of: try await tasks.named(photo)) + ":restore",
                ["edit": .string(UUID().uuidString), "revision": .number(Double(revision))])
        } text: {
            "\(photo) has its \($0["annotations"].array.count) labels of revision \(revision) again."
        }
    }
}

/// Projects that were deleted lately.
struct LabelTrashCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trash", abstract: "Projects that were deleted in the last 30 days.",
        subcommands: [List.self, Restore.self, Delete.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them.")
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                .list(try await client.trash(house))
            } text: { items in
                items.array.lines { [$0["name"].text ?? "", "until \($0["expiresAt"].text ?? "")"] }
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Bring a project back.")
        @Argument var project: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.trash(house).named(project, "deleted project")["id"].text ?? ""
                return try await client.send(.post, "/trash/\(id):restore")
            } text: { _ in
                "\(project) is back."
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a project for good.")
        @Argument var project: String
        @Flag(help: "Say that this is meant.") var yes = false
        @OptionGroup var house: HouseArguments

        func run() async throws {
            guard yes else { throw HouseCommandError.notConfirmed(project) }
            try await house.run { client in
                let id = try await client.trash(house).named(project, "deleted project")["id"].text ?? ""
                return try await client.send(.delete, "/trash/\(id)")
            } text: { _ in
                "\(project) is gone."
            }
        }
    }
}

extension HouseClient {
    /// What of the group was deleted lately, the newest first.
    fileprivate func trash(_ house: HouseArguments) async throws -> [JSON] {
        try await list(try await house.groupPath(self) + "/trash")
            .sorted { ($0["deletedAt"].text ?? "") > ($1["deletedAt"].text ?? "") }
    }
}
