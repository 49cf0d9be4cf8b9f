import ArgumentParser
import Foundation

struct LabelExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a project's labels as a COCO file into the dataset's container.",
        discussion: "The file is attached to the dataset, so a model can be trained on it at once.")
    @Argument var project: String
    @Option(help: "The file's name; .json is added.") var name = "training-labels"
    @Option(help: "What the boxes are in: pixels or fractions.") var form = "pixels"
    @Flag(help: "Replace a file of that name.") var replace = false
    @OptionGroup var house: HouseArguments

    func validate() throws {
        guard ["pixels", "fractions"].contains(form) else {
            throw ValidationError("--form must be pixels or fractions, found \(form).")
        }
    }

    func run() async throws {
        try await house.run { client in
            let path = "/projects/\(try await client.project(project, house)["id"].text ?? "")"
            return try await client.send(
                .post, path + "/exports",
                [
                    "format": "coco", "form": .string(form), "states": ["submitted", "approved"],
                    "name": .string(name), "destination": "container", "replace": .bool(replace),
                ])
        } text: {
            "\($0["file"]["name"].text ?? name): \($0["file"]["annotationCount"].integer ?? 0) labels on "
                + "\($0["file"]["imageCount"].integer ?? 0) photos."
        }
    }
}

struct LabelImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring labels of a file into a project, as labels or as suggestions.")
    @Argument var project: String
    @Argument(help: "One file, or a zip.") var file: String
    @Option(help: "coco, yolo, voc, cvat or labelStudio.") var format = "coco"
    @Flag(help: "Only suggest them; a person decides.") var asSuggestions = false
    @OptionGroup var house: HouseArguments

    func run() async throws {
        guard FileManager.default.fileExists(atPath: file) else { throw CommandError.pathMissing(file) }
        try await house.run { client in
            let id = try await client.project(project, house)["id"].text ?? ""
            let url = URL(filePath: file)
            let name = url.lastPathComponent.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let kind = asSuggestions ? "suggestions" : "labels"
            let format = format.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return try await client.upload(
                "/projects/\(id)/imports?format=\(format)&as=\(kind)", file: url,
                headers: [("X-Pomona-Name", name), ("Content-Type", "application/octet-stream")])
        } text: { answer in
            (["\(answer["annotations"].integer ?? 0) labels on \(answer["photos"].integer ?? 0) photos."]
                + answer["refused"].array.map { "  \($0["file"].text ?? ""): \($0["message"].text ?? "")" })
                .joined(separator: "\n")
        }
    }
}
