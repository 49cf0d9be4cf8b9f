import Foundation
import Testing

@Suite("pomona train, evaluate and predict", .serialized)
struct TrainCommandTests {
    @Test("Training, evaluating and predicting speak the words that scripts rely on")
    func wholeWay() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let evaluation = [
            "--evaluation-coco", photos.path("labels.json"), "--evaluation-images", photos.path("images"),
        ]
        let trained = try Programs.pomona(photos.trainArguments() + evaluation + ["--steps", "4", "--json"])
        #expect(trained.status == 0, "\(trained.errors)")
        let answer = try trained.json
        for key in [
            "meanAveragePrecision30", "meanAveragePrecision50", "meanAveragePrecision75", "meanAveragePrecision",
            "trainingSeconds", "imagesPerSecond", "steps", "peakMemoryMB", "seed",
        ] { #expect(answer[key] is NSNumber, "\(key)") }
        #expect(answer["evaluatedOn"] as? String == "evaluation")
        #expect(answer["foundation"] as? String == "none")
        #expect((answer["skipped"] as? [Any])?.isEmpty == true)
        #expect(answer["steps"] as? Int == 4)
        let tags = try #require(answer["tagPerformance"] as? [String: [String: Any]])
        #expect(Set(tags.keys) == ["red", "green"])
        #expect(tags["red"]?["averagePrecision50"] is NSNumber)

        let model = photos.path("model.safetensors")
        let evaluated = try Programs.pomona([
            "evaluate", "--model", model, "--coco", photos.path("labels.json"), "--images", photos.path("images"),
            "--json", "--report", photos.path("report"),
        ])
        #expect(evaluated.status == 0, "\(evaluated.errors)")
        #expect(try evaluated.json["meanAveragePrecision50"] as? Double == answer["meanAveragePrecision50"] as? Double)
        let page = try String(contentsOfFile: photos.path("report/index.html"), encoding: .utf8)
        #expect(page.contains("mAP@50") && page.contains("red"))

        let predicted = try Programs.pomona([
            "predict", "--model", model, "--threshold", "0", "--draw", photos.path("drawn"), "--json",
            photos.path("images"), photos.path("labels.json"),
        ])
        #expect(predicted.status == 0, "\(predicted.errors)")
        let images = try #require(try predicted.json["images"] as? [[String: Any]])
        #expect(images.count == 12)
        #expect(images[0]["width"] as? Int == 96 && images[0]["height"] as? Int == 64)
        let object = try #require((images[0]["objects"] as? [[String: Any]])?.first)
        #expect(object["tag"] is String && object["confidence"] is NSNumber)
        #expect(Set(try #require(object["boundingBox"] as? [String: Any]).keys) == ["x", "y", "w", "h"])
        #expect((try predicted.json["skipped"] as? [[String: Any]])?.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: photos.path("drawn")).count == 12)
    }

    @Test("Ctrl-C saves the best so far and leaves with 130; --resume goes on to the end")
    func interrupted() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let arguments = photos.trainArguments() + ["--steps", "400"]
        let outcome = try Programs.pomona(arguments, interruptAfter: "step ")
        #expect(outcome.status == 130, "\(outcome.errors)")
        let model = photos.path("model.safetensors")
        #expect(FileManager.default.fileExists(atPath: model))
        #expect(outcome.errors.contains("--resume"))
        let resumed = try Programs.pomona(arguments + ["--resume", model + ".checkpoint", "--json"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try resumed.json["steps"] as? Int == 400)
        #expect(!FileManager.default.fileExists(atPath: model + ".checkpoint"))
    }

