import ArgumentParser
import Foundation

struct StorageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage", abstract: "Storage accounts, containers and what lies in them.",
        subcommands: [Create.self, List.self, Show.self, Upload.self, Delete.self])

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
        static let configuration = CommandConfiguration(abstract: "List the containers of a resource group.")
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                .list(try await client.list(try await house.groupPath(client) + "/containers"))
            } text: { containers in
                containers.array.lines {
                    [
                        $0["accountName"].text ?? "", $0["name"].text ?? "", "\($0["photoCount"].integer ?? 0) photos",
                        "\($0["blobCount"].integer ?? 0) blobs",
                    ]
                }
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

    struct Upload: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Upload files or folders to a container.")
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
                var uploaded: [JSON] = []
                for (index, file) in files.enumerated() {
                    let name = file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? file.name
                    uploaded.append(
                        try await client.upload(
                            path, file: file.url,
                            headers: [
                                ("X-Pomona-Name", name), ("X-Pomona-Upload", UUID().uuidString),
                                ("X-Pomona-If-Exists", ifExists), ("Content-Type", file.contentType),
                            ]))
                    if Terminal.isInteractive, !house.json {
                        let text = "\r\u{1B}[K\(index + 1) of \(files.count) \(file.name)"
                        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
                    }
                }
                if Terminal.isInteractive, !house.json { Terminal.note("") }
                return ["uploaded": .list(uploaded)]
            } text: {
                "Uploaded \($0["uploaded"].array.count) files to \(container)."
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a container with all that lies in it.")
        @Argument var container: String
        @Flag(help: "It is meant.") var yes = false
        @OptionGroup var house: HouseArguments

        func run() async throws {
            guard yes else { throw HouseCommandError.notConfirmed(container) }
            try await house.run { client in
                let id = try await client.container(container, house)["id"].text ?? ""
                let answer = try await client.send(.delete, "/containers/\(id)", ["name": .string(container)])
                return try await JobWatch(client).end(of: answer["job"], quietly: house.json)
            } text: { _ in
                "Deleted the container \(container)."
            }
        }
    }
}

extension HouseClient {
    /// A container of the group by its name.
    func container(_ name: String, _ house: HouseArguments) async throws -> JSON {
        try await list(try await house.groupPath(self) + "/containers").named(name, "container")
    }
}

/// Files to upload, each with the name it will have.
struct UploadFiles {
    struct File {
        var url: URL
        var name: String

        var contentType: String {
            switch url.pathExtension.lowercased() {
            case "jpg", "jpeg": "image/jpeg"
            case "png": "image/png"
            case "gif": "image/gif"
            case "webp": "image/webp"
            case "tif", "tiff": "image/tiff"
            case "bmp": "image/bmp"
            case "json": "application/json"
            default: "application/octet-stream"
            }
        }
    }

    let files: [File]

    /// - Throws: ``CommandError/pathMissing(_:)``.
    init(_ paths: [String]) throws {
        var files: [File] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandError.pathMissing(path)
            }
            let url = URL(filePath: path)
            guard isFolder.boolValue else {
                files.append(File(url: url, name: url.lastPathComponent))
                continue
            }
            let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
            for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
                let file = url.appending(path: name)
                let isPlain = try FileManager.default.attributesOfItem(atPath: file.path)[.type] as? FileAttributeType
                if isPlain == .typeRegular { files.append(File(url: file, name: name)) }
            }
        }
        self.files = files
    }
}
