import ArgumentParser
import Foundation

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Custom models of a resource group.",
        subcommands: [Train.self, List.self, Show.self, Evaluate.self, Cancel.self, Delete.self])

    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Train a model and wait for it.")
        @Argument var name: String
        @Option(help: "A dataset to learn from; may be repeated.") var dataset: [String]
        @Option(help: "A dataset to measure the finished model on.") var evaluation: String?
        @Option(help: "The longest training may take: 90s, 10m, 1.5h.") var budget = TimeBudget(seconds: 3600)
        @Option(help: "Exactly so many steps instead of as many as seem good.") var steps: Int?
        @Option(help: "The foundation to start from, or none.") var foundation: String?
        @Option(help: "Chooses everything that is random.") var seed = 0
        @Flag(inversion: .prefixedNo, help: "Wait for the end.") var wait = true
        @OptionGroup var house: HouseArguments

        func validate() throws {
            if let steps, steps < 1 { throw ValidationError("--steps must be at least 1, found \(steps).") }
        }

        func run() async throws {
            try await house.run { client in
                var training: [JSON] = []
                var kind = "detector"
                for name in dataset {
                    let set = try await client.dataset(name, house)
                    if set["kind"].text == "imageClassification" { kind = "classifier" }
                    training.append(set["id"])
                }
                // Without a word from the person, the first that the server has and that suits the kind.
                var start = JSON(foundation == "none" ? nil : foundation)
                if foundation == nil {
                    start =
                        try await client.list("/foundations").first {
                            $0["state"].text == "installed" && $0["kinds"].array.contains { $0.text == kind }
                        }?["id"] ?? .null
                }
                var measured = JSON.null
                if let evaluation { measured = try await client.dataset(evaluation, house)["id"] }
                let model = try await client.send(
                    .post, try await house.groupPath(client) + "/models",
                    [
                        "name": .string(name), "kind": .string(kind), "trainingDatasetIDs": .list(training),
                        "evaluationDatasetID": measured, "budgetSeconds": .number(budget.seconds),
                        "foundationID": start, "seed": .number(Double(seed)),
                        "steps": steps.map { .number(Double($0)) } ?? .null,
                    ])
                return wait ? try await client.end(ofModel: model, quietly: house.json) : model
            } text: {
                Show.text($0)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the models of a resource group.")
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                .list(try await client.list(try await house.groupPath(client) + "/models"))
            } text: {
                $0.array.map(Show.text).joined(separator: "\n")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a model's status and figures.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run {
                try await $0.model(name, house)
            } text: {
                Self.text($0)
            }
        }

        static func text(_ model: JSON) -> String {
            var words = ["\(model["name"].text ?? ""): \(model["status"].text ?? "")"]
            let performance = model["performance"]
            for (key, title) in [
                ("meanAveragePrecision50", "mAP@50"), ("meanAveragePrecision75", "mAP@75"),
                ("meanAveragePrecision", "mAP"), ("accuracyTop1", "top-1"),
            ] {
                if let value = performance[key].number { words.append("\(title) \(String(format: "%.3f", value))") }
            }
            if let measured = model["evaluatedOn"].text { words.append("measured on \(measured)") }
            if let message = model["error"]["message"].text { words.append(message) }
            return words.joined(separator: ", ")
        }
    }

    struct Evaluate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Measure a model on a dataset.")
        @Argument var name: String
        @Option(help: "The dataset.") var dataset: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.model(name, house)["id"].text ?? ""
                let made = try await client.send(
                    .post, "/models/\(id)/evaluations",
                    ["datasetID": try await client.dataset(dataset, house)["id"]])
                let path = "/models/\(id)/evaluations/\(made["id"].text ?? "")"
                if let job = made["jobID"].text {
                    _ = try await JobWatch(client).end(of: ["id": .string(job)], quietly: house.json)
                }
                return try await client.get(path)
            } text: {
                Show.text(["name": .string(name), "status": $0["status"], "performance": $0["performance"]])
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a training; the best so far is kept.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.model(name, house)["id"].text ?? ""
                let model = try await client.send(.post, "/models/\(id):cancel")
                return try await client.end(ofModel: model, quietly: house.json)
            } text: {
                Show.text($0)
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a model.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                try await client.send(.delete, "/models/\(try await client.model(name, house)["id"].text ?? "")")
            } text: { _ in
                "Deleted the model \(name)."
            }
        }
    }
}

extension HouseClient {
    /// A model of the group by its name.
    func model(_ name: String, _ house: HouseArguments) async throws -> JSON {
        try await list(try await house.groupPath(self) + "/models").named(name, "model")
    }

    /// Waits until a model's training is over.
    func end(ofModel model: JSON, quietly: Bool) async throws -> JSON {
        if let job = model["jobID"].text {
            _ = try await JobWatch(self).end(of: ["id": .string(job)], quietly: quietly)
        }
        return try await get("/models/\(model["id"].text ?? "")")
    }
}
