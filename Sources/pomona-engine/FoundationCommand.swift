import Foundation
import PomonaTensor
import PomonaTraining

/// Runs a pretraining from a file of options and prints its log, one JSON object a line. A file `stop` in its folder
/// saves and ends it.
struct FoundationCommand {
    let options: ClassifierPretraining.Options

    init(optionsPath: String) throws {
        options = try JSONDecoder().decode(
            ClassifierPretraining.Options.self, from: Data(contentsOf: URL(fileURLWithPath: optionsPath)))
    }

    func run() throws {
        try TensorRuntime.setThreadCount(ProcessInfo.processInfo.activeProcessorCount)
        try ClassifierPretraining(options, device: .cpu).run(
            log: { entry in
                guard let data = try? JSONEncoder().encode(entry) else { return }
                FileHandle.standardOutput.write(data + Data([10]))
            }, shouldStop: { FileManager.default.fileExists(atPath: options.folder + "/stop") })
    }
}
