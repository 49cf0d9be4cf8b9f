import Foundation
import PomonaCore
import Testing

@testable import PomonaEngine

/// The server's predictor as the program that it is.
@Suite("The predictor's process", .serialized, .timeLimit(.minutes(10)))
struct PredictionWorkerTests {
    private let photos: CommandPhotos
    private let order: PredictionOrder
    private let photo: [UInt8]

    init() throws {
        // The program has this; without it, writing to a process that was killed ends the tests.
        signal(SIGPIPE, SIG_IGN)
        photos = try CommandPhotos(count: 1)
        order = PredictionOrder(model: try EagerModel.write(photos), threshold: 0.25)
        photo = [UInt8](try Data(contentsOf: URL(fileURLWithPath: photos.path("images/photo-0.png"))))
    }

    private func worker(idleLimit: Duration = .seconds(300)) -> PredictionWorker {
        PredictionWorker(
            program: Programs.folder + "/pomona", arguments: ["predictor", "--cache", photos.path("cache")],
            idleLimit: idleLimit)
    }

    private func refusal(of photo: [UInt8], _ order: PredictionOrder, by worker: PredictionWorker) async -> Failure? {
        do {
            _ = try await worker.predict(photo: photo, order)
            return nil
        } catch { return error as? Failure }
    }

