import Foundation
import PomonaModel
import Testing

@Suite("Faults of the house", .serialized)
struct HouseFaultTests {
    private func withHouse(_ body: (RunningHouse, CommandPhotos) async throws -> Void) async throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let house = try await RunningHouse(data: photos.path("data"))
        defer { house.stop() }
        try house.must("group", "create", "fruit", "--storage-account", "fruitstore")
        try house.must("storage", "create", "fruitstore", "--container", "photos", "--group", "fruit")
        try house.must("storage", "upload", "photos", photos.path("images"), "--group", "fruit")
        try house.must("dataset", "create", "squares", "--container", "photos", "--group", "fruit")
        try house.must("dataset", "import", "squares", photos.path("labels.json"), "--group", "fruit")
        try await body(house, photos)
    }

    @Test(
        "A data folder that cannot be, or cannot be written, is refused in words",
        arguments: ["/proc/pomona", "/dev/null"])
    func folder(_ path: String) throws {
        let outcome = try Programs.pomona(["serve", "--data", path, "--port", "0", "--blob-port", "0"])
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains(path), "\(outcome.errors)")
    }

    @Test("Label files of 200 levels and of two gigabytes are refused in words, and change nothing")
    func labelFiles() async throws {
        try await withHouse { house, photos in
            let deep = photos.path("deep.json")
            let nested = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
            try #"{"images":[],"annotations":[],"categories":[],"info":\#(nested)}"#.write(
                toFile: deep, atomically: true, encoding: .utf8)
            let large = photos.path("large.json")
            // A hole: two gigabytes of nothing after a good beginning.
            try Data(#"{"images":["#.utf8).write(to: URL(fileURLWithPath: large))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: large))
            try handle.truncate(atOffset: 2 << 30)
            try handle.close()
            for (file, words) in [(deep, "deep.json"), (large, "larger than the 1610612736 bytes")] {
                let outcome = try house.run("dataset", "import", "squares", file, "--group", "fruit")
                #expect(outcome.status != 0)
                #expect(outcome.errors.contains(words), "\(outcome.errors)")
            }
            let shown = try house.must("dataset", "show", "squares", "--group", "fruit", "--json").json
            #expect(shown["annotationCount"] as? Int == 12)
            #expect(try house.must("verify", "--json").json["blobs"] as? Int == 13)
        }
    }

    @Test("A server killed at work goes on with the training where its checkpoint was; cancelling keeps what it has")
    func killed() async throws {
        try await withHouse { house, _ in
            let (job, checkpoint) = try await longTraining(house)
            house.kill()
            let before = try Data(contentsOf: URL(fileURLWithPath: checkpoint))
            try house.must("verify", "--data", house.data)
            try await house.start()
            try await wait("the next checkpoint") { FileManager.default.contents(atPath: checkpoint) != before }
            try house.must("model", "cancel", "long", "--group", "fruit")
            _ = try house.run("job", "watch", job)
            let model = try house.must("model", "show", "long", "--group", "fruit", "--json").json
            #expect(model["status"] as? String == "cancelled", "\(model)")
            #expect(model["bytes"] as? Int ?? 0 > 1_000_000, "\(model)")
            try house.must("verify")
        }
    }

    @Test("A training whose engine is killed goes on from its checkpoint")
    func engineKilled() async throws {
        try await withHouse { house, _ in
            let (job, checkpoint) = try await longTraining(house)
            let engine = try #require(house.engines.first)
            kill(engine, SIGKILL)
            try await wait("the end of the engine") { !house.engines.contains(engine) }
            let before = try Data(contentsOf: URL(fileURLWithPath: checkpoint))
            try await wait("the next checkpoint") { FileManager.default.contents(atPath: checkpoint) != before }
            #expect(try house.must("job", "show", job, "--json").json["state"] as? String == "running")
            try house.must("verify")
        }
    }

    @Test("A server that is told to end while it trains does so within ten seconds, and goes on at its next start")
    func terminated() async throws {
        try await withHouse { house, _ in
            let (job, checkpoint) = try await longTraining(house)
            #expect(house.terminate() < .seconds(10))
            let before = try Data(contentsOf: URL(fileURLWithPath: checkpoint))
            try house.must("verify", "--data", house.data)
            try await house.start()
            try await wait("the next checkpoint") { FileManager.default.contents(atPath: checkpoint) != before }
            #expect(try house.must("job", "show", job, "--json").json["state"] as? String == "running")
        }
    }

    @Test("A training whose checkpoint is another training's begins again")
    func foreignCheckpoint() async throws {
        try await withHouse { house, _ in
            let (job, checkpoint) = try await longTraining(house)
            let engine = try #require(house.engines.first)
            house.kill()
            // It ends by itself once its caller is gone, and saves where it stands before.
            try await wait("the end of the engine") { RunningHouse.engine(engine) == nil }
            let (file, header) = try checkpointHeader(checkpoint)
            let text = String(
                decoding: try JSONSerialization.data(withJSONObject: header.merging(["seed": 99]) { $1 }), as: UTF8.self
            )
            let tensors = try file.names.map { (name: $0, tensor: try file.tensor($0)) }
            try SafetensorsWriter.write(tensors, metadata: ["checkpoint": text], to: checkpoint)
            try await house.start()
            try await wait("a checkpoint of its own") {
                (try? checkpointHeader(checkpoint).header["seed"] as? Int) == 0
            }
            // It still hears that it is to stop.
            try house.must("model", "cancel", "long", "--group", "fruit")
            try await wait("the end of the training") {
                (try? house.must("job", "show", job, "--json").json["state"] as? String) == "cancelled"
            }
        }
    }

    private func checkpointHeader(_ path: String) throws -> (file: SafetensorsFile, header: [String: Any]) {
        let file = try SafetensorsFile(path: path)
        let text = Data(try #require(file.metadata["checkpoint"]).utf8)
        return (file, try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any]))
    }

    @Test("Deleting a group ends its training, and leaves nothing of it")
    func deleting() async throws {
        try await withHouse { house, _ in
            try house.must(
                "model", "train", "long", "--dataset", "squares", "--budget", "5m", "--foundation", "none", "--no-wait",
                "--group", "fruit")
            try house.must("group", "delete", "fruit", "--yes")
            let report = try house.must("verify", "--json").json
            #expect(report["blobs"] as? Int == 0 && report["jobs"] as? Int == 1, "\(report)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: house.data + "/models").isEmpty)
        }
    }

    /// Begins a training that takes longer than any test, and waits for its first checkpoint.
    private func longTraining(_ house: RunningHouse) async throws -> (job: String, checkpoint: String) {
        let begun = try house.must(
            "model", "train", "long", "--dataset", "squares", "--budget", "30m", "--foundation", "none", "--no-wait",
            "--group", "fruit", "--json")
        let job = try #require(try begun.json["jobID"] as? String)
        let checkpoint = house.data + "/jobs/\(job.drop { !$0.isNumber })/checkpoint/checkpoint.safetensors"
        try await wait("a checkpoint") { FileManager.default.fileExists(atPath: checkpoint) }
        return (job, checkpoint)
    }

    private func wait(_ what: String, _ condition: () -> Bool) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(120)
        while !condition() {
            try #require(clock.now < end, "waited two minutes for \(what)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
