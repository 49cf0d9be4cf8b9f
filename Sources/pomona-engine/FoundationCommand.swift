import Foundation
import PomonaTensor
import PomonaTraining
import Synchronization

/// Pretraining from a file of options; the log goes to standard output, one JSON object a line. A file `stop` in the
/// run's folder, Ctrl-C or TERM saves and ends it.
///
/// `foundation-train OPTIONS` is the first stage, `foundation-detect OPTIONS` the second, `foundation-export CHECKPOINT
/// FILE` writes what is shipped.
struct FoundationCommand {
    private let work: (_ isStopped: @escaping () -> Bool) throws -> Void

    /// - Returns: `nil` where the arguments ask for something else.
    init?(_ arguments: [String]) throws {
        guard arguments.count > 2 else { return nil }
        switch arguments[1] {
        case "foundation-train":
            let options: ClassifierPretraining.Options = try Self.read(arguments[2])
            work = { isStopped in
                try ClassifierPretraining(options, device: .best).run(
                    log: Self.write, shouldStop: { isStopped() || Self.hasStopFile(options.folder) })
            }
        case "foundation-detect":
            let options: DetectionPretraining.Options = try Self.read(arguments[2])
            work = { isStopped in
                try DetectionPretraining(options, device: .best).run(
                    log: Self.write, shouldStop: { isStopped() || Self.hasStopFile(options.folder) })
            }
        case "foundation-export" where arguments.count > 3:
            work = { _ in try FoundationExport(checkpoint: arguments[2]).write(to: arguments[3]) }
        default: return nil
        }
    }

    func run() throws {
        try TensorRuntime.setThreadCount(ProcessInfo.processInfo.activeProcessorCount)
        let isStopped = Mutex(false)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { isStopped.withLock { $0 = true } }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try work { isStopped.withLock(\.self) }
    }

    private static func read<Options: Decodable>(_ path: String) throws -> Options {
        try JSONDecoder().decode(Options.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func hasStopFile(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/stop")
    }

    private static func write(_ entry: some Encodable) {
        guard let data = try? JSONEncoder().encode(entry) else { return }
        FileHandle.standardOutput.write(data + Data([10]))
    }
}
