import ArgumentParser
import Foundation
import PomonaCOCO
import PomonaCore
import PomonaEngine

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure a model on labelled photos.")

    @Option(help: "The model file.")
    var model: String

    @Option(help: "The COCO file with the labels.")
    var coco: String

    @Option(help: "The folder of its photos.")
    var images: String

    @Option(help: "What the boxes are in, pixels or fractions; recognised unless said.")
    var boxes: BoxForm?

    @Option(help: "Where to compute: auto, cpu or cuda.")
    var device = DevicePreference.auto

    @Option(help: "Threads to compute with; one per core unless said.")
    var threads: Int?

    @Option(help: "Also write a report page with curves and mistakes into this folder.")
    var report: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() async throws {
        guard FileManager.default.fileExists(atPath: model) else { throw CommandError.pathMissing(model) }
        let engine = EngineProcess(try EngineLocation.find())
        let labelled = try LabelledSet(coco: coco, images: images, form: boxes)
        let interruption = Interruption(notice: "\nStopping ...")
        defer { interruption.end() }
        let event = try await engine.answer(
            to: .evaluate(
                EvaluationRequest(
                    model: model, evaluationSet: labelled.set, alreadySkipped: labelled.skipped, device: device,
                    threads: threads)),
            stop: interruption.stop)
        guard case .evaluated(let result) = event else { throw EngineError.unexpected("no result") }
        if let report {
            let page = EvaluationReport(title: URL(fileURLWithPath: model).lastPathComponent, result: result)
            let path = try page.write(to: report, set: labelled.set)
            Terminal.note("Report: \(path)")
        }
        if json {
            try Terminal.json(PerformanceAnswer(evaluation: result))
        } else {
            Terminal.print(PerformanceText(result).text)
        }
    }
}
