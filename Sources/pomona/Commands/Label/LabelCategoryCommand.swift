import ArgumentParser
import Foundation

struct LabelCategoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "category", abstract: "A project's label categories.",
        subcommands: [Add.self, Rename.self, Set.self, Order.self, Merge.self, Delete.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a label category.")
        @Argument var project: String
        @Argument var name: String
        @Option(help: "Its key on the labeling page.") var hotkey: String?
        @Option(help: "Its colour, such as #e0533d.") var color: String?
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await change(project, house, done: "Added \(name).") { client, path, _ in
                var body: [String: JSON] = ["name": .string(name)]
                body["hotkey"] = hotkey.map(JSON.string)
                body["color"] = color.map(JSON.string)
                return try await client.send(.post, path, .object(body))
            }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Rename a label category.")
        @Argument var project: String
        @Argument var name: String
        @Argument var newName: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await change(project, house, done: "\(name) is \(newName) now.") { client, path, categories in
                let id = try categories.named(name, "label category")["id"].text ?? ""
                return try await client.send(.patch, "\(path)/\(id)", ["name": .string(newName)])
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a category's colour and key.")
        @Argument var project: String
        @Argument var name: String
        @Option(help: "Its colour, such as #e0533d.") var color: String?
        @Option(help: "Its key on the labeling page; none takes it away.") var hotkey: String?
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard color != nil || hotkey != nil else { throw ValidationError("--color or --hotkey is needed.") }
        }

        func run() async throws {
            try await change(project, house, done: "Changed \(name).") { client, path, categories in
                let id = try categories.named(name, "label category")["id"].text ?? ""
                var body: [String: JSON] = [:]
                body["color"] = color.map(JSON.string)
                body["hotkey"] = hotkey.map { .string($0 == "none" ? "" : $0) }
                return try await client.send(.patch, "\(path)/\(id)", .object(body))
            }
        }
    }

    struct Order: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put label categories into an order; those not named come behind, as they were.")
        @Argument var project: String
        @Argument var names: [String]
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await change(project, house, done: "Ordered.") { client, path, categories in
                let first = try names.map { try categories.named($0, "label category")["id"] }
                let rest = categories.map { $0["id"] }.filter { !first.contains($0) }
                return try await client.send(.post, "\(path):order", ["ids": .list(first + rest)])
            }
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give all labels of one category to another.")
        @Argument var project: String
        @Argument var name: String
        @Argument var into: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await change(project, house, done: "\(name) went into \(into).") { client, path, categories in
                let id = try categories.named(name, "label category")["id"].text ?? ""
                let target = try categories.named(into, "label category")["id"]
                return try await client.send(.post, "\(path)/\(id):merge", ["into": target])
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a label category.")
        @Argument var project: String
        @Argument var name: String
        @Flag(help: "Delete its labels too.") var withLabels = false
        @Option(help: "The category that its labels get.") var moveTo: String?
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard !withLabels || moveTo == nil else {
                throw ValidationError("--with-labels and --move-to do not go together.")
            }
        }

        func run() async throws {
            try await change(project, house, done: "Deleted \(name).") { client, path, categories in
                let id = try categories.named(name, "label category")["id"].text ?? ""
                var body: JSON = withLabels ? ["boxes": "delete"] : [:]
                if let moveTo {
                    body = ["boxes": "move", "into": try categories.named(moveTo, "label category")["id"]]
                }
                return try await client.send(.delete, "\(path)/\(id)", body)
            }
        }
    }

    private static func change(
        _ project: String, _ house: HouseArguments, done: String,
        _ body: (_ client: HouseClient, _ path: String, _ categories: [JSON]) async throws -> JSON
    ) async throws {
        try await house.run { client in
            let found = try await client.project(project, house)
            return try await body(
                client, "/projects/\(found["id"].text ?? "")/categories", found["categories"].array)
        } text: { _ in
            done
        }
    }
}
