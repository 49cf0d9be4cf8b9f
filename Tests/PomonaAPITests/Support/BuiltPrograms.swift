import Foundation

/// Programs that were built beside these tests, for tests that start them.
enum BuiltPrograms {
    private static let folder = URL(
        filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    ).deletingLastPathComponent().path
    static let pomona = "\(folder)/pomona"
    private static let engine = variable("POMONA_ENGINE") ?? "\(folder)/pomona-engine"

    static let hasPomona = isProgram(pomona)
    /// Whether photos can be predicted and models trained too.
    static let areComplete = hasPomona && isProgram(engine)

    /// What `pomona sample` wrote, for builds that take many minutes to render.
    static let sample = variable("POMONA_SAMPLE")
    static let haveSample = isOptimised || sample != nil

    /// The folder of weights and photos that are no part of the project.
    static let shared =
        variable("POMONA_SHARED") ?? PythonClient.root.appending(path: "../shared").standardized.path

    private static var isOptimised: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    /// A variable of the environment; an empty one is none.
    static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    static func isProgram(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }
}
