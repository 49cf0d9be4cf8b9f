import Foundation
import Testing

/// The programs as they were built beside these tests, run as a person runs them.
enum Programs {
    static let folder = URL(
        fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    ).deletingLastPathComponent().path

    private static let cache: URL = {
        atexit { try? FileManager.default.removeItem(at: Programs.cacheFolder) }
        return cacheFolder
    }()
    private static let cacheFolder = FileManager.default.temporaryDirectory
        .appendingPathComponent("pomona-cache-\(ProcessInfo.processInfo.processIdentifier)")

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The last line of standard output as JSON.
        var json: [String: Any] {
            get throws {
                let line = try #require(output.split(separator: "\n").last)
                return try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
        }
    }

    /// Runs `pomona` to its end.
    ///
    /// - Parameter interruptAfter: A text on standard error after which Ctrl-C is pressed.
    static func pomona(
        _ arguments: [String], interruptAfter marker: String? = nil, environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(folder + "/pomona", arguments, interruptAfter: marker, environment: environment)
    }

    /// Copies the programs into a folder that is nowhere near the project's, and returns the path of `pomona` there.
    static func copied(into folder: URL) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["pomona", "pomona-engine"] {
            try FileManager.default.copyItem(
                at: URL(fileURLWithPath: Self.folder + "/" + name), to: folder.appendingPathComponent(name))
        }
        return folder.appendingPathComponent("pomona").path
    }

    /// Runs a copy of `pomona` to its end.
    static func run(
        _ program: String, _ arguments: [String], interruptAfter marker: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        // Each run of the tests prepares its models anew, and leaves the person's own cache alone.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["POMONA_CACHE": cache.path]) { $1 }.merging(environment) { $1 }
        let files = try (0..<2).map { _ -> URL in
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("out-\(UUID().uuidString)")
            try Data().write(to: file)
            return file
        }
        defer { files.forEach { try? FileManager.default.removeItem(at: $0) } }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        if let marker {
            while process.isRunning, try !String(contentsOf: files[1], encoding: .utf8).contains(marker) {
                Thread.sleep(forTimeInterval: 0.05)
            }
            kill(process.processIdentifier, SIGINT)
        }
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: files[0], encoding: .utf8),
            errors: try String(contentsOf: files[1], encoding: .utf8))
    }
}
