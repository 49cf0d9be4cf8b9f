import Foundation
import PomonaTensor
import PomonaTraining

/// Pretraining from a file of options; the log goes to standard output, one JSON object a line. A file `stop` in the
/// run's folder saves and ends it.
///
/// `foundation-train OPTIONS` is the first stage, `foundation-detect OPTIONS` the second, `foundation-export CHECKPOINT
/// FILE` writes what is shipped.
struct FoundationCommand {
    private let work: () throws -> Void

    /// - Returns: `nil` where the arguments ask for something else.
    init?(_ arguments: [String]) throws {
        guard arguments.count > 2 else { return nil }
        switch arguments[1] {
        case "foundation-train":
            let options: ClassifierPretraining.Options = try Self.read(arguments[2])
            work = {
                try ClassifierPretraining(options, device: .best).run(
                    log: Self.write, shouldStop: { Self.shouldStop(options.folder) })
            }
        case "foundation-detect":
            let options: DetectionPretraining.Options = try Self.read(arguments[2])
            work = {
                try DetectionPretraining(options, device: .best).run(
                    log: Self.write, shouldStop: { Self.shouldStop(options.folder) })
            }
        case "foundation-export" where arguments.count > 3:
            work = { try FoundationExport(checkpoint: arguments[2]).write(to: arguments[3]) }
        default: return nil
        }
    }

    func run() throws {
        try TensorRuntime.setThreadCount(ProcessInfo.processInfo.activeProcessorCount)
        try work()
    }

    private static func read<Options: Decodable>(_ path: String) throws -> Options {
        try JSONDecoder().decode(Options.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func shouldStop(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/stop")
    }

    private static func write(_ entry: some Encodable) {
        guard let data = try? JSONEncoder().encode(entry) else { return }
        FileHandle.standardOutput.write(data + Data([10]))
    }
}
