import Foundation
import Testing

@Suite(
    "A disk that fills", .serialized,
    .enabled(if: SmallDisk.isPossible, "mounting a small disk takes a right that these tests do not have"))
struct FullDiskTests {
    /// Runs a house on a disk of its own.
    private func withHouse(megabytes: Int, _ body: (RunningHouse, SmallDisk) async throws -> Void) async throws {
        let disk = try SmallDisk(megabytes: megabytes)
        defer { disk.remove() }
        let house = try await RunningHouse(data: disk.path + "/data")
        defer { house.stop() }
        try house.must("group", "create", "fruit", "--storage-account", "fruitstore")
        try house.must("storage", "create", "fruitstore", "--container", "photos", "--group", "fruit")
        try await body(house, disk)
    }

    private func blobs(_ house: RunningHouse) throws -> Int {
        try #require(try house.must("verify", "--json").json["blobs"] as? Int)
    }

    @Test("An upload is refused in words, what was answered stays, and room made is used at once")
    func upload() async throws {
        let files = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: files) }
        for number in 10..<30 {
            try Data(repeating: UInt8(number), count: 5_000_000).write(
                to: files.appendingPathComponent("\(number).bin"))
        }
        let labels = files.appendingPathComponent("labels.json").path
        try await withHouse(megabytes: 64) { house, disk in
            try house.must("dataset", "create", "squares", "--container", "photos", "--group", "fruit")
            let full = try house.run("storage", "upload", "photos", files.path, "--group", "fruit")
            #expect(full.status != 0)
            #expect(full.errors.contains("is full"), "\(full.errors)")
            #expect(full.errors.contains("Free some space"), "\(full.errors)")
            let kept = try blobs(house)
            #expect((5..<20).contains(kept))
            #expect(house.isRunning)

            // Label files wait in a folder of their own, and leave the same reserve alone.
            try Data(Array((#"{"images":["# + String(repeating: " ", count: 30_000_000)).utf8)).write(
                to: URL(fileURLWithPath: labels))
            let refused = try house.run("dataset", "import", "squares", labels, "--group", "fruit")
            #expect(refused.status == 70 && refused.errors.contains("is full"), "\(refused.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: house.data + "/uploads").isEmpty)
            #expect(try blobs(house) >= kept)

            try house.must("group", "delete", "fruit", "--yes")
            try house.must("group", "create", "other", "--storage-account", "otherstore")
            try house.must("storage", "create", "otherstore", "--container", "photos", "--group", "other")
            try house.must(
                "storage", "upload", "photos", files.appendingPathComponent("10.bin").path, "--group", "other")
            #expect(try blobs(house) == 1)
        }
    }

    @Test("A training fails in words, its dataset and everything else stay, and with room it goes through")
    func training() async throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        try await withHouse(megabytes: 64) { house, disk in
            try house.must("storage", "upload", "photos", photos.path("images"), "--group", "fruit")
            try house.must("dataset", "create", "squares", "--container", "photos", "--group", "fruit")
            try house.must("dataset", "import", "squares", photos.path("labels.json"), "--group", "fruit")
            try disk.fill(leaving: 9_000_000)
            let failed = try house.run(
                "model", "train", "first", "--dataset", "squares", "--budget", "30m", "--foundation", "none", "--group",
                "fruit")
            #expect(failed.status != 0)
            #expect(
                failed.errors.contains("could not be written") && failed.errors.contains("space"), "\(failed.errors)")
            #expect(house.isRunning)
            #expect(try blobs(house) == 13)
            try disk.makeRoom()
            try house.must(
                "model", "train", "second", "--dataset", "squares", "--budget", "30m", "--steps", "4", "--foundation",
                "none", "--group", "fruit")
            let model = try house.must("model", "show", "second", "--group", "fruit", "--json").json
            #expect(model["status"] as? String == "succeeded", "\(model)")
            #expect(model["bytes"] as? Int ?? 0 > 1_000_000, "\(model)")
            try house.must("verify")
        }
    }
}