    private func wait(_ what: String, _ condition: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(180)
        while !condition() {
            try #require(ContinuousClock.now < end, "waited three minutes for \(what)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test("It finds what the command finds, refuses what is no photo or no model in words, and stays one process")
    func answers() async throws {
        defer { photos.remove() }
        let worker = worker()
        #expect(worker.processIdentifier == nil)
        let found = try await worker.predict(photo: photo, order)
        let process = try #require(worker.processIdentifier)
        let command = try Programs.pomona([
            "predict", "--model", order.model, "--threshold", "0.25", "--json", photos.path("images/photo-0.png"),
        ]).json
        let images = try #require(command["images"] as? [[String: Any]])
        let objects = try #require(images.first?["objects"] as? [[String: Any]])
        #expect(found.labels == ["red", "green"] && found.prediction.size == ImageSize(width: 96, height: 64))
        #expect(!objects.isEmpty && found.prediction.detections.count == objects.count)
        for (detection, object) in zip(found.prediction.detections, objects) {
            #expect(found.labels[detection.label] == object["tag"] as? String)
            #expect(abs(detection.confidence - (object["confidence"] as? Double ?? 0)) < 1e-6)
        }
        let noPhoto = await refusal(of: Array("%PDF-1.7".utf8), order, by: worker)
        #expect(noPhoto?.code == "notAPhoto")
        #expect(noPhoto?.kind == .badData)
        var other = order
        other.model = photos.path("none.safetensors")
        let noModel = await refusal(of: photo, other, by: worker)
        #expect(noModel?.message.contains("none.safetensors") == true)
        var tiled = order
        tiled.isTiled = true
        let inTiles = try await worker.predict(photo: photo, tiled)
        #expect(!inTiles.prediction.detections.isEmpty)
        #expect(worker.processIdentifier == process)
    }

    @Test("Killed with a request under way it fails that one, saying so; the next one starts another")
    func killedAtWork() async throws {
        defer { photos.remove() }
        let worker = worker()
        _ = try await worker.predict(photo: photo, order)
        let process = try #require(worker.processIdentifier)
        // It hears the request no more, so that the request is under way for sure.
        kill(process, SIGSTOP)
        let asked = Task { [photo, order] in try await worker.predict(photo: photo, order) }
        try await wait("the request") { worker.requestsUnderWay == 1 }
        kill(process, SIGKILL)
        let error = await #expect(throws: WorkerError.self) { try await asked.value }
        #expect(error == .died(status: "signaled(9)"))
        let again = try await worker.predict(photo: photo, order)
        #expect(!again.prediction.detections.isEmpty)
        #expect(worker.processIdentifier != process)
    }

    @Test("Killed with nothing to do it costs at most the request that came before its death was known")
    func killedIdle() async throws {
        defer { photos.remove() }
        let worker = worker()
        _ = try await worker.predict(photo: photo, order)
        let process = try #require(worker.processIdentifier)
        kill(process, SIGKILL)
        try await wait("its end") { worker.processIdentifier != process }
        let again = try await worker.predict(photo: photo, order)
        #expect(!again.prediction.detections.isEmpty)
    }

    @Test("Eight askers at once get their answers, and a death among them is an error for those who were there")
    func manyAtOnce() async throws {
        defer { photos.remove() }
        let worker = worker()
        _ = try await worker.predict(photo: photo, order)
        for isKilled in [false, true] {
            let process = try #require(worker.processIdentifier)
            let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                for _ in 0..<8 {
                    group.addTask { [photo, order] in
                        do {
                            return .success(try await worker.predict(photo: photo, order).prediction.detections.count)
                        } catch { return .failure(error) }
                    }
                }
                if isKilled { kill(process, SIGKILL) }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for outcome in outcomes {
                switch outcome {
                case .success(let count): #expect(count > 0)
                case .failure(let error): #expect(isKilled && error as? WorkerError == .died(status: "signaled(9)"))
                }
            }
            if isKilled { try await wait("its end") { worker.processIdentifier != process } }
            _ = try await worker.predict(photo: photo, order)
        }
    }

    @Test("With nothing to do it ends by itself, and with whoever asks; a request brings it back")
    func idle() async throws {
        defer { photos.remove() }
        var worker: PredictionWorker? = worker(idleLimit: .milliseconds(200))
        var processes: Set<Int32> = []
        for _ in 0..<2 {
            let found = try await worker?.predict(photo: photo, order)
            #expect(found?.prediction.detections.isEmpty == false)
            // It may be over already.
            if let process = worker?.processIdentifier { processes.insert(process) }
            try await wait("its end") { worker?.processIdentifier == nil }
        }
        try await wait("the processes' end") { processes.allSatisfy { kill($0, 0) != 0 } }

        worker = self.worker()
        _ = try await worker?.predict(photo: photo, order)
        let process = try #require(worker?.processIdentifier)
        worker = nil
        try await wait("the process' end") { kill(process, 0) != 0 }
    }

    @Test("Without anybody who asks the program ends at once; one that cannot be started says so")
    func start() async throws {
        defer { photos.remove() }
        let outcome = try Programs.pomona(["predictor", "--cache", photos.path("cache")])
        #expect(outcome.status == 0 && outcome.output.isEmpty)
        let missing = PredictionWorker(program: photos.path("no-program"), arguments: [])
        let error = await #expect(throws: WorkerError.self) { _ = try await missing.predict(photo: photo, order) }
        #expect(error?.code == "predictorNotStarted")
    }

    @Test("Guarded, requests that were under way at a death are answered all the same")
    func innocent() async throws {
        defer { photos.remove() }
        let predictor = GuardedPredictor(
            program: Programs.folder + "/pomona", arguments: ["predictor", "--cache", photos.path("cache")])
        let wanted = try await predictor.predict(photo: photo, order).prediction.detections.count
        let process = try #require(predictor.processIdentifier)
        kill(process, SIGSTOP)
        let asked = (0..<3).map { _ in
            Task { [photo, order] in try await predictor.predict(photo: photo, order).prediction.detections.count }
        }
        try await wait("the requests") { predictor.requestsUnderWay == 3 }
        kill(process, SIGKILL)
        for answer in asked {
            let count = try await answer.value
            #expect(count == wanted)
        }
        let again = try await predictor.predict(photo: photo, order)
        #expect(again.prediction.detections.count == wanted)
        #expect(predictor.processIdentifier != process)
    }

    @Test("Guarded, what ends each process that is asked is an error, and is asked twice")
    func guilty() async throws {
        defer { photos.remove() }
        let starts = photos.path("starts")
        let predictor = GuardedPredictor(
            program: "/bin/sh", arguments: ["-c", "echo started >> '\(starts)'; head -c 1 > /dev/null; exit 3"])
        let error = await #expect(throws: WorkerError.self) {
            try await predictor.predict(photo: photo, order).labels
        }
        #expect(error == .died(status: "exited(3)"))
        #expect(try String(contentsOfFile: starts, encoding: .utf8) == "started\nstarted\n")
    }
}
