import Foundation
import PomonaCore
import PomonaEngine
import PomonaTraining
import Synchronization

/// Pretraining from a file of options; the log goes to standard output, one JSON object a line. A file `stop` in the
/// run's folder, Ctrl-C or TERM saves and ends it.
///
/// `foundation-train OPTIONS` is the first stage, `foundation-detect OPTIONS` the second, `foundation-export CHECKPOINT
/// FILE` writes what is shipped.
struct FoundationCommand {
    private let work: (_ isStopped: @escaping () -> Bool) throws -> Void

    /// Whether the arguments of the program ask for one of these.
    static func isMeant(by arguments: [String]) -> Bool {
        arguments.count > 1 && arguments[1].hasPrefix("foundation-")
    }

    /// Does what the arguments ask for.
    ///
    /// - Returns: The program's exit status; what went wrong was said on standard error.
    static func status(_ arguments: [String]) -> Int32 {
        do {
            try FoundationCommand(arguments).run()
            return 0
        } catch {
            let failure = Failure(error)
            let lines = ["error: \(failure.message)", failure.hint].compactMap(\.self).joined(separator: "\n")
            try? FileHandle.standardError.write(contentsOf: Data((lines + "\n").utf8))
            return failure.kind.exitStatus
        }
    }

    private init(_ arguments: [String]) throws {
        switch (arguments[1], arguments.count) {
        case ("foundation-train", 3):
            let options = try ClassifierPretraining.Options(path: arguments[2])
            work = { isStopped in
                let device = try ComputeDevice.resolve(options.device ?? .auto, threads: nil)
                try ClassifierPretraining(options, device: device).run(
                    log: Self.write, shouldStop: { isStopped() || Self.hasStopFile(options.folder) })
            }
        case ("foundation-detect", 3):
            let options = try DetectionPretraining.Options(path: arguments[2])
            work = { isStopped in
                let device = try ComputeDevice.resolve(options.device ?? .auto, threads: nil)
                try DetectionPretraining(options, device: device).run(
                    log: Self.write, shouldStop: { isStopped() || Self.hasStopFile(options.folder) })
            }
        case ("foundation-export", 4):
            work = { _ in try FoundationExport(checkpoint: arguments[2]).write(to: arguments[3]) }
        default:
            throw Failure(
                code: "usage",
                message: "Expected foundation-train OPTIONS, foundation-detect OPTIONS or foundation-export CHECKPOINT "
                    + "FILE, found \(arguments.dropFirst().joined(separator: " ")).",
                kind: .usage)
        }
    }

    private func run() throws {
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

    private static func hasStopFile(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/stop")
    }

    private static func write(_ entry: some Encodable) {
        guard let data = try? JSONEncoder().encode(entry) else { return }
        // Once the reader is gone there is nobody left to tell, but the run goes on.
        try? FileHandle.standardOutput.write(contentsOf: data + Data([10]))
    }
}
