import Foundation
import PomonaEngine
import PomonaTensor
import PomonaTraining

if CommandLine.arguments.count > 2, CommandLine.arguments[1] == "foundation-train" {
    let options = try JSONDecoder().decode(
        ClassifierPretraining.Options.self, from: Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[2])))
    try TensorRuntime.setThreadCount(2)
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
    if case .train(let training) = request {
        emit(.trained(try DetectorTrainer(training, report: emit, shouldStop: { false }).run()))
    }
} catch { emit(.failed(Failure(error))) }
