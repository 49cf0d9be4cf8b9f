import ArgumentParser
import Foundation
import PomonaCOCO
import PomonaCore
import PomonaEngine

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train an object detector or a classifier on labelled photos.",
        discussion: """
            The budget is a ceiling: the number of steps follows from the photos and the foundation, and is lowered only \
            where the budget cannot hold it. Ctrl-C saves the best model so far; pressed twice, it ends at once.
            """)

    @Option(help: "What to train: detector (where is what) or classifier (which one tag fits the photo).")
    var kind = ModelKind.detector

    @Option(
        name: .customLong("train-coco"),
        help: "The COCO file with the labels to learn from. A classifier does without: then every folder is a tag.")
    var trainCOCO: String?

    @Option(help: "The folder of its photos; for a classifier without a COCO file a folder with one folder per tag.")
    var trainImages: String

    @Option(name: .customLong("evaluation-coco"), help: "A COCO file to measure the finished model on.")
    var evaluationCOCO: String?

    @Option(help: "The folder of its photos.")
    var evaluationImages: String?

    @Option(help: "What the boxes are in, pixels or fractions; recognised unless said.")
    var boxes: BoxForm?

    @Option(help: "Weights to start from: a safetensors file, a name, or none.")
    var foundation: String?

    @Option(help: "Size of the network (nano, tiny, s, m, l, x); the foundation's unless said.")
    var size: String?

    @Option(
        help: """
            Side of the network's input in pixels, a multiple of 32; unless said that at which the foundation was \
            taught (320 px for the shipped one), else 416, and for a classifier 96 px for the shipped one, else 224.
            """)
    var imageSize: Int?

    @Option(help: "The longest the whole command may take: 90s, 10m, 1.5h.")
    var budget = TimeBudget(seconds: 600)

    @Option(help: "Exactly so many steps, to repeat a run.")
    var steps: Int?

    @Option(help: "Chooses everything that is random.")
    var seed: UInt64 = 0

    @Option(help: "Where to compute: auto, cpu or cuda.")
    var device = DevicePreference.auto

    @Option(help: "Threads to compute with; one per core unless said.")
    var threads: Int?

    @Option(help: "Go on from the checkpoint in this folder; for detectors only.")
    var resume: String?

    @Option(name: .shortAndLong, help: "The model file to write.")
    var output: String

    @Flag(help: "Print events and the result as JSON, one object a line.")
    var json = false

    func validate() throws {
        guard kind == .classifier || trainCOCO != nil else {
            throw ValidationError("--train-coco is needed; only a classifier does without.")
        }
        guard kind == .detector || resume == nil else {
            throw ValidationError(
                "--resume is for detectors: a classifier keeps no checkpoint, since it is trained anew as quickly.")
        }
        if let steps, steps < 1 { throw ValidationError("--steps must be at least 1, found \(steps).") }
        if let threads, !(1...512).contains(threads) {
            throw ValidationError("--threads must be 1...512, found \(threads).")
        }
    }

    func run() async throws {
        guard evaluationCOCO == nil || evaluationImages != nil,
            kind == .classifier || (evaluationCOCO == nil) == (evaluationImages == nil)
        else { throw CommandError.evaluationIncomplete }
        try OutputFile.check(output)
        let engine = EngineProcess(try EngineLocation.find())
        let foundationPath = try FoundationChoice(foundation).path
        let training = try LabelledSet(coco: trainCOCO, images: trainImages, form: boxes, kind: kind)
        let evaluation = try evaluationImages.map {
            try LabelledSet(coco: evaluationCOCO, images: $0, form: boxes, kind: kind)
        }
        let request = TrainingRequest(
            kind: kind, trainingSet: training.set, evaluationSet: evaluation?.set,
            alreadySkipped: AlreadySkipped(training: training.skipped, evaluation: evaluation?.skipped ?? []),
            foundation: foundationPath, size: size, imageSize: imageSize, budgetSeconds: budget.seconds, steps: steps,
            seed: seed, device: device, threads: threads, checkpointFolder: resume ?? output + ".checkpoint",
            resumes: resume != nil, output: output)
        let reporter = TrainingReporter(emitsJSON: json)
        let interruption = Interruption(notice: "\nStopping: the best model so far is being measured and saved ...")
        defer { interruption.end() }
        let event = try await engine.answer(to: .train(request), stop: interruption.stop) { await reporter.hear($0) }
        await reporter.finish()
        guard case .trained(let result) = event else { throw EngineError.unexpected("no result") }
        try tell(result)
        if result.wasInterrupted { throw ExitCode(ErrorKind.interrupted.exitStatus) }
    }

    private func tell(_ result: TrainingResult) throws {
        if json {
            try Terminal.json(PerformanceAnswer(evaluation: result.evaluation, training: result))
        } else {
            Terminal.print(PerformanceText(result.evaluation).text)
            Terminal.print(
                "Trained \(result.steps) steps in \(TimeBudget(seconds: result.trainingSeconds).text) "
                    + "(\(Int(result.peakMemoryMB)) MB at most). Model: \(output)")
        }
        guard result.wasInterrupted else { return }
        switch kind {
        case .detector:
            Terminal.note("Interrupted. To go on: the same command with --resume \(resume ?? output + ".checkpoint")")
        case .classifier:
            Terminal.note("Interrupted. The model knows every photo, but in fewer views; the same command begins anew.")
        }
    }
}
