import Foundation
import Testing

/// A server on free ports of this machine, as a person starts it.
final class RunningHouse {
    let data: String
    private var process: Process?
    private let options: [String]
    private let log: URL

    /// - Parameters:
    ///   - data: The data folder; it may have been used before.
    ///   - options: Further words of the command.
    init(data: String, options: [String] = []) async throws {
        self.data = data
        self.options = options
        log = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString).log")
        try await start()
    }

    func start() async throws {
        let card = data + "/server.json"
        try? FileManager.default.removeItem(atPath: card)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.folder + "/pomona")
        process.arguments = ["serve", "--data", data, "--port", "0", "--blob-port", "0"] + options
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = process
        while !FileManager.default.fileExists(atPath: card) {
            let words = try String(contentsOf: log, encoding: .utf8)
            try #require(process.isRunning, "\(words)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    var isRunning: Bool { process?.isRunning == true }

    var processIdentifier: Int32 { process?.processIdentifier ?? 0 }

    /// What it said so far.
    var words: String {
        get throws { try String(contentsOf: log, encoding: .utf8) }
    }

    /// As a power cut would.
    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// As a service manager does, which tells all processes at once.
    ///
    /// - Returns: how long the server took.
    func terminate() -> Duration {
        guard let process else { return .zero }
        for engine in engines { Foundation.kill(engine, SIGTERM) }
        return ContinuousClock().measure {
            process.terminate()
            process.waitUntilExit()
        }
    }

    /// The engine processes that the server started.
    var engines: [Int32] {
        guard let server = process?.processIdentifier else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int32($0) }.filter { Self.engine($0)?.contains("PPid:\t\(server)\n") == true }
    }

    /// What the system says of an engine process; `nil` where there is none (any more).
    static func engine(_ id: Int32) -> String? {
        let status = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        guard let status, status.contains("Name:\tpomona-engine\n"), !status.contains("State:\tZ") else { return nil }
        return status
    }

    /// As Ctrl-C would; forgets the log.
    func stop() {
        if let process, process.isRunning {
            process.interrupt()
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: log)
    }

    /// Runs a command against it, whatever comes of it.
    func run(_ arguments: String...) throws -> Programs.Outcome {
        try Programs.pomona(arguments, environment: ["POMONA_DATA": data])
    }

    /// Runs a command that must succeed.
    @discardableResult
    func must(_ arguments: String...) throws -> Programs.Outcome {
        let outcome = try Programs.pomona(arguments, environment: ["POMONA_DATA": data])
        try #require(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.errors)")
        return outcome
    }
}
