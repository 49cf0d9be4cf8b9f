import Foundation
import Testing

@Suite("The other commands", .serialized)
struct OtherCommandTests {
    @Test("doctor names versions, device and threads")
    func doctor() throws {
        let outcome = try Programs.pomona(["doctor"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        for word in ["libvips", "libtorch", "device", "threads"] { #expect(outcome.output.contains(word)) }
    }

    @Test(
        "Numbers that nothing can be made of are refused before anything begins",
        arguments: [
            ["serve", "--port", "70000"], ["serve", "--blob-port", "-1"],
            ["evaluate", "--model", "m", "--images", "i", "--threads", "0"],
            ["evaluate", "--model", "m", "--images", "i", "--threads", "3000000000"],
            ["demo", "--budget", "1e30h"], ["train", "--train-images", "i", "--output", "m", "--budget", "1345h"],
        ])
    func numbers(words: [String]) throws {
        let outcome = try Programs.pomona(words)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(words[words.count - 2]), "\(outcome.errors)")
    }

    @Test("coco check prints a verdict and leaves with it")
    func cocoCheck() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let sound = try Programs.pomona([
            "coco", "check", photos.path("labels.json"), "--images", photos.path("images"),
        ])
        #expect(sound.status == 0)
        #expect(sound.output.contains("12 images"))
        let spoiled = try photos.spoil("\"category_id\": 1", with: "\"category_id\": 9")
        let outcome = try Programs.pomona(["coco", "check", spoiled, "--json"])
        #expect(outcome.status == 65)
        #expect(try outcome.json["isValid"] as? Bool == false)
    }

    @Test("pomona itself never loads libtorch, and what decodes photos only when there is one")
    func noTorch() throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ldd")
        process.arguments = [Programs.folder + "/pomona"]
        process.standardOutput = pipe
        try process.run()
        let libraries = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(libraries.contains("libsqlite3"))
        #expect(!libraries.contains("torch") && !libraries.contains("libvips"))
    }
}
