import Foundation
import PomonaCore
import PomonaImaging
import PomonaModel
import Testing

@Suite("pomona foundation train", .serialized)
struct FoundationTrainCommandTests {
    /// A folder with a small pack, its table of names, and files of options.
    private struct Place {
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("stages-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let photos = try [UInt8(200), 20].map {
                try RGBImage(size: ImageSize(width: 32, height: 32), filledWith: $0).encoded(as: .png)
            }
            var table = "offset\tlength\tclass\n"
            for index in 0..<20 {
                let (offset, length) = index % 2 == 0 ? (0, photos[0].count) : (photos[0].count, photos[1].count)
                table += "\(offset)\t\(length)\t\(index % 2)\n"
            }
            try Data(photos[0] + photos[1]).write(to: URL(fileURLWithPath: path("pack-small.bin")))
            try table.write(toFile: path("pack-small.tsv"), atomically: true, encoding: .utf8)
            try "class\tname\n0\tlight\n1\tdark\n"
                .write(toFile: path("pack-classes.tsv"), atomically: true, encoding: .utf8)
        }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        func remove() { try? FileManager.default.removeItem(at: folder) }

        /// Writes the options of a stage, some of them changed or (with `nil`) left out, and returns the file's path.
        func options(_ stage: String, _ changes: [String: Any?] = [:]) throws -> String {
            var options: [String: Any] = [
                "packs": [path("pack-small.bin")], "folder": path(stage), "batchSize": 4, "learningRate": 0.001,
                "weightDecay": 0.05, "warmUpSteps": 10, "seed": 0, "steps": 2, "cooldownSteps": 0, "device": "cpu",
            ]
            let own: [String: Any] =
                stage == "classify"
                ? [
                    "side": 32, "labelSmoothing": 0.1,
                    "architecture": ["depth": 0.33, "width": 0.125, "isDepthwise": true, "activation": "relu"],
                ]
                : [
                    "side": 64, "backbone": path("classify/classifier.safetensors"), "backboneLearningRateScale": 0.25,
                    "renderedScenes": 1, "renderedShare": 0.25,
                ]
            options.merge(own) { $1 }
            for (name, value) in changes { options[name] = value }
            let file = path("\(stage).json")
            try JSONSerialization.data(withJSONObject: options).write(to: URL(fileURLWithPath: file))
            return file
        }

        func train(_ stage: String, _ changes: [String: Any?] = [:]) throws -> Programs.Outcome {
            try Programs.pomona(["foundation", "train", "--stage", stage, "--options", try options(stage, changes)])
        }

