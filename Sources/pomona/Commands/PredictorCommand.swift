import ArgumentParser
import Foundation
import PomonaEngine
import PomonaPrediction

/// The server's predictor; started by the server, and of no use to a person.
struct PredictorCommand: AsyncParsableCommand {
    static let name = "predictor"
    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Predict for a server, which asks through standard input.",
        shouldDisplay: false)

    @Option(help: "Where networks that were made ready are kept.")
    var cache: String

    func run() async {
        // Whoever ends the server lets what is under way be answered; this process ends when its input does.
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        // Where memory runs out, the system ends this one and not the server.
        try? Data("500".utf8).write(to: URL(fileURLWithPath: "/proc/self/oom_score_adj"))
        let models = ModelShelf(cacheFolder: cache)
        await WorkerService().run { request, photo in
            do {
                switch request {
                case .predict(let order):
                    let found = try await models.predict(photo: photo, order)
                    return .predicted(found.prediction, labels: found.labels)
                case .runtime: return .runtime(version: try? OpenVINORuntime.find().version)
                }
            } catch {
                return .failed(Failure(error))
            }
        }
        // At once, also from the middle of a photo that nobody waits for any more.
        _exit(0)
    }
}
