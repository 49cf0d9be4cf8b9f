import Foundation
import PomonaCore
import Testing

@Suite("predict", .serialized)
struct PredictCommandTests {
    /// Whether the programs under test find OpenVINO.
    private static let hasOpenVINO =
        (try? Programs.pomona(["doctor"]).output)?.contains("OpenVINO     20") == true

    private struct Found {
        var file: String
        var tag: String
        var confidence: Double
        var box: Box
    }

    /// What an answer says of its photos.
    private func found(_ outcome: Programs.Outcome) throws -> [Found] {
        let images = try #require(outcome.json["images"] as? [[String: Any]])
        return try images.flatMap { image in
            let objects = try #require(image["objects"] as? [[String: Any]])
            return try objects.map { object in
                let box = try #require(object["boundingBox"] as? [String: Double])
                let (x, y, w, h) = (box["x"] ?? .nan, box["y"] ?? .nan, box["w"] ?? .nan, box["h"] ?? .nan)
                return Found(
                    file: try #require(image["file"] as? String), tag: try #require(object["tag"] as? String),
                    confidence: try #require(object["confidence"] as? Double),
                    box: Box(xMin: x, yMin: y, xMax: x + w, yMax: y + h))
            }
        }
    }

    private static let threshold = 0.3

    /// Whether all of one list but what is as good as at the threshold is in the other too.
    private func isCovered(_ one: [Found], by other: [Found]) -> Bool {
        one.allSatisfy { wanted in
            wanted.confidence < Self.threshold + 1e-3
                || other.contains {
                    $0.file == wanted.file && $0.tag == wanted.tag && abs($0.confidence - wanted.confidence) < 1e-3
                        && $0.box.intersectionOverUnion(wanted.box) > 0.99
                }
        }
    }

    private func agree(_ one: Programs.Outcome, _ other: Programs.Outcome) throws -> Bool {
        let (one, other) = (try found(one), try found(other))
        return isCovered(one, by: other) && isCovered(other, by: one)
    }

    @Test("Every photo of a folder is answered, in order, whatever computes; one that is none is named and left out")
    func folder() throws {
        let photos = try CommandPhotos(count: 20)
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: photos.path("images/broken.png")))
        let arguments = [
            "predict", "--model", model, photos.path("images"), "--threshold", "\(Self.threshold)", "--json",
        ]
        let engine = try Programs.pomona(arguments + ["--runtime", "engine"])
        #expect(engine.status == 0, "\(engine.errors)")
        #expect(engine.errors.contains("broken.png is left out"))
        let files = try #require(engine.json["images"] as? [[String: Any]]).compactMap { $0["file"] as? String }
        #expect(files.count == 20)
        #expect(files == files.sorted())
        #expect(try engine.json["runtime"] as? String == "libtorch")
        #expect(try found(engine).count > 3)
        guard Self.hasOpenVINO else { return }
        let openVINO = try Programs.pomona(arguments + ["--runtime", "openvino"])
        #expect(openVINO.status == 0, "\(openVINO.errors)")
        #expect(try agree(openVINO, engine))
    }

    @Test("Tiles give the same through OpenVINO and through the engine", .enabled(if: hasOpenVINO))
    func tiles() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        let arguments = [
            "predict", "--model", model, photos.path("images/photo-1.png"), "--threshold", "\(Self.threshold)",
            "--json",
            "--tile-size", "48",
        ]
        let engine = try Programs.pomona(arguments + ["--runtime", "engine"])
        let openVINO = try Programs.pomona(arguments + ["--runtime", "openvino"])
        #expect(try found(engine).count > 3)
        #expect(try agree(openVINO, engine))
        let whole = try Programs.pomona(Array(arguments.dropLast(2)) + ["--runtime", "openvino"])
        #expect(try !agree(whole, engine))
    }

    @Test("Without OpenVINO the engine predicts, and a line says so; one that was named must be there")
    func fallback() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        let arguments = ["predict", "--model", model, photos.path("images/photo-1.png")]
        // A copy of the program far from any OpenVINO.
        let copy = try Programs.copied(into: photos.folder.appendingPathComponent("bin"))
        let outcome = try Programs.run(copy, arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("OpenVINO is not installed"))
        #expect(outcome.output.contains("photo-1.png (96 x 64"))
        let doctor = try Programs.run(copy, ["doctor"])
        #expect(doctor.output.contains("OpenVINO     missing"))
        #expect(doctor.output.contains("three times as long"))
        #expect(doctor.output.contains("fetch-openvino.sh"))

        let named = try Programs.pomona(arguments, environment: ["OPENVINO": photos.path("images")])
        #expect(named.status == 66)
        #expect(named.errors.contains("\(photos.path("images")) holds no OpenVINO"))
        let asked = try Programs.run(copy, arguments + ["--runtime", "openvino"])
        #expect(asked.status == 66)
    }

    @Test("A half installed OpenVINO is named with what it lacks")
    func halfInstalled() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        let folder = photos.path("openvino")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: folder + "/libopenvino_c.so"))
        let outcome = try Programs.pomona(
            ["predict", "--model", model, photos.path("images/photo-1.png")], environment: ["OPENVINO": folder])
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("libopenvino.so"))
        #expect(outcome.errors.contains("fetch-openvino.sh"))
    }

    @Test(
        "A model file whose labels were edited, of a newer version or cut short is refused in words",
        arguments: ["auto", "engine"])
    func badModel(runtime: String) throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        func refusal(_ model: String) throws -> String {
            let outcome = try Programs.pomona([
                "predict", "--model", model, photos.path("images/photo-1.png"), "--runtime", runtime,
            ])
            #expect(outcome.status == 65)
            return outcome.errors
        }
        let edited = try EagerModel.edit(model, replacing: #"[\"red\",\"green\"]"#, with: #"[\"red\"]"#)
        #expect(try refusal(edited).contains("head.cls_preds"))
        let vast = try EagerModel.edit(model, replacing: #"\"depth\":"#, with: #"\"depth\":1e300,\"d\":"#)
        #expect(try refusal(vast).contains("architecture"))
        let newer = try EagerModel.edit(model, replacing: "pomona-model/1", with: "pomona-model/9")
        #expect(try refusal(newer).contains("newer program"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: model))
        try bytes.prefix(bytes.count - 100).write(to: URL(fileURLWithPath: photos.path("short.safetensors")))
        #expect(try refusal(photos.path("short.safetensors")).contains("short.safetensors"))
    }

    @Test("Copies with boxes never take the place of the photos themselves")
    func drawsElsewhere() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        let photo = photos.path("own/photo.jpg")
        try FileManager.default.createDirectory(atPath: photos.path("own"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: photos.path("images/photo-1.png"), toPath: photo)
        let before = try Data(contentsOf: URL(fileURLWithPath: photo))
        let outcome = try Programs.pomona(["predict", "--model", model, photo, "--draw", photos.path("own")])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("own/photo.jpg"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: photo)) == before)
    }

    @Test(
        "Options out of range or at odds are refused",
        arguments: [
            ["--threshold", "1.5"], ["--tile-size", "8"], ["--threads", "0"],
            ["--runtime", "openvino", "--device", "cuda"],
        ])
    func options(words: [String]) throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let outcome = try Programs.pomona(
            ["predict", "--model", photos.path("labels.json"), photos.path("images/photo-1.png")] + words)
        #expect(outcome.status == 64)
    }
}
