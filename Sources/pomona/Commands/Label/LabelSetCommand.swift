import ArgumentParser
import Foundation

struct LabelSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change a project's name, instructions and settings; what is not said stays.",
        discussion: "For example: pomona label set fruit --instructions rules.md --automatic off --order teaches")

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    enum Order: String, ExpressibleByArgument, CaseIterable {
        case shuffled, teaches, confirms
    }

    @Argument var project: String
    @Option(help: "Its new name.") var name: String?
    @Option(help: "A file of Markdown that labelers see beside the photos.") var instructions: String?
    @Option(help: "Whether a model learns from what is submitted: on or off.") var assist: Switch?
    @Option(help: "Whether photos come with the model's labels: on or off.") var preLabel: Switch?
    @Option(help: "Whether experiments start by themselves: on or off.") var automatic: Switch?
    @Option(help: "Submitted photos that start the first experiment.") var firstAfter: Int?
    @Option(help: "How many more start the next one.") var againAfter: Int?
    @Option(help: "Which photos come first: shuffled, teaches or confirms.") var order: Order?
    @Option(help: "What experiments start from, by name or id; best for the best at hand.") var foundation: String?
    @Option(help: "How many people label a photo at least.") var leastLabelers: Int?
    @Option(help: "How many are asked at most where they do not agree.") var mostLabelers: Int?
    @Option(help: "The overlap from which two boxes agree, 0.1 to 0.95.") var agreement: Double?
    @Option(help: "Whether new photos of the container join: on or off.") var newPhotos: Switch?
    @OptionGroup var house: HouseArguments

    func validate() throws {
        guard name != nil || instructions != nil || foundation != nil || !settings.isEmpty else {
            throw ValidationError("Nothing is said to be changed; see pomona label set --help.")
        }
    }

    func run() async throws {
        let text = try instructions.map(Self.text(of:))
        try await house.run { client in
            let found = try await client.project(project, house)
            var body: [String: JSON] = ["revision": found["revision"]]
            body["name"] = name.map(JSON.string)
            body["instructions"] = text.map(JSON.string)
            var settings = settings
            if let foundation { settings["foundationID"] = try await Self.foundation(foundation, client) }
            if !settings.isEmpty { body["settings"] = .object(settings) }
            return try await client.send(.patch, "/projects/\(found["id"].text ?? "")", .object(body))
        } text: {
            "\($0["name"].text ?? project) is changed."
        }
    }

    /// What is said, by the names that the server has for it.
    private var settings: [String: JSON] {
        var settings: [String: JSON] = [:]
        for (field, value) in [
            ("assists", assist), ("preLabels", preLabel), ("automatic", automatic), ("takesNewPhotos", newPhotos),
        ] {
            settings[field] = value.map { .bool($0 == .on) }
        }
        for (field, value) in [
            ("firstExperimentAfter", firstAfter), ("nextExperimentAfter", againAfter),
            ("minimumLabelers", leastLabelers), ("maximumLabelers", mostLabelers),
        ] {
            settings[field] = value.map { .number(Double($0)) }
        }
        settings["agreementIoU"] = agreement.map(JSON.number)
        settings["order"] = order.map { .string($0.rawValue) }
        return settings
    }

    private static func text(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else { throw CommandError.pathMissing(path) }
        return String(decoding: data, as: UTF8.self)
    }

    /// - Returns: its id; `null` for the best at hand.
    private static func foundation(_ name: String, _ client: HouseClient) async throws -> JSON {
        if name == "best" { return .null }
        let all = try await client.list("/foundations")
        guard let found = all.first(where: { $0["id"].text == name || $0["name"].text == name }) else {
            throw HouseCommandError.missing("foundation", name)
        }
        return found["id"]
    }
}
