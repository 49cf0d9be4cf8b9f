import ArgumentParser
import Foundation

struct StorageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage", abstract: "Storage accounts, containers and what lies in them.",
        subcommands: [
            Create.self, List.self, Show.self, RotateKey.self, Upload.self, Delete.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account, or a container in it.")
        @Argument(help: "The account; the group's first where only a container is to be made.") var account: String?
        @Option(help: "Make this container.") var container: String?
        @OptionGroup var house: HouseArguments

        func validate() throws {
            if account == nil, container == nil { throw ValidationError("Name an account, a --container, or both.") }
        }

        func run() async throws {
            try await house.run { client in
                let path = try await house.groupPath(client)
                let accounts = try await client.list(path + "/accounts")
                var made = JSON.null
                let known = account == nil ? accounts.first : accounts.first { $0["name"].text == account }
                if known == nil, let account {
                    made = try await client.send(.post, path + "/accounts", ["name": .string(account)])
                }
                guard let container else {
                    // The account is there already: asking for it once more must say so.
                    return known == nil
                        ? made : try await client.send(.post, path + "/accounts", ["name": JSON(account)])
                }
                guard let id = (known ?? made)["id"].text else {
                    throw HouseCommandError.missing("storage account", account ?? "any")
                }
                return try await client.send(.post, "/accounts/\(id)/containers", ["name": .string(container)])
            } text: {
                "Made \($0["name"].text ?? "")."
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the storage accounts of a resource group with their containers, or a container's blobs.")
        @Argument(help: "A container, whose blobs are listed.") var container: String?
        @Option(help: "Only blobs whose names hold this.") var search: String?
        @OptionGroup var house: HouseArguments

        func validate() throws {
            if search != nil, container == nil { throw ValidationError("--search needs the name of a container.") }
        }

        func run() async throws {
            try await house.run { client in
                guard let container else { return try await accounts(client) }
                let id = try await client.container(container, house)["id"].text ?? ""
                let search = search.map { "?search=" + UploadFiles.encoded($0) } ?? ""
                return .list(try await client.list("/containers/\(id)/blobs\(search)"))
            } text: { answer in
                container == nil ? Self.text(ofAccounts: answer) : Self.text(ofBlobs: answer)
            }
        }

        private func accounts(_ client: HouseClient) async throws -> JSON {
            let path = try await house.groupPath(client)
            let containers = try await client.list(path + "/containers")
            return .list(
                try await client.list(path + "/accounts").map { account in
                    account.adding(
                        "containers", .list(containers.filter { $0["accountID"].text == account["id"].text }))
                })
        }

        private static func text(ofAccounts accounts: JSON) -> String {
            let rows = accounts.array.flatMap { account -> [JSON] in
                let containers = account["containers"].array
                return containers.isEmpty ? [["accountName": account["name"]]] : containers
            }
            return rows.lines { row in
                let account = row["accountName"].text ?? ""
                guard let name = row["name"].text else { return [account, "no containers", "", ""] }
                return [
                    account, name, "\(row["photoCount"].integer ?? 0) photos", "\(row["blobCount"].integer ?? 0) blobs",
                ]
            }
        }

        private static func text(ofBlobs blobs: JSON) -> String {
            blobs.array.lines {
                [
                    $0["name"].text ?? "", "\($0["bytes"].integer ?? 0) bytes", $0["contentType"].text ?? "",
                    $0["problem"]["message"].text ?? "",
                ]
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show an account's keys and connection string.")
        @Argument var account: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let accounts = try await client.list(try await house.groupPath(client) + "/accounts")
                let id = try accounts.named(account, "storage account")["id"].text ?? ""
                return try await client.get("/accounts/\(id)/keys")
            } text: {
                $0["connectionString"].text ?? ""
            }
        }
    }

    struct RotateKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate-key",
            abstract: "Renew one of an account's keys; what the old one signed opens nothing any more.")
        @Argument var account: String
        @Argument(help: "key1 or key2.") var key: String
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard ["key1", "key2"].contains(key) else {
                throw ValidationError("The key must be key1 or key2, found \(key).")
            }
        }

        func run() async throws {
            try await house.run { client in
                let accounts = try await client.list(try await house.groupPath(client) + "/accounts")
                let id = try accounts.named(account, "storage account")["id"].text ?? ""
                return try await client.send(.post, "/accounts/\(id)/keys/\(key):rotate")
            } text: {
                $0["connectionString"].text ?? ""
            }
        }
    }

    struct Upload: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Upload files or folders to a container.")
        /// Files on their way at once.
        private static let width = 4
        @Argument var container: String
        @Argument(help: "Files, or folders whose files are taken.") var paths: [String]
        @Option(help: "What to do with names that are taken: fail, replace or rename.") var ifExists = "fail"
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard ["fail", "replace", "rename"].contains(ifExists) else {
                throw ValidationError("--if-exists must be fail, replace or rename, found \(ifExists).")
            }
        }

        func run() async throws {
            let files = try UploadFiles(paths).files
            try await house.run { client in
                let container = try await client.container(self.container, house)
                let path = "/containers/\(container["id"].text ?? "")/blobs"
                return ["uploaded": .list(try await upload(files, to: path, client))]
            } text: {
                "Uploaded \($0["uploaded"].array.count) files to \(container)."
            }
        }

        /// A few at once: while one is made durable, others are on their way.
        private func upload(_ files: [UploadFiles.File], to path: String, _ client: HouseClient) async throws -> [JSON]
        {
            let progress = UploadProgress(
                files: files.count, bytes: files.reduce(0) { $0 + $1.bytes }, isQuiet: house.json)
            defer { progress.clear() }
            do {
                return try await withThrowingTaskGroup(of: (Int, JSON).self) { group in
                    var answers = [JSON](repeating: .null, count: files.count)
                    for (index, file) in files.enumerated() {
                        if index >= Self.width, let (place, answer) = try await group.next() {
                            answers[place] = answer
                        }
                        group.addTask { (index, try await upload(file, to: path, client, progress)) }
                    }
                    for try await (place, answer) in group { answers[place] = answer }
                    return answers
                }
            } catch {
                progress.clear()
                if files.count > 1 { Terminal.note("\(progress.finishedFiles) of \(files.count) files were uploaded.") }
                throw error
            }
        }

        private func upload(
            _ file: UploadFiles.File, to path: String, _ client: HouseClient, _ progress: UploadProgress
        ) async throws -> JSON {
            let answer = try await client.upload(
                path, file: file.url,
                headers: [
                    ("X-Pomona-Name", UploadFiles.encoded(file.name)), ("X-Pomona-Upload", UUID().uuidString),
                    ("X-Pomona-If-Exists", ifExists), ("Content-Type", file.contentType),
                ], sent: progress.sent)
            progress.finishedFile()
            return answer
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a container with all that lies in it, some of its blobs, or a whole storage account.")
        @Argument(help: "The container.") var container: String?
        @Option(help: "Delete only this blob of the container; may be repeated.") var blob: [String] = []
        @Option(help: "Delete this storage account with all its containers.") var account: String?
        @Flag(help: "It is meant; blobs named by --blob need no such word.") var yes = false
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard (container == nil) != (account == nil) else {
                throw ValidationError("Name either a container or an --account.")
            }
            if !blob.isEmpty, container == nil { throw ValidationError("--blob needs the name of its container.") }
        }

        func run() async throws {
            guard yes || !blob.isEmpty else { throw HouseCommandError.notConfirmed(container ?? account ?? "") }
            try await house.run { client in
                if let account {
                    let accounts = try await client.list(try await house.groupPath(client) + "/accounts")
                    let id = try accounts.named(account, "storage account")["id"].text ?? ""
                    let answer = try await client.send(.delete, "/accounts/\(id)", ["name": .string(account)])
                    return try await JobWatch(client).end(of: answer["job"], quietly: house.json)
                }
                let found = try await client.container(container ?? "", house)
                let path = "/containers/\(found["id"].text ?? "")"
                guard blob.isEmpty else { return try await deleteBlobs(client, path) }
                let answer = try await client.send(.delete, path, ["name": found["name"]])
                return try await JobWatch(client).end(of: answer["job"], quietly: house.json)
            } text: { answer in
                if let count = answer["deleted"].integer { return "Deleted \(count) blobs." }
                return account.map { "Deleted the storage account \($0)." }
                    ?? "Deleted the container \(container ?? "")."
            }
        }

        /// Deletes all of them, or none where one is not there.
        private func deleteBlobs(_ client: HouseClient, _ path: String) async throws -> JSON {
            var ids: [JSON] = []
            for name in Set(blob).sorted() {
                let found = try await client.list("\(path)/blobs?search=\(UploadFiles.encoded(name))")
                ids.append(try found.named(name, "blob")["id"])
            }
            return try await client.send(.post, path + "/blobs:delete", ["ids": .list(ids)])
        }
    }
}

extension HouseClient {
    /// A container of the group by its name; `ACCOUNT/CONTAINER` where several accounts have one of that name.
    func container(_ name: String, _ house: HouseArguments) async throws -> JSON {
        let all = try await list(try await house.groupPath(self) + "/containers")
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            return try all.filter { $0["accountName"].text == parts[0] }.named(parts[1], "container")
        }
        let found = all.filter { $0["name"].text == name }
        guard found.count < 2 else {
            throw HouseCommandError.severalContainers(
                name, found.map { "\($0["accountName"].text ?? "")/\(name)" })
        }
        return try found.named(name, "container")
    }
}
