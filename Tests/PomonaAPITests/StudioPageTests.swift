import Foundation
import Testing

@Suite("The studio's page", .serialized)
struct StudioPageTests {
    private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first(where: isProgram)
    private static let chromium = variable("POMONA_CHROMIUM") ?? "/usr/bin/chromium"

    /// Programs that were built beside these tests.
    private static let folder = URL(
        filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    ).deletingLastPathComponent().path
    private static let pomona = "\(folder)/pomona"
    private static let engine = variable("POMONA_ENGINE") ?? "\(folder)/pomona-engine"

    /// What `pomona sample` wrote, for builds that take many minutes to render.
    private static let sample = variable("POMONA_SAMPLE")

    /// Weights that trainings start from; empty for the shipped foundation.
    private static var start: String {
        let shared = variable("POMONA_SHARED") ?? PythonClient.root.appending(path: "../shared").standardized.path
        let weights = "\(shared)/weights/yolox_nano_coco.safetensors"
        return FileManager.default.fileExists(atPath: weights) ? weights : ""
    }

    private static let hasBrowser =
        [chromium, pomona, engine].allSatisfy(isProgram) && PythonClient.has("playwright")

    private static var isOptimised: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func isProgram(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Where pictures of the pages are left to be looked at.
    private static func artefacts(_ name: String) -> String {
        variable("POMONA_ARTEFACTS").map { "\($0)/\(name)" }
            ?? PythonClient.root.appending(path: ".build/artefacts/\(name)").path
    }

    @Test("the pure modules pass under node", .enabled(if: node != nil, "there is no node"))
    func modules() throws {
        let folder = PythonClient.root.appending(path: "Tests/Web")
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.node))
        process.arguments =
            ["--test"]
            + (try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".mjs") }.sorted())
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try String(decoding: output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
    }

    @Test(
        "a browser does the exercise without labeling",
        .enabled(
            if: hasBrowser && (isOptimised || sample != nil),
            "playwright (make clients), Chromium or an optimised build of pomona is missing"))
    func exercise() async throws {
        try await PythonClient.run(
            "../Web/Browser/exercise.py",
            [Self.pomona, Self.artefacts("exercise"), Self.start] + [Self.sample].compactMap { $0 })
    }

    @Test(
        "a browser uploads 300 files over a lost connection, and goes by keyboard alone",
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"))
    func uploads() async throws {
        try await PythonClient.run("../Web/Browser/uploads.py", [Self.pomona, Self.artefacts("uploads")])
    }

    @Test(
        "a browser labels photos from an empty project to a COCO file on the dataset",
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"))
    func labeling() async throws {
        try await PythonClient.run("../Web/Browser/labeling.py", [Self.pomona, Self.artefacts("labeling")])
    }

    @Test(
        "a browser labels with the machine's help, reviews, exports and trains on what it exported",
        .enabled(
            if: hasBrowser && (isOptimised || sample != nil),
            "playwright (make clients), Chromium or an optimised build of pomona is missing"))
    func assistedLabeling() async throws {
        try await PythonClient.run(
            "../Web/Browser/assisted.py",
            [Self.pomona, Self.artefacts("assisted"), Self.start] + [Self.sample].compactMap { $0 })
    }

    @Test(
        "every page, tab and dialog can be read and worked with by everybody, in light and dark",
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"))
    func accessibility() async throws {
        try await PythonClient.run("../Web/Browser/accessibility.py", [Self.pomona, Self.artefacts("accessibility")])
    }
}
