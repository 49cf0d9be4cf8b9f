import ArgumentParser

struct GroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Resource groups: everything of one undertaking.",
        subcommands: [Create.self, List.self, Show.self, RotateKey.self, Delete.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a resource group.")
        @Argument var name: String
        @Option(help: "Make a storage account of this name in it.") var storageAccount: String?
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run {
                try await $0.send(
                    .post, "/groups", ["name": .string(name), "storageAccount": JSON(storageAccount)])
            } text: {
                "Made the resource group \($0["name"].text ?? name)."
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the resource groups.")
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run {
                .list(try await $0.list("/groups"))
            } text: { groups in
                groups.array.lines { group in
                    let counts = group["counts"]
                    return [
                        group["name"].text ?? "", "\(counts["photos"].integer ?? 0) photos",
                        "\(counts["datasets"].integer ?? 0) datasets", "\(counts["models"].integer ?? 0) models",
                        group["state"].text ?? "",
                    ]
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a resource group holds, and its Vision keys.")
        @Argument(help: "The resource group; as --group has it unless said.") var name: String?
        @OptionGroup var house: HouseArguments

        func validate() throws {
            if let name, let group = house.group, name != group {
                throw ValidationError("The resource group is named twice: \(name) and --group \(group).")
            }
        }

        func run() async throws {
            try await house.run { client in
                let group = try await house.group(client, named: name)
                let path = "/groups/\(group["id"].text ?? "")"
                return [
                    "group": group, "vision": try await client.get(path + "/vision"),
                    "contents": try await client.get(path + "/contents"),
                ]
            } text: { answer in
                let vision = answer["vision"]
                let contents = answer["contents"]
                let others = [("datasets", "dataset"), ("projects", "labeling project"), ("models", "model")].flatMap {
                    (key, word) in contents[key].array.map { "  \(word) \($0["name"].text ?? "")" }
                }
                let accounts = contents["accounts"].array.map { account in
                    "  storage account \(account["name"].text ?? ""): "
                        + account["containers"].array.map {
                            "\($0["name"].text ?? "") (\($0["blobCount"].integer ?? 0) blobs)"
                        }.joined(separator: ", ")
                }
                return
                    (["\(answer["group"]["name"].text ?? "")", "  Vision API \(vision["endpoint"].text ?? "")"]
                    + vision["keys"].array.map { "  \($0["name"].text ?? "") \($0["value"].text ?? "")" } + accounts
                    + others)
                    .joined(separator: "\n")
            }
        }
    }

    struct RotateKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate-key", abstract: "Renew one of the Vision keys; the old one opens nothing any more.")
        @Argument(help: "The resource group.") var name: String
        @Argument(help: "key1 or key2.") var key: String
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard ["key1", "key2"].contains(key) else {
                throw ValidationError("The key must be key1 or key2, found \(key).")
            }
        }

        func run() async throws {
            try await house.run { client in
                let id = try await house.group(client, named: name)["id"].text ?? ""
                return try await client.send(.post, "/groups/\(id)/vision/keys/\(key):rotate")
            } text: {
                $0["keys"].array.map { "\($0["name"].text ?? "") \($0["value"].text ?? "")" }.joined(separator: "\n")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a resource group with all that it holds.")
        @Argument var name: String
        @Flag(help: "It is meant.") var yes = false
        @OptionGroup var house: HouseArguments

        func run() async throws {
            guard yes else { throw HouseCommandError.notConfirmed(name) }
            try await house.run { client in
                let group = try await client.list("/groups").named(name, "resource group")
                let answer = try await client.send(
                    .delete, "/groups/\(group["id"].text ?? "")", ["name": .string(name)])
                return try await JobWatch(client).end(of: answer["job"], quietly: house.json)
            } text: { _ in
                "Deleted the resource group \(name)."
            }
        }
    }
}