        /// The step that a stage's checkpoint was written at.
        func step(_ checkpoint: String) throws -> Int? {
            try SafetensorsFile(path: path(checkpoint)).metadata["step"].flatMap { Int($0) }
        }
    }

    @Test("Two stages and the export make a foundation that can be shown")
    func wholeWay() throws {
        let place = try Place()
        defer { place.remove() }
        for (stage, checkpoint) in [("classify", "classify/classifier"), ("detect", "detect/detector")] {
            let outcome = try place.train(stage)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try place.step(checkpoint + ".safetensors") == 2)
        }
        let made = place.path("made.safetensors")
        let exported = try Programs.pomona([
            "foundation", "train", "--stage", "export", "--options", place.path("detect/detector.safetensors"),
            "--output", made,
        ])
        #expect(exported.status == 0, "\(exported.errors)")
        let shown = try Programs.pomona(["foundation", "show", made])
        #expect(shown.status == 0 && shown.output.contains("light, dark"), "\(shown.output)")
    }

    @Test("A misspelt option, a pack that is missing and a foreign checkpoint are named; no stage ends in a trap")
    func refuses() throws {
        let place = try Place()
        defer { place.remove() }
        func check(
            _ stage: String, _ changes: [String: Any?], status: Int32, _ words: String,
            location: SourceLocation = #_sourceLocation
        ) throws {
            let outcome = try place.train(stage, changes)
            #expect(
                outcome.status == status && outcome.errors.contains("error: ") && outcome.errors.contains(words),
                "\(stage) \(outcome.status): \(outcome.errors)", sourceLocation: location)
        }
        for stage in ["classify", "detect"] {
            try check(stage, ["lerningRate": 0.1], status: 64, "no option \"lerningRate\"")
            try check(stage, ["learningRate": nil], status: 64, "option \"learningRate\" is missing")
            try check(stage, ["steps": "many"], status: 64, "option \"steps\"")
            try check(stage, ["batchSize": 0], status: 64, "option \"batchSize\" is 0")
            try check(stage, ["device": "abacus"], status: 64, "option \"device\"")
        }
        // The first stage's checkpoint is missing too, so the second says that first.
        try check("classify", ["packs": [place.path("none.bin")]], status: 66, "none.bin cannot be read")
        try check("detect", [:], status: 66, "classify/classifier.safetensors")
        #expect(try place.train("classify").status == 0)
        try check("detect", ["packs": [place.path("none.bin")]], status: 66, "none.bin cannot be read")
        #expect(try place.train("detect").status == 0)
        for stage in ["classify", "detect"] {
            try check(stage, ["seed": 9], status: 64, "its seed differs")
        }
        // Each stage meets the other's checkpoint.
        try check(
            "detect", ["backbone": place.path("detect/detector.safetensors")], status: 64, "its options differs")
        let exported = try Programs.pomona([
            "foundation", "train", "--stage", "export", "--options", place.path("classify/classifier.safetensors"),
            "--output", place.path("made.safetensors"),
        ])
        #expect(exported.status == 64 && exported.errors.contains("its options differs"), "\(exported.errors)")
        let none = try Programs.pomona([
            "foundation", "train", "--stage", "classify", "--options", place.path("nowhere.json"),
        ])
        #expect(none.status == 66 && none.errors.contains("nowhere.json"), "\(none.errors)")
        #expect(!FileManager.default.fileExists(atPath: place.path("made.safetensors")))
    }

    @Test("INT and TERM end a stage with a checkpoint, from which it goes on", arguments: [SIGINT, SIGTERM])
    func signals(_ number: Int32) throws {
        let place = try Place()
        defer { place.remove() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.folder + "/pomona")
        process.arguments = [
            "foundation", "train", "--stage", "classify", "--options",
            try place.options("classify", ["steps": 1_000_000]),
        ]
        let log = place.path("log")
        try Data().write(to: URL(fileURLWithPath: log))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try process.run()
        // With its first line the run is on its way.
        while process.isRunning, try !String(contentsOfFile: log, encoding: .utf8).contains("\n") {
            Thread.sleep(forTimeInterval: 0.05)
        }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        let step = try #require(try place.step("classify/classifier.safetensors"))
        #expect(step >= 100)
        let line = try #require(try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").first)
        let entry = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(entry["photosPerSecond"] is NSNumber && entry["loss"] is NSNumber)
        #expect(try place.train("classify", ["steps": step + 1]).status == 0)
        #expect(try place.step("classify/classifier.safetensors") == step + 1)
    }

    @Test(
        "A file named stop in the run's folder ends either stage with a checkpoint", arguments: ["classify", "detect"])
    func stopFile(_ stage: String) throws {
        let place = try Place()
        defer { place.remove() }
        #expect(try place.train("classify").status == 0)
        let checkpoint = stage == "classify" ? "classify/classifier.safetensors" : "detect/detector.safetensors"
        try FileManager.default.createDirectory(atPath: place.path(stage), withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: place.path(checkpoint))
        try Data().write(to: URL(fileURLWithPath: place.path(stage + "/stop")))
        #expect(try place.train(stage, ["steps": 50]).status == 0)
        #expect(try place.step(checkpoint) == 0)
    }
}
