import Foundation
import Testing

@Suite("train --kind classifier", .serialized)
struct ClassifierCommandTests {
    /// Photos sorted into one folder per tag.
    private func sorted(_ photos: CommandPhotos) throws -> String {
        let root = photos.folder.appending(path: "tags")
        for index in 0..<12 {
            let tag = root.appending(path: index % 2 == 0 ? "red" : "green")
            try FileManager.default.createDirectory(at: tag, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: photos.folder.appending(path: "images/photo-\(index).png"),
                to: tag.appending(path: "photo-\(index).png"))
        }
        try Data("no photo".utf8).write(to: root.appending(path: "red/broken.png"))
        return root.path
    }

    @Test("Folders are tags: trained, measured, and told apart by whatever computes")
    func folders() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let root = try sorted(photos)
        let model = photos.path("tags.safetensors")
        let trained = try Programs.pomona([
            "train", "--kind", "classifier", "--train-images", root, "--evaluation-images", root, "--device", "cpu",
            "--output", model, "--json",
        ])
        #expect(trained.status == 0, "\(trained.errors)")
        let answer = try trained.json
        #expect(answer["accuracyTop1"] as? Double == 1)
        #expect(answer["evaluatedOn"] as? String == "evaluation")
        #expect(answer["foundation"] as? String != "none")
        let skipped = try #require(answer["skipped"] as? [[String: Any]])
        #expect(skipped.allSatisfy { $0["file"] as? String == "red/broken.png" } && !skipped.isEmpty)

        // One tag is enough to measure.
        try FileManager.default.createDirectory(atPath: photos.path("one"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: root + "/green", toPath: photos.path("one/green"))
        let one = try Programs.pomona(["evaluate", "--model", model, "--images", photos.path("one")])
        #expect(one.status == 0 && one.output.contains("top-1 100.0 %"), "\(one.errors)")

        let measured = try Programs.pomona(["evaluate", "--model", model, "--images", root])
        #expect(measured.status == 0 && measured.output.contains("top-1 100.0 %"), "\(measured.errors)")

        var answers: [[String]] = []
        for runtime in ["auto", "engine"] {
            let outcome = try Programs.pomona([
                "predict", "--model", model, photos.path("images"), "--runtime", runtime, "--threshold", "0.5",
                "--json",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let images = try #require(outcome.json["images"] as? [[String: Any]])
            answers.append(
                try images.map { image in
                    let tags = try #require(image["tags"] as? [[String: Any]])
                    return "\(image["file"] ?? "") \(tags.first?["tag"] ?? "none")"
                })
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0].count == 12)
        for line in answers[0] {
            let number = try #require(line.firstMatch(of: /photo-(\d+)/).flatMap { Int($0.1) })
            #expect(line.hasSuffix(number % 2 == 0 ? "red" : "green"), "\(line)")
        }
    }

    @Test("A folder without folders of tags, and a detector without a label file, are refused in words")
    func refuses() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let flat = try Programs.pomona([
            "train", "--kind", "classifier", "--train-images", photos.path("images"), "--output", photos.path("m"),
        ])
        #expect(flat.status == 65 && flat.errors.contains("folder's name is taken for a tag"), "\(flat.errors)")
        let single = try sorted(photos)
        try FileManager.default.removeItem(atPath: single + "/green")
        let arguments = ["train", "--kind", "classifier", "--train-images", single, "--output", photos.path("m")]
        let one = try Programs.pomona(arguments)
        #expect(one.status == 65 && one.errors.contains("two different tags"), "\(one.errors)")
        let resumed = try Programs.pomona(arguments + ["--resume", "/nowhere"])
        #expect(resumed.status == 64 && resumed.errors.contains("--resume is for detectors"), "\(resumed.errors)")
        let detector = try Programs.pomona([
            "train", "--train-images", photos.path("images"), "--output", photos.path("m"),
        ])
        #expect(detector.status == 64 && detector.errors.contains("--train-coco"), "\(detector.errors)")
    }
}
