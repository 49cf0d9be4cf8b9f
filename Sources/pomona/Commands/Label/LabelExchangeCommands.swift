import ArgumentParser
import Foundation

struct LabelExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a project's labels into the dataset's container, or into a file.",
        discussion: """
            Without --output it is a COCO file in the container, attached to the dataset, so a model can be trained on it at \
            once. YOLO and Pascal VOC are many files and come as a zip.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case coco, csv, yolo, voc
    }

    @Argument var project: String
    @Option(help: "The file's name in the container; .json is added.") var name = "training-labels"
    @Option(help: "coco, csv, yolo or voc.") var format = Format.coco
    @Option(help: "What the boxes of COCO are in: pixels or fractions.") var form = "pixels"
    @Flag(help: "Approved photos only; otherwise submitted ones too.") var approved = false
    @Flag(help: "Replace a file of that name in the container.") var replace = false
    @Option(help: "A file of this machine, in place of one in the container.") var output: String?
    @OptionGroup var house: HouseArguments

    func validate() throws {
        guard output != nil || format == .coco else {
            throw ValidationError("Only COCO goes into the container; --output says where \(format.rawValue) goes.")
        }
        guard ["pixels", "fractions"].contains(form) else {
            throw ValidationError("--form must be pixels or fractions, found \(form).")
        }
    }

    func run() async throws {
        if let output { try OutputFile.check(output) }
        try await house.run { client in
            let path = "/projects/\(try await client.project(project, house)["id"].text ?? "")"
            let answer = try await client.send(
                .post, path + "/exports",
                [
                    "format": .string(format.rawValue), "form": .string(form),
                    "states": approved ? ["approved"] : ["submitted", "approved"], "name": .string(name),
                    "destination": output == nil ? "container" : "download", "replace": .bool(replace),
                ])
            guard let output else { return answer }
            let bytes = try await client.bytes(ofURL: answer["url"].text ?? "")
            try OutputFile.write(bytes, to: output)
            return ["file": .string(output), "bytes": .number(Double(bytes.count))]
        } text: { answer in
            if let output { return "\(output): \(answer["bytes"].integer ?? 0) bytes." }
            return
                "\(answer["file"]["name"].text ?? name): \(answer["file"]["annotationCount"].integer ?? 0) labels on "
                + "\(answer["file"]["imageCount"].integer ?? 0) photos."
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
