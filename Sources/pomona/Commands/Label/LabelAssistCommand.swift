import ArgumentParser
import Foundation

struct LabelAssistCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assist",
        abstract: "Train on what is submitted and pre-label the rest; waits until both experiments are over.")
    @Argument var project: String
    @Flag(help: "Do not wait.") var noWait = false
    @OptionGroup var house: HouseArguments

    func run() async throws {
        try await house.run { client in
            let path = "/projects/\(try await client.project(project, house)["id"].text ?? "")/experiments"
            let started = try await client.send(.post, path, [:])
            guard !noWait else { return started }
            let ids = started["items"].array.compactMap { $0["id"].text }
            while true {
                let experiments = try await client.list(path).filter { ids.contains($0["id"].text ?? "") }
                let ended = experiments.filter {
                    ["succeeded", "failed", "cancelled"].contains($0["status"].text ?? "")
                }
                if ended.count == ids.count {
                    if let bad = ended.first(where: { $0["status"].text != "succeeded" }) {
                        throw HouseCommandError.ended(
                            "The \(bad["kind"].text ?? "") experiment", status: bad["status"].text ?? "")
                    }
                    return ["items": .list(experiments)]
                }
                try await Task.sleep(for: .seconds(1))
            }
        } text: { answer in
            answer["items"].array.lines {
                [$0["kind"].text ?? "", $0["status"].text ?? "", $0["summary"].text ?? ""]
            }
        }
    }
}
