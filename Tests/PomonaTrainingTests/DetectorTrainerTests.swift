import Foundation
import PomonaCore
import PomonaEngine
import PomonaModel
import Synchronization
import Testing

@testable import PomonaTraining

@Suite("DetectorTrainer", .serialized)
struct DetectorTrainerTests {
    @Test("The same seed gives the same model, another seed another one")
    func repeats() throws {
        let photos = try SquarePhotos(count: 12)
        defer { photos.remove() }
        var request = photos.request()
        let first = try train(request)
        let model = try Data(contentsOf: URL(fileURLWithPath: request.output))
        let second = try train(request)
        #expect(try Data(contentsOf: URL(fileURLWithPath: request.output)) == model)
        #expect(first.evaluation.detection == second.evaluation.detection)
        request.seed = 8
        _ = try train(request)
        #expect(try Data(contentsOf: URL(fileURLWithPath: request.output)) != model)
    }

    @Test("A run that was interrupted and resumed gives the uninterrupted run's model, byte for byte")
    func resumes() throws {
        let photos = try SquarePhotos(count: 24)
        defer { photos.remove() }
        let whole = photos.request(steps: 24, output: "whole.safetensors")
        _ = try train(whole)

        var interrupted = photos.request(steps: 24, output: "resumed.safetensors")
        interrupted.checkpointFolder = photos.path("checkpoint")
        let asked = Mutex(0)
        let result = try DetectorTrainer(interrupted, report: { _ in }) {
            asked.withLock {
                $0 += 1
                return $0 > 13
            }
        }.run()
        #expect(result.wasInterrupted)
        #expect(result.steps == 13)
        #expect(FileManager.default.fileExists(atPath: interrupted.output))

        interrupted.resumes = true
        let resumed = try train(interrupted)
        #expect(resumed.steps == 24)
        #expect(!FileManager.default.fileExists(atPath: photos.path("checkpoint")))
        let (one, other) = (try SafetensorsFile(path: whole.output), try SafetensorsFile(path: interrupted.output))
        #expect(one.names == other.names)
        for name in one.names { #expect(try one.tensor(name).floats == other.tensor(name).floats, "\(name)") }
    }

    @Test("The budget counts what a run took before it was resumed, and its seconds are all of them")
    func budgetOverRestarts() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        var request = photos.request(steps: 12)
        request.checkpointFolder = photos.path("checkpoint")
        let asked = Mutex(0)
        _ = try DetectorTrainer(request, report: { _ in }) {
            asked.withLock {
                $0 += 1
                return $0 > 3
            }
        }.run()
        let path = photos.path("checkpoint/checkpoint.safetensors")
        let file = try SafetensorsFile(path: path)
        let text = Data(try #require(file.metadata["checkpoint"]).utf8)
        var header = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
        #expect(header["seconds"] as? Double ?? 0 > 0)
        header["seconds"] = request.budgetSeconds + 1
        let changed = String(decoding: try JSONSerialization.data(withJSONObject: header), as: UTF8.self)
        let tensors = try file.names.map { (name: $0, tensor: try file.tensor($0)) }
        try SafetensorsWriter.write(tensors, metadata: ["checkpoint": changed], to: path)

        request.resumes = true
        let resumed = try train(request)
        #expect(resumed.steps == 3 && !resumed.wasInterrupted)
        #expect(resumed.trainingSeconds > request.budgetSeconds)
    }

    @Test("A checkpoint of other data, or none at all, is refused in words")
    func refusesForeignCheckpoint() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        var request = photos.request(steps: 6)
        request.checkpointFolder = photos.path("checkpoint")
        request.resumes = true
        #expect(throws: TrainingError.noCheckpoint(path: photos.path("checkpoint"))) { try train(request) }
        request.resumes = false
        let asked = Mutex(0)
        _ = try DetectorTrainer(request, report: { _ in }) {
            asked.withLock {
                $0 += 1
                return $0 > 3
            }
        }.run()
        request.resumes = true
        request.seed = 99
        #expect {
            try train(request)
        } throws: {
            guard case TrainingError.checkpointDiffers(_, let field) = $0 else { return false }
            return field == "seed"
        }
    }

    @Test("A foundation may lie elsewhere when a run goes on; another of its name, or another size, is another run")
    func comparesOrigins() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        let foundation = photos.path("foundation.safetensors")
        _ = try train(photos.request(steps: 2, output: "foundation.safetensors"))
        var request = photos.request(steps: 6)
        request.foundation = foundation
        request.checkpointFolder = photos.path("checkpoint")
        func begin() throws {
            request.resumes = false
            let asked = Mutex(0)
            _ = try DetectorTrainer(request, report: { _ in }) {
                asked.withLock {
                    $0 += 1; return $0 > 3
                }
            }.run()
            request.resumes = true
        }
        func differs(_ field: String) {
            #expect { try train(request) } throws: {
                guard case TrainingError.checkpointDiffers(_, field) = $0 else { return false }
                return true
            }
        }
        try begin()
        request.foundation = photos.path("moved.safetensors")
        try FileManager.default.moveItem(atPath: foundation, toPath: photos.path("moved.safetensors"))
        #expect(try train(request).steps == 6)

        try begin()
        var other = photos.request(steps: 2, output: "moved.safetensors")
        other.seed = 8
        _ = try train(other)
        differs("foundation")
        request.foundation = nil
        try begin()
        request.size = "tiny"
        differs("size")
    }

    @Test("The model file tells where it comes from")
    func provenance() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        let request = photos.request(steps: 3)
        _ = try train(request)
        let file = try SafetensorsFile(path: request.output)
        let description = try ModelDescription(file: file)
        #expect(description.labels == ["red", "blue"])
        #expect(description.provenance["steps"] == "3")
        #expect(description.provenance["seed"] == "7")
        #expect(description.provenance["foundation"] == "none")
        #expect(description.provenance["dataset"]?.count == 64)
        #expect(try #require(description.provenance["metrics"]).contains("meanAveragePrecision50"))
        #expect(try #require(description.provenance["recipe"]).contains("learningRate"))
    }

    @Test("Photos that cannot be used are listed; more than half of them end the run")
    func badPhotos() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: photos.path("0.png")))
        let whole = try Data(contentsOf: URL(fileURLWithPath: photos.path("1.png")))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: photos.path("1.png")))
        try FileManager.default.removeItem(atPath: photos.path("2.png"))
        var request = photos.request(steps: 2)
        request.trainingSet.photos[3].size = ImageSize(width: 95, height: 96)
        let result = try train(request)
        #expect(result.evaluation.skipped.map(\.file) == ["0.png", "1.png", "2.png", "3.png"])
        #expect(result.evaluation.skipped.allSatisfy { !$0.reason.isEmpty })

        request.output = photos.path("none.safetensors")
        request.alreadySkipped.training = [SkippedPhoto(file: "elsewhere.png", reason: "it is missing")]
        #expect {
            try train(request)
        } throws: {
            guard case TrainingError.mostPhotosUnreadable(5, 9, _) = $0 else { return false }
            return true
        }
        #expect(!FileManager.default.fileExists(atPath: request.output))
    }

    @Test("A budget below what the least run takes is refused with the minimum in its words")
    func smallBudget() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        var request = photos.request(steps: nil)
        request.budgetSeconds = 0.5
        #expect {
            try train(request)
        } throws: {
            guard case TrainingError.notEnoughBudget(_, let minimum) = $0 else { return false }
            return minimum > 0.5
        }
    }

    @Test("The number of steps comes from the recipe; the budget only lowers it")
    func budgetIsACeiling() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        var request = photos.request(steps: nil)
        request.imageSize = 64
        request.budgetSeconds = 3600
        let plans = Mutex<[TrainingPlan]>([])
        let asked = Mutex(0)
        let wanted = Recipe(start: .nothing).steps(photos: 8, start: .nothing)
        _ = try DetectorTrainer(
            request,
            report: { event in
                if case .planned(let plan) = event { plans.withLock { $0.append(plan) } }
            },
            shouldStop: {
                asked.withLock {
                    $0 += 1
                    return $0 > 1
                }
            }
        ).run()
        #expect(plans.withLock { $0.first?.steps } == wanted)
    }

    @Test("Evaluation labels that the model does not know are named")
    func unknownLabel() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        var request = photos.request(steps: 2)
        var evaluation = photos.set
        evaluation.labels = ["red", "green"]
        request.evaluationSet = evaluation
        #expect(throws: TrainingError.unknownLabel("green", known: ["red", "blue"])) { try train(request) }
    }

    @Test("Without a box there is nothing to learn")
    func noBoxes() throws {
        let photos = try SquarePhotos(count: 4)
        defer { photos.remove() }
        var request = photos.request(steps: 2)
        for index in request.trainingSet.photos.indices { request.trainingSet.photos[index].annotations = [] }
        #expect(throws: TrainingError.noBoxes) { try train(request) }
    }

    @Test("Image sizes that are no multiple of 32 and unknown sizes are refused")
    func badOptions() throws {
        let photos = try SquarePhotos(count: 4)
        defer { photos.remove() }
        var request = photos.request(steps: 2)
        request.imageSize = 100
        #expect(throws: TrainingError.imageSize(100)) { try train(request) }
        request.imageSize = 64
        request.size = "huge"
        #expect(throws: TrainingError.unknownSize("huge")) { try train(request) }
    }

    @Test("A model can be the foundation of the next, with other labels")
    func continuesFromModel() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        let first = photos.request(steps: 3, output: "first.safetensors")
        _ = try train(first)
        var second = photos.request(steps: 3, output: "second.safetensors")
        second.foundation = first.output
        second.trainingSet.labels = ["red", "blue", "green"]
        let result = try train(second)
        #expect(result.foundation == first.output)
        second.size = "s"
        #expect {
            try train(second)
        } throws: {
            guard case TrainingError.sizeDiffers("s", _) = $0 else { return false }
            return true
        }
    }

    @discardableResult
    private func train(_ request: TrainingRequest) throws -> TrainingResult {
        try DetectorTrainer(request, report: { _ in }, shouldStop: { false }).run()
    }
}
