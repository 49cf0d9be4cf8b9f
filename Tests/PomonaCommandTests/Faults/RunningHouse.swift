import Foundation
import Testing

/// A server on free ports of this machine, as a person starts it.
final class RunningHouse {
    let data: String
    private let options: [String]
    private var process: Process?
    private let log: URL
    private let output: URL

    /// - Parameters:
    ///   - data: The data folder; it may have been used before.
    ///   - options: Further words of the command.
    init(data: String, options: [String] = []) async throws {
        self.data = data
        self.options = options
        let folder = FileManager.default.temporaryDirectory
        log = folder.appendingPathComponent("house-\(UUID().uuidString).log")
        output = log.appendingPathExtension("out")
        try await start()
    }

    func start() async throws {
        let card = data + "/server.json"
        let before = FileManager.default.contents(atPath: card)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.folder + "/pomona")
        process.arguments = ["serve", "--data", data, "--port", "0", "--blob-port", "0"] + options
        let files = try [output, log].map { file in
            if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
            let handle = try FileHandle(forWritingTo: file)
            try handle.seekToEnd()
            return handle
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = files[0]
        process.standardError = files[1]
        try process.run()
        self.process = process
        // One that a crash left is replaced.
        while [nil, before].contains(FileManager.default.contents(atPath: card)) {
            let words = try words
            try #require(process.isRunning, "\(words)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    var isRunning: Bool { process?.isRunning == true }

    var processIdentifier: Int32 { process?.processIdentifier ?? 0 }

    /// What it logged, over all its starts.
    var words: String { get throws { try String(contentsOf: log, encoding: .utf8) } }

    /// The first line that it printed, once it is there.
    func firstLine() async throws -> String {
        while true {
            let text = try String(contentsOf: output, encoding: .utf8)
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            let words = try words
            try #require(isRunning, "\(words)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// What it said as JSON when it was ready.
    func announcement() async throws -> [String: String] {
        let line = try await firstLine()
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String], "\(line)")
    }

    /// What it left for commands: `studio`, `session` and more.
    var card: [String: String] {
        get throws {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: data + "/server.json"))
            return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: String])
        }
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

    /// As Ctrl-C would.
    func interrupt() {
        guard let process, process.isRunning else { return }
        process.interrupt()
        process.waitUntilExit()
    }

    /// As Ctrl-C would; forgets the log.
    func stop() {
        interrupt()
        for file in [log, output] { try? FileManager.default.removeItem(at: file) }
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
