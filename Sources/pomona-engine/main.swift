import Foundation
import PomonaCore
import PomonaEngine
import PomonaTensor
import PomonaTraining

if CommandLine.arguments.count > 2, CommandLine.arguments[1] == "foundation-train" {
    let options = try JSONDecoder().decode(
        ClassifierPretraining.Options.self, from: Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[2])))
    try TensorRuntime.setThreadCount(ProcessInfo.processInfo.activeProcessorCount)
    try ClassifierPretraining(options, device: .cpu).run(
        log: { entry in
            guard let data = try? JSONEncoder().encode(entry) else { return }
            FileHandle.standardOutput.write(data + Data([10]))
        }, shouldStop: { FileManager.default.fileExists(atPath: options.folder + "/stop") })
    exit(0)
}
let line = readLine() ?? ""
let request = try JSONDecoder().decode(EngineRequest.self, from: Data(line.utf8))
func emit(_ event: EngineEvent) {
    if let data = try? JSONEncoder().encode(event) { FileHandle.standardOutput.write(data + Data([10])) }
}
do {
    switch request {
    case .train(let training):
        emit(.trained(try DetectorTrainer(training, report: emit, shouldStop: { false }).run()))
    case .doctor:
        emit(
            .diagnosis(
                EngineDiagnosis(
                    torchVersion: TensorRuntime.version, hasCUDA: TensorRuntime.hasCUDA,
                    threads: ProcessInfo.processInfo.activeProcessorCount)))
    case .evaluate, .predict:
        emit(
            .failed(
                Failure(
                    code: "unsupported", message: "This engine trains; it does not evaluate or predict on request yet.",
                    hint: nil, kind: .usage)))
    }
} catch { emit(.failed(Failure(error))) }
