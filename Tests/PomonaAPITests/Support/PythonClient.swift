import Foundation
import Synchronization
import Testing

/// Runs a script of Tests/Clients with the interpreter that POMONA_PYTHON names.
enum PythonClient {
    /// `nil` where no interpreter is named; tests that need one are then skipped.
    static let interpreter = ProcessInfo.processInfo.environment["POMONA_PYTHON"]

    /// Runs a script and expects it to end well; what it printed is the failure's text otherwise.
    static func run(_ script: String, _ arguments: [String], line: SourceLocation = #_sourceLocation) async throws {
        let interpreter = try #require(interpreter)
        let folder = URL(filePath: #filePath).appending(path: "../../../Clients").standardized
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
