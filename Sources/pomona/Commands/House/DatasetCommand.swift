import ArgumentParser
import Foundation

struct DatasetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset", abstract: "Datasets: a container's photos with their labels.",
        subcommands: [
            Create.self, List.self, Show.self, Import.self, Report.self, Repair.self, Statistics.self, Export.self,
            Delete.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a dataset of a container's photos.")
        @Argument var name: String
        @Option(help: "The container of its photos.") var container: String
        @Option(help: "What its labels say: detection or classification.") var kind = "detection"
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard ["detection", "classification"].contains(kind) else {
                throw ValidationError("--kind must be detection or classification, found \(kind).")
            }
        }

        func run() async throws {
            try await house.run { client in
                let id = try await client.container(container, house)["id"]
                return try await client.send(
                    .post, try await house.groupPath(client) + "/datasets",
                    [
                        "name": .string(name), "containerID": id, "allowsReadWrite": true,
                        "kind": kind == "detection" ? "imageObjectDetection" : "imageClassification",
                    ])
            } text: {
                "Made the dataset \($0["name"].text ?? name)."
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the datasets of a resource group.")
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                .list(try await client.list(try await house.groupPath(client) + "/datasets"))
            } text: { datasets in
                datasets.array.lines {
                    [
                        $0["name"].text ?? "", $0["kind"].text ?? "",
                        "\($0["labeledPhotoCount"].integer ?? 0) of \($0["photoCount"].integer ?? 0) labeled",
                        $0["tags"].array.compactMap { $0["name"].text }.joined(separator: ", "),
                    ]
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a dataset's figures.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run {
                try await $0.dataset(name, house)
            } text: { dataset in
                let tags = dataset["tags"].array.map {
                    "  \($0["name"].text ?? ""): \($0["annotations"].integer ?? 0) on \($0["photos"].integer ?? 0) photos"
                }
                let files = dataset["cocoFiles"].array.compactMap { $0["name"].text.map { "  file \($0)" } }
                return
                    ([
                        "\(name): \(dataset["labeledPhotoCount"].integer ?? 0) of \(dataset["photoCount"].integer ?? 0) labeled"
                    ]
                    + tags + files).joined(separator: "\n")
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a COCO file to a dataset: a blob of its container, or a file of this machine.")
        @Argument var name: String
        @Argument(help: "The name of a blob, or the path of a file.") var coco: String
        @Flag(help: "Mend what can be mended.") var repair = false
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let dataset = try await client.dataset(name, house)
                let path = "/datasets/\(dataset["id"].text ?? "")"
                let container = dataset["container"]["id"].text ?? ""
                let blobs = try await client.list(
                    "/containers/\(container)/blobs?kind=json&search=\(UploadFiles.encoded(coco))")
                var source: JSON
                if let blob = blobs.first(where: { $0["name"].text == coco }) {
                    source = ["type": "blob", "blobID": blob["id"]]
                } else if FileManager.default.fileExists(atPath: coco) {
                    let file = URL(filePath: coco)
                    let progress = UploadProgress(
                        files: 1, bytes: try UploadFiles.size(of: file), isQuiet: house.json)
                    defer { progress.clear() }
                    let upload = try await client.upload(
                        path + "/coco-uploads", file: file,
                        headers: [
                            ("X-Pomona-Name", UploadFiles.encoded(file.lastPathComponent)),
                            ("Content-Type", "application/json"),
                        ], sent: progress.sent)
                    source = ["type": "upload", "uploadID": upload["uploadID"]]
                } else {
                    throw HouseCommandError.missing("blob or file", coco)
                }
                return try await client.send(
                    .post, path + "/coco-files", ["source": source, "repair": .bool(repair)])
            } text: { answer in
                let dataset = answer["dataset"]
                return "\(name) has \(dataset["labeledPhotoCount"].integer ?? 0) labeled photos and "
                    + "\(dataset["annotationCount"].integer ?? 0) annotations.\n\n"
                    + ReportText(answer["report"]).text
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a dataset; its photos stay.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.dataset(name, house)["id"].text ?? ""
                return try await client.send(.delete, "/datasets/\(id)", ["name": .string(name)])
            } text: { _ in
                "Deleted the dataset \(name)."
            }
        }
    }
}

extension HouseClient {
    /// A dataset of the group by its name.
    func dataset(_ name: String, _ house: HouseArguments) async throws -> JSON {
        try await list(try await house.groupPath(self) + "/datasets").named(name, "dataset")
    }
}
