import Foundation
import Testing

@Suite("The studio's page", .serialized)
struct StudioPageTests {
    private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first(where: BuiltPrograms.isProgram)
    private static let chromium = BuiltPrograms.variable("POMONA_CHROMIUM") ?? "/usr/bin/chromium"

    private static let photos = "\(BuiltPrograms.shared)/data/fruit-exercise"
    /// What trainings start from; empty where it is not here, and the shipped foundation serves.
    private static let weights = {
        let path = "\(BuiltPrograms.shared)/weights/yolox_nano_coco.safetensors"
        return FileManager.default.fileExists(atPath: path) ? path : ""
    }()

    private static let hasBrowser =
        BuiltPrograms.isProgram(chromium) && BuiltPrograms.areComplete && PythonClient.has("playwright")

    /// Where pictures of the pages are left to be looked at.
    private static func artefacts(_ name: String) -> String {
        BuiltPrograms.variable("POMONA_ARTEFACTS").map { "\($0)/\(name)" }
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
            if: hasBrowser && BuiltPrograms.haveSample,
            "playwright (make clients), Chromium or an optimised build of pomona is missing"))
    func exercise() async throws {
        try await PythonClient.run(
            "../Web/Browser/exercise.py",
            [BuiltPrograms.pomona, Self.artefacts("exercise"), Self.weights]
                + [BuiltPrograms.sample].compactMap { $0 })
    }

    // A training on 53 photos takes minutes, which the usual run of all tests has no room for.
    @Test(
        "a browser does the same with a folder of photos, which it uploads",
        .enabled(if: BuiltPrograms.variable("POMONA_SLOW") == "1", "takes five minutes; set POMONA_SLOW=1"),
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"),
        .enabled(if: FileManager.default.fileExists(atPath: photos), "the shared photos are not here"))
    func exerciseWithFolder() async throws {
        try await PythonClient.run(
            "../Web/Browser/exercise_folder.py",
            [BuiltPrograms.pomona, Self.artefacts("exercise-folder"), Self.photos, Self.weights])
    }

    @Test(
        "a browser uploads 300 files over a lost connection, and goes by keyboard alone",
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"))
    func uploads() async throws {
        try await PythonClient.run("../Web/Browser/uploads.py", [BuiltPrograms.pomona, Self.artefacts("uploads")])
    }

    @Test(
        "a browser labels photos from an empty project to a COCO file on the dataset",
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"))
    func labeling() async throws {
        try await PythonClient.run("../Web/Browser/labeling.py", [BuiltPrograms.pomona, Self.artefacts("labeling")])
    }

    @Test(
        "a browser labels with the machine's help, reviews, exports and trains on what it exported",
        .enabled(
            if: hasBrowser && BuiltPrograms.haveSample,
            "playwright (make clients), Chromium or an optimised build of pomona is missing"))
    func assistedLabeling() async throws {
        try await PythonClient.run(
            "../Web/Browser/assisted.py",
            [BuiltPrograms.pomona, Self.artefacts("assisted"), Self.weights]
                + [BuiltPrograms.sample].compactMap { $0 })
    }

    @Test(
        "every page, tab and dialog can be read and worked with by everybody, in light and dark",
        .enabled(if: hasBrowser, "playwright (make clients), Chromium, pomona or pomona-engine is missing"))
    func accessibility() async throws {
        try await PythonClient.run(
            "../Web/Browser/accessibility.py", [BuiltPrograms.pomona, Self.artefacts("accessibility")])
    }
}
