import ArgumentParser
import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging
import PomonaSample

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Do the whole exercise on rendered photos and write a report page.")

    @Option(help: "The folder to fill.")
    var output = "pomona-demo"

    @Option(help: "The longest the training may take.")
    var budget = TimeBudget(seconds: 300)

    @Option(help: "Weights to start from: a safetensors file, a name, or none.")
    var foundation: String?

    @Option(help: "Chooses everything that is random.")
    var seed: UInt64 = 0

    func run() async throws {
        try OutputFile.makeFolder(output)
        let engine = EngineProcess(try EngineLocation.find())
        let foundationPath = try FoundationChoice(foundation).path
        Terminal.note("Rendering 88 photos of apples, bananas and oranges ...")
        let sets = try SampleCommand.write(to: "\(output)/sample", seed: seed)
        let model = "\(output)/fruit.safetensors"
        Terminal.note("Training on 53 of them, within \(budget.text) ...")
        let reporter = TrainingReporter(emitsJSON: false)
        let interruption = Interruption(notice: "\nStopping: the best model so far is being measured and saved ...")
        defer { interruption.end() }
        let event = try await engine.answer(
            to: .train(
                TrainingRequest(
                    trainingSet: sets.training, evaluationSet: sets.evaluation, foundation: foundationPath,
                    budgetSeconds: budget.seconds, seed: seed, output: model)),
            stop: interruption.stop
        ) { await reporter.hear($0) }
        await reporter.finish()
        guard case .trained(let result) = event else { throw EngineError.unexpected("no result") }
        Terminal.print(PerformanceText(result.evaluation).text)
        var page = EvaluationReport(title: "Fruit from rendered photos", result: result.evaluation)
        page.training = result
        page.examples = try await examples(model, sets.test.photos.map(\.path))
        let path = try page.write(to: "\(output)/report", set: sets.evaluation)
        Terminal.print("Report: \(path)")
        if result.wasInterrupted { throw ExitCode(ErrorKind.interrupted.exitStatus) }
    }

    /// The test photos with what the model found in them.
    private func examples(_ model: String, _ photos: [String]) async throws -> [ReportPhoto] {
        let predictor = try await ModelLoading(photoCount: photos.count).load(model)
        var examples: [ReportPhoto] = []
        for photo in photos {
            let prediction = try await predictor.predict(path: photo, threshold: 0.3)
            let image = try ImageDecoder().decode(path: photo).image
            let found = prediction.detections.map {
                "\(predictor.labels[$0.label]) \(PerformanceText.percent($0.confidence))"
            }
            examples.append(
                ReportPhoto(
                    image: image.drawn(prediction.detections, labels: predictor.labels),
                    caption: URL(fileURLWithPath: photo).lastPathComponent + ": "
                        + (found.isEmpty ? "nothing found" : found.joined(separator: ", "))))
        }
        await predictor.close()
        return examples
    }
}