    @Test("A budget too small for the recipe's steps lowers them, and the command ends soon after it")
    func budgetHolds() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let clock = ContinuousClock()
        let begin = clock.now
        let outcome = try Programs.pomona(photos.trainArguments() + ["--budget", "12s", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        // The whole recipe takes minutes. How close the end comes to the budget is for the benchmark to say.
        #expect(clock.now - begin < .seconds(60))
        let steps = try #require(try outcome.json["steps"] as? Int)
        #expect(steps >= 10)
        // However much of the recipe the budget left, the number of steps repeats the run.
        let repeated = try Programs.pomona(
            photos.trainArguments(output: "again.safetensors") + ["--steps", "\(steps)", "--json"])
        #expect(try repeated.json["meanAveragePrecision"] as? Double == outcome.json["meanAveragePrecision"] as? Double)
    }

    @Test(
        "Faults of the label file end with 65 and name the record, the field and what was found",
        arguments: [
            ("\"category_id\": 1", "\"category_id\": 77", ["77"]),
            ("\"width\": 96", "\"width\": \"wide\"", ["width", "wide"]),
            ("\"width\": 96", "\"width\": -5", ["width", "-5"]),
            ("\"bbox\": [4, 16, 32, 32]", "\"bbox\": [4, 16, 0, 32]", ["0"]),
            ("\"bbox\": [4, 16, 32, 32]", "\"bbox\": [4, 16, 132, 32]", ["photo-0.png"]),
            ("\"bbox\": [4, 16, 32, 32]", "\"bbox\": [4, 16, NaN, 32]", ["JSON"]),
            ("\"images\": [", "\"images\": [[", ["JSON"]),
            ("\"id\": 2", "\"id\": 1", ["1"]),
        ] as [(String, String, [String])])
    func labelFaults(text: String, other: String, words: [String]) throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let outcome = try Programs.pomona(photos.trainArguments(coco: try photos.spoil(text, with: other)))
        #expect(outcome.status == 65, "\(outcome.errors)")
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
        #expect(!FileManager.default.fileExists(atPath: photos.path("model.safetensors")))
    }

    @Test("Wrong calls end with 64, missing files with 66")
    func wrongCalls() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        func status(_ arguments: [String]) throws -> Int32 { try Programs.pomona(arguments).status }
        #expect(try status(["train"]) == 64)
        #expect(try status(photos.trainArguments() + ["--budget", "soon"]) == 64)
        #expect(try status(photos.trainArguments() + ["--budget", "1s"]) == 64)
        #expect(try status(photos.trainArguments() + ["--evaluation-coco", photos.path("labels.json")]) == 64)
        #expect(try status(photos.trainArguments() + ["--size", "giant"]) == 64)
        #expect(try status(photos.trainArguments(coco: photos.path("nowhere.json"))) == 66)
        #expect(try status(["predict", "--model", photos.path("nowhere.st"), photos.path("images")]) == 66)
        #expect(try status(["coco", "check", photos.path("nowhere.json")]) == 66)
        #expect(try status(photos.trainArguments(output: "no/such/folder/m.safetensors")) == 70)
    }

    @Test("More than half of the photos missing ends with 65; fewer are listed")
    func missingPhotos() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        for index in 0..<3 { try FileManager.default.removeItem(atPath: photos.path("images/photo-\(index).png")) }
        let some = try Programs.pomona(photos.trainArguments() + ["--steps", "2", "--json"])
        #expect(some.status == 0)
        #expect((try some.json["skipped"] as? [Any])?.count == 3)
        for index in 3..<8 { try FileManager.default.removeItem(atPath: photos.path("images/photo-\(index).png")) }
        let most = try Programs.pomona(photos.trainArguments(output: "other.safetensors") + ["--steps", "2"])
        #expect(most.status == 65)
        #expect(!FileManager.default.fileExists(atPath: photos.path("other.safetensors")))
    }

    @Test("A file that is no model is told from one that is cut short")
    func badModels() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        #expect(try Programs.pomona(photos.trainArguments() + ["--steps", "2"]).status == 0)
        let whole = try Data(contentsOf: URL(fileURLWithPath: photos.path("model.safetensors")))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: photos.path("cut.safetensors")))
        let cut = try Programs.pomona(["predict", "--model", photos.path("cut.safetensors"), photos.path("images")])
        #expect(cut.status == 65 && cut.errors.contains("cut short"), "\(cut.errors)")
        let other = try Programs.pomona(["predict", "--model", photos.path("labels.json"), photos.path("images")])
        #expect(other.status == 65, "\(other.errors)")
    }

    @Test("A full disk is said in words and leaves nothing half-written", .enabled(if: hasFullDevice))
    func fullDisk() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        // 300 KB hold no model of this network.
        let small = photos.path("small")
        try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
        try #require(mount("tmpfs", small, "tmpfs", 0, "size=300k") == 0)
        defer { umount(small) }
        let outcome = try Programs.pomona(photos.trainArguments(output: "small/m.safetensors") + ["--steps", "2"])
        #expect(outcome.status == 70, "\(outcome.errors)")
        #expect(outcome.errors.contains("space"), "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: small).isEmpty)
    }

    /// Making a small disk takes the rights of root, and a kernel that lets them be used.
    private static let hasFullDevice: Bool = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mount-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard geteuid() == 0, mount("tmpfs", folder, "tmpfs", 0, "size=300k") == 0 else { return false }
        umount(folder)
        return true
    }()
}
