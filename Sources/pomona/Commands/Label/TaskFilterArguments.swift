import ArgumentParser
import Foundation

/// Which photos of a project are meant.
struct TaskFilterArguments: ParsableArguments {
    @Option(help: "Only photos in this state, such as submitted or preLabeled; may be repeated.")
    var state: [String] = []
    @Option(help: "Only photos with this tag.") var tag: String?
    @Option(help: "Only photos that this person submitted; their name or id.") var labeler: String?
    @Option(help: "Only photos where model and labels differ so far at least, 0 to 1.") var disagreement: Double?
    @Option(help: "Only photos with this in their name.") var search: String?
    @Flag(help: "Photos that were left out of the project, in place of those in it.") var leftOut = false

    /// What is said, as the body of a review has it.
    func body(_ client: HouseClient, _ project: JSON) async throws -> [String: JSON] {
        var body: [String: JSON] = [:]
        if !state.isEmpty { body["state"] = .list(state.map(JSON.string)) }
        if let tag {
            body["categoryID"] = try project["categories"].array.named(tag, "label category")["id"]
        }
        if let labeler { body["labelerID"] = .string(try await client.person(labeler, of: project)) }
        body["disagreement"] = disagreement.map(JSON.number)
        body["search"] = search.map(JSON.string)
        if leftOut { body["leftOut"] = true }
        return body
    }

    /// The same as the query of a list.
    func query(_ client: HouseClient, _ project: JSON) async throws -> [String] {
        try await body(client, project).sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
            switch value {
            case .list(let items): items.map { "\(name)=\(Self.escaped($0.text ?? ""))" }
            case .bool: ["\(name)=1"]
            case .number(let number): ["\(name)=\(number)"]
            default: ["\(name)=\(Self.escaped(value.text ?? ""))"]
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
