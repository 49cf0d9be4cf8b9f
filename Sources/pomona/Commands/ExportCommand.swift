public import ArgumentParser
import Foundation
public import PomonaExport

extension ONNXPrecision: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a model for other programs.",
        discussion: """
            The folder gets the network and a text with programs in Python, C++ and Swift that use it, to copy as they \
            are.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case onnx }

    @Option(help: "The model file.")
    var model: String

    @Option(help: "What to write.")
    var format = Format.onnx

    @Option(name: .shortAndLong, help: "The folder to write into; it is made where there is none.")
    var output: String

    @Option(help: "What the weights are: fp32, or fp16 at half the size.")
    var precision = ONNXPrecision.single

    @Option(help: "Photos that go in at once; any number unless said.")
    var batch: Int?

    @Flag(help: "Let the network itself drop overlapping and unlikely boxes (non-maximum suppression).")
    var suppression = false

    @Option(help: "With --suppression: overlap above which the less confident of two boxes is dropped, 0...1.")
    var overlap: Double?

    @Option(help: "With --suppression: least confidence of a box, 0...1.")
    var threshold: Double?

    func validate() throws {
        guard suppression || (overlap == nil && threshold == nil) else {
            throw ValidationError("--overlap and --threshold have a meaning only with --suppression.")
        }
    }

    func run() throws {
        let exported = try ExportedFolder(model: model, in: output, options: options)
        let size = try FileManager.default.attributesOfItem(atPath: exported.networkPath)[.size] as? Int
        Terminal.print("\(exported.networkPath) (\((size ?? 0) / 1000) kB, \(precision.rawValue))")
        Terminal.print("How to use it: \(exported.readmePath)")
    }

    private var options: ONNXExportOptions {
        var options = ONNXExportOptions(precision: precision, batch: batch.map(ONNXBatch.fixed) ?? .dynamic)
        if suppression {
            let usual = ONNXSuppression()
            options.suppression = ONNXSuppression(
                overlap: overlap ?? usual.overlap, threshold: threshold ?? usual.threshold,
                limitPerLabel: usual.limitPerLabel)
        }
        return options
    }
}
