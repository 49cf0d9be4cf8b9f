import Foundation
import PomonaCore
import PomonaEngine
import PomonaTensor
import PomonaTraining

/// Answers the one request of an engine process.
struct EngineService {
    let input: InputLines
    let output: EventWriter

    func run() {
        guard let line = input.next() else { return }
        do {
            try answer(JSONDecoder().decode(EngineRequest.self, from: Data(line.utf8)))
        } catch let error as DecodingError {
            output.write(
                .failed(Failure(code: "badRequest", message: "The request is not understood: \(error)", kind: .usage)))
        } catch {
            output.write(.failed(Failure(error)))
        }
    }

    private func answer(_ request: EngineRequest) throws {
        switch request {
        case .train(let training):
            // Whoever labels or predicts meanwhile goes first.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            let result =
                switch training.kind {
                case .detector:
                    try DetectorTrainer(training, report: output.write, shouldStop: { input.isStopped }).run()
                case .classifier:
                    try ClassifierTrainer(training, report: output.write, shouldStop: { input.isStopped }).run()
                }
            output.write(.trained(result))
        case .evaluate(let evaluation):
            output.write(.evaluated(try ModelEvaluation(evaluation, shouldStop: { input.isStopped }).run()))
        case .predict(let session):
            try PredictionAnswers(session).run(input: input, output: output)
        case .doctor:
            output.write(
                .diagnosis(
                    EngineDiagnosis(
                        torchVersion: TensorRuntime.version, hasCUDA: TensorRuntime.hasCUDA,
                        threads: ProcessInfo.processInfo.activeProcessorCount)))
        }
    }
}
