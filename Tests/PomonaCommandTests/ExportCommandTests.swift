import Foundation
import Testing

@Suite("export", .serialized)
struct ExportCommandTests {
    @Test("The folder holds the network in the wanted precision and a text with three programs")
    func export() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        var sizes: [Int] = []
        for precision in ["fp32", "fp16"] {
            let folder = photos.path(precision)
            let outcome = try Programs.pomona([
                "export", "--model", model, "--format", "onnx", "--output", folder, "--precision", precision,
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("\(folder)/model.onnx"))
            let text = try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
            for part in ["red, green", precision, "```python", "```cpp", "```swift"] { #expect(text.contains(part)) }
            sizes.append(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/model.onnx")).count)
        }
        #expect(Double(sizes[1]) < 0.6 * Double(sizes[0]))
    }

    @Test("Suppression in the network changes its answers; its options alone mean nothing")
    func suppression() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        let arguments = ["export", "--model", model, "--output", photos.path("out"), "--batch", "1"]
        #expect(try Programs.pomona(arguments + ["--overlap", "0.5"]).status == 64)
        #expect(try Programs.pomona(arguments + ["--suppression", "--overlap", "0.5"]).status == 0)
        let text = try String(contentsOfFile: photos.path("out/README.md"), encoding: .utf8)
        #expect(text.contains("detection_boxes"))
        let wrong = try Programs.pomona(arguments + ["--suppression", "--overlap", "5"])
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("overlap"))
    }

    @Test("A model that is not there, none, or edited, and a folder that cannot be made are named")
    func refused() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let missing = try Programs.pomona(["export", "--model", photos.path("none"), "--output", photos.path("out")])
        #expect(missing.status == 66)
        #expect(missing.errors.contains(photos.path("none")))
        let other = try Programs.pomona([
            "export", "--model", photos.path("labels.json"), "--output", photos.path("out"),
        ])
        #expect(other.status == 65)
        let model = try EagerModel.write(photos)
        let edited = try EagerModel.edit(
            model, replacing: #"[\"red\",\"green\"]"#, with: #"[\"red\",\"green\",\"blue\"]"#)
        let outcome = try Programs.pomona(["export", "--model", edited, "--output", photos.path("out")])
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("head.cls_preds"))
        let folder = try Programs.pomona(["export", "--model", model, "--output", photos.path("labels.json") + "/out"])
        #expect(folder.status == 70)
        #expect(folder.errors.contains("labels.json/out"))
    }
}
