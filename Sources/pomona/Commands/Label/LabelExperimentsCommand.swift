import ArgumentParser
import Foundation

struct LabelExperimentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiments", abstract: "What a project's model learned and pre-labeled.",
        subcommands: [List.self, Cancel.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List experiments, the newest first.")
        @Argument var project: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                .list(
                    try await client.list(
                        "/projects/\(try await client.project(project, house)["id"].text ?? "")/experiments"))
            } text: { experiments in
                experiments.array.lines {
                    [
                        $0["id"].text ?? "", "\($0["kind"].text ?? "") \($0["number"].integer ?? 0)",
                        $0["trigger"].text ?? "", $0["status"].text ?? "",
                        $0["error"]["message"].text ?? $0["summary"].text ?? "",
                    ]
                }
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Cancel experiments that wait or run.")
        @Argument var project: String
        @Argument(help: "Ids, as experiments list has them; all that wait or run unless said.") var ids: [String] = []
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let path = "/projects/\(try await client.project(project, house)["id"].text ?? "")/experiments"
                let all = try await client.list(path)
                for id in ids where !all.contains(where: { $0["id"].text == id }) {
                    throw HouseCommandError.missing("experiment", id)
                }
                let active = all.filter { ["notStarted", "running"].contains($0["status"].text ?? "") }
                var cancelled: [JSON] = []
                for id in ids.isEmpty ? active.compactMap({ $0["id"].text }) : ids {
                    cancelled.append(try await client.send(.post, "\(path)/\(id):cancel"))
                }
                return ["items": .list(cancelled)]
            } text: {
                "\($0["items"].array.count) cancelled."
            }
        }
    }
}
