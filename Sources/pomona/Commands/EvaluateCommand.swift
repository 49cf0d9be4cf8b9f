import ArgumentParser
import Foundation
import PomonaCOCO
import PomonaCore
import PomonaEngine
import PomonaModel

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure a model on labelled photos.")

    @Option(help: "The model file.")
    var model: String

    @Option(help: "The COCO file with the labels. A classifier does without: then every folder is a tag.")
    var coco: String?

    @Option(help: "The folder of its photos; for a classifier without a COCO file a folder with one folder per tag.")
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

    func validate() throws {
        if let threads, !(1...512).contains(threads) {
            throw ValidationError("--threads must be 1...512, found \(threads).")
        }
    }

    func run() async throws {
        guard FileManager.default.fileExists(atPath: model) else { throw CommandError.pathMissing(model) }
        let engine = EngineProcess(try EngineLocation.find())
        let isClassifier = try ModelDescription(file: SafetensorsFile(path: model)).kind == .classifier
        guard isClassifier || coco != nil else {
            throw ValidationError("--coco is needed: the model is a detector.")
        }
        let labelled = try LabelledSet(
            coco: coco, images: images, form: boxes, kind: isClassifier ? .classifier : .detector)
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
