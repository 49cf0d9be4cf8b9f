import Foundation
import Synchronization
import Testing

/// Runs a script of Tests/Clients with an interpreter that has the packages of its requirements.txt: the one that
/// `make clients` puts into the project's folder .clients, or the one that POMONA_PYTHON names.
enum PythonClient {
    /// `nil` where there is none; tests that need one are then skipped.
    static let interpreter: String? = {
        let installed = root.appending(path: ".clients")
        let isComplete = FileManager.default.fileExists(atPath: installed.appending(path: "requirements.txt").path)
        if isComplete { return installed.appending(path: "bin/python").path }
        return ProcessInfo.processInfo.environment["POMONA_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    }()

    /// Why tests that need the clients are skipped.
    static let absence: Comment = "the clients are not installed (make clients), and POMONA_PYTHON names no Python"

    /// The package's folder.
    static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized

    /// Whether the interpreter finds a module, such as `azure.storage.blob`.
    static func has(_ module: String) -> Bool {
        guard let interpreter else { return false }
        let process = Process()
        process.executableURL = URL(filePath: interpreter)
        process.arguments = [
            "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)", module,
        ]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Runs a script and expects it to end well; what it printed is the failure's text otherwise.
    static func run(_ script: String, _ arguments: [String], line: SourceLocation = #_sourceLocation) async throws {
        let interpreter = try #require(interpreter)
        let folder = root.appending(path: "Tests/Clients")
        let process = Process()
        process.executableURL = URL(filePath: interpreter)
        process.arguments = [folder.appending(path: script).path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "*"], uniquingKeysWith: { $1 })
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let status = await withCheckedContinuation { continuation in
            let text = Mutex(Data())
            output.fileHandleForReading.readabilityHandler = { handle in
                let data = handle.availableData
                text.withLock { $0.append(data) }
            }
            process.terminationHandler = { process in
                output.fileHandleForReading.readabilityHandler = nil
                let rest = (try? output.fileHandleForReading.readToEnd()) ?? Data()
                let all = text.withLock { $0 + rest }
                continuation.resume(returning: (process.terminationStatus, String(decoding: all, as: UTF8.self)))
            }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(returning: (-1, "\(interpreter) could not be started: \(error)"))
            }
        }
        #expect(status.0 == 0, "\(status.1)", sourceLocation: line)
    }
}
