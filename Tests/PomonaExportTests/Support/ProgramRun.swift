import Foundation

/// Other programs, run to their end.
enum ProgramRun {
    struct Failed: Error {
        var program: String
        var text: String
    }

    /// What a program writes to its standard output.
    ///
    /// - Parameter program: A path, or a name that is looked up in PATH.
    /// - Throws: ``Failed`` with what it wrote to its standard error where it ends with another status than 0.
    static func output(
        of program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        // A file, because a full pipe nobody reads would stop the program.
        let complaint = FileManager.default.temporaryDirectory.appendingPathComponent("errors-\(UUID().uuidString)")
        try Data().write(to: complaint)
        defer { try? FileManager.default.removeItem(at: complaint) }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaint)
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(program: program, text: try String(contentsOf: complaint, encoding: .utf8))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
