import ArgumentParser
import PomonaCOCO
import PomonaCore

struct COCOCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coco", abstract: "Check label files in COCO's format.", subcommands: [COCOCheckCommand.self])
}

struct COCOCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Judge a label file: for Pomona, and for Image Analysis 4.0.")

    @Argument(help: "The COCO file.")
    var file: String

    @Option(help: "Look for the photos in this folder.")
    var images: String?

    @Option(help: "What it teaches: detection or classification; recognised unless said.")
    var kind: COCOKind?

    @Option(help: "What it is for: train or evaluation.")
    var role = COCORole.train

    @Option(help: "What the boxes are in, pixels or fractions; recognised unless said.")
    var boxes: BoxForm?

    @Flag(help: "Print the report as one JSON object.")
    var json = false

    func run() throws {
        let report = try COCOCheck.run(file: file, images: images, kind: kind, role: role, form: boxes)
        if json { try Terminal.json(report) } else { Terminal.print(report.text) }
        if !report.isValid { throw ExitCode(ErrorKind.badData.exitStatus) }
    }
}
