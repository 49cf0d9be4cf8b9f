import ArgumentParser
import Foundation
import PomonaEngine
import PomonaFoundations
import PomonaModel

struct FoundationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "foundation", abstract: "See, add and pull weights that training starts from.",
        subcommands: [
            FoundationListCommand.self, FoundationShowCommand.self, FoundationAddCommand.self,
            FoundationPullCommand.self, FoundationTrainCommand.self,
        ], defaultSubcommand: FoundationListCommand.self)
}

struct FoundationListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List foundations.")

    func run() throws {
        let library = FoundationLibrary()
        if library.shipped != nil {
            Terminal.print("pomona       shipped with the program")
        } else {
            Terminal.print("pomona       missing: the program was installed without its foundation")
        }
        let here = library.shelf.names
        for name in here {
            let source = library.shelf.record(of: name).map { "from \($0.source)" } ?? ""
            Terminal.print(
                "\(name.padding(toLength: max(12, name.count), withPad: " ", startingAt: 0)) here, \(source)")
        }
        for published in PublishedFoundation.all where !here.contains(published.name) {
            Terminal.print(
                "\(published.name.padding(toLength: 12, withPad: " ", startingAt: 0)) "
                    + "\(published.parametersInMillions) M parameters, \(published.publishedPrecision) % on COCO, "
                    + "\(published.licence); pomona foundation pull \(published.name)")
        }
    }
}

struct FoundationShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell everything that is known of a foundation.")

    @Argument(help: "A name, or the path of a file.")
    var name: String

    func run() throws {
        let library = FoundationLibrary()
        let path: String
        do { path = try library.path(of: name) } catch let error as FoundationError {
            guard let published = PublishedFoundation.named(name) else { throw error }
            Terminal.print("name         \(published.name)\nsource       \(published.address)")
            Terminal.print("licence      \(published.licence)\nstate        not pulled yet")
            return
        }
        let file = try SafetensorsFile(path: path)
        let architecture = try FoundationShelf.architecture(of: file)
        Terminal.print("path         \(path)")
        Terminal.print(
            "network      YOLOX, depth \(architecture.depth), width \(architecture.width), "
                + "\(architecture.isDepthwise ? "depthwise" : "dense"), \(architecture.activation.rawValue)")
        let count = file.names.reduce(0) { $0 + (file.shape(of: $1) ?? []).reduce(1, *) }
        Terminal.print("numbers      \(count)")
        if let record = library.shelf.record(of: name) {
            Terminal.print("source       \(record.source)")
            Terminal.print("bytes        \(record.bytes)\nSHA-256      \(record.sha256), as first seen")
            if let licence = record.licence { Terminal.print("licence      \(licence)") }
        }
        for (key, value) in file.metadata.sorted(by: { $0.key < $1.key }) where key != "labels" {
            Terminal.print("\(key.padding(toLength: max(12, key.count), withPad: " ", startingAt: 0)) \(value)")
        }
        if file.metadata["format"]?.hasPrefix("pomona-model/") == true {
            let labels = try ModelDescription(file: file).labels
            Terminal.print(
                "tags         \(labels.count): \(labels.prefix(8).joined(separator: ", "))\(labels.count > 8 ? ", ..." : "")"
            )
        }
    }
}

struct FoundationAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Keep a weights file (safetensors or a published ONNX file) under a name.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The name it shall have.")
    var name: String

    func run() throws {
        guard name != ShippedFoundation.name else { throw FoundationError.reserved(name: name) }
        let record = try FoundationShelf.standard().add(file, as: name, source: file)
        Terminal.print("\(name): \(record.bytes) bytes, SHA-256 \(record.sha256)")
    }
}

struct FoundationPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Bring a published foundation from the network.",
        discussion: "An interrupted pull goes on where it stopped when the same command is run again.")

    @Argument(help: "A published name, or with --url one of your choice.")
    var name: String

    @Option(help: "The address of a safetensors or ONNX file.")
    var url: String?

    @Option(help: "The SHA-256 the file must have.")
    var sha256: String?

    func validate() throws {
        if let sha256, sha256.count != 64 || !sha256.allSatisfy(\.isHexDigit) {
            throw ValidationError("--sha256 must be 64 hexadecimal digits, found \(sha256.count) characters.")
        }
    }

    func run() async throws {
        let pull = try FoundationPull(name: name, address: url, expectedHash: sha256)
        Terminal.note("Pulling \(pull.address) ...")
        let record = try await pull.run(into: .standard()) { received, total in
            guard Terminal.isInteractive else { return }
            let share = total.map { " of \(String(format: "%.1f", Double($0) / 1e6))" } ?? ""
            let text = "\r\u{1B}[K\(String(format: "%.1f", Double(received) / 1e6))\(share) MB"
            try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
        }
        if Terminal.isInteractive { Terminal.note("") }
        Terminal.print("\(name): \(record.bytes) bytes, SHA-256 \(record.sha256)")
        if sha256 == nil {
            Terminal.note("The publisher states no hash; this one is recorded (pomona foundation show \(name)).")
        }
    }
}

struct FoundationTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Make a foundation from packs of small photos; goes on where it stopped.",
        discussion: """
            Three stages, each a run of the engine: classify (foundation-train), detect (foundation-detect), export \
            (foundation-export). Options are a JSON file; docs/foundation.md shows those of the shipped foundation.
            """)

    enum Stage: String, ExpressibleByArgument, CaseIterable {
        case classify, detect, export
    }

    @Option(help: "classify, detect or export.")
    var stage: Stage

    @Option(help: "The JSON file of options; for export the checkpoint of the second stage.")
    var options: String

    @Option(name: .shortAndLong, help: "For export: the file to write.")
    var output: String?

    func run() throws {
        guard FileManager.default.fileExists(atPath: options) else { throw CommandError.pathMissing(options) }
        let arguments: [String]
        switch stage {
        case .classify: arguments = ["foundation-train", options]
        case .detect: arguments = ["foundation-detect", options]
        case .export:
            guard let output else { throw ValidationError("--stage export needs --output.") }
            try OutputFile.check(output)
            arguments = ["foundation-export", options, output]
        }
        throw try EngineLocation.find().handOver(to: arguments)
    }
}
