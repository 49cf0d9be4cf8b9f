import Foundation
import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaTensor
import PomonaVision

/// Saves a run so that it can go on as if nothing had happened.
final class Checkpoints {
    private let path: String
    private let folder: String
    private let clock = ContinuousClock()
    private let begin: ContinuousClock.Instant
    private var lastSave: ContinuousClock.Instant
    /// Seconds that the run took in earlier processes, up to the checkpoint that was loaded.
    private(set) var earlierSeconds = 0.0
    private static let shortestInterval = Duration.seconds(3)
    private static let longestInterval = Duration.seconds(30)

    init(folder: String) {
        self.folder = folder
        path = folder + "/checkpoint.safetensors"
        begin = clock.now
        lastSave = begin
    }

    /// A young run saves often, so that one which is ended again and again still gets on; an old one has more behind it than
    /// half a minute.
    var isDue: Bool {
        let now = clock.now
        return now - lastSave >= min(Self.longestInterval, max(Self.shortestInterval, (now - begin) / 4))
    }

    /// What a checkpoint says beside its numbers.
    struct Header: Codable {
        var plan: RunPlan
        var step: Int
        /// Seconds that the run had taken; checkpoints of earlier programs do not say.
        var seconds: Double?
        var dataset: String
        var heldOut: [Int]
        var seed: UInt64
        var foundation: String?
        var imageSize: Int?
        var averageUpdates: Int
        var bestStep: Int?
        var bestScore: Double?
        var lastScore: Double?
        var judgementsWithoutGain: Int
    }

    func save(
        _ request: TrainingRequest, plan: RunPlan, step: Int, steps: DetectionSteps, best: BestKeeper, photos: RunPhotos
    ) throws {
        lastSave = clock.now
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let header = Header(
            plan: plan, step: step, seconds: earlierSeconds + (lastSave - begin) / .seconds(1),
            dataset: try Provenance.hash(request.trainingSet), heldOut: photos.split.heldOut, seed: request.seed,
            foundation: request.foundation, imageSize: request.imageSize,
            averageUpdates: steps.average.updates, bestStep: best.step,
            bestScore: best.score.isFinite ? best.score : nil, lastScore: best.lastScore,
            judgementsWithoutGain: best.judgementsWithoutGain)
        var tensors = try named("network.", steps.detector.hostTensors())
        tensors += try named("average.", steps.average.tensors.map { ($0.name, try $0.tensor.hostTensor()) })
        tensors += try named("optimizer.", steps.optimizer.state.map { ($0.name, try $0.tensor.hostTensor()) })
        tensors += named("best.", best.tensors)
        try SafetensorsWriter.write(tensors, metadata: ["checkpoint": Provenance.json(header)], to: path)
    }

    func remove() {
        // The model is written; a checkpoint that stays behind costs space but harms nothing.
        try? FileManager.default.removeItem(atPath: path)
        if let rest = try? FileManager.default.contentsOfDirectory(atPath: folder), rest.isEmpty {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// Opens the checkpoint, makes sure that it belongs to this run, and counts its seconds as this run's.
    func load(matching request: TrainingRequest, photos: RunPhotos) throws -> Checkpoint {
        guard FileManager.default.fileExists(atPath: path) else { throw TrainingError.noCheckpoint(path: folder) }
        let file = try SafetensorsFile(path: path)
        guard let text = file.metadata["checkpoint"],
            let header = try? JSONDecoder().decode(Header.self, from: Data(text.utf8))
        else { throw TrainingError.checkpointDiffers(path: path, field: "header") }
        func check(_ field: String, _ isSame: Bool) throws {
            guard isSame else { throw TrainingError.checkpointDiffers(path: path, field: field) }
        }
        try check("training set", header.dataset == Provenance.hash(request.trainingSet))
        try check("usable photos", header.heldOut == photos.split.heldOut)
        try check("seed", header.seed == request.seed)
        try check("foundation", header.foundation == request.foundation)
        try check("image size", header.imageSize == request.imageSize)
        if let steps = request.steps { try check("number of steps", steps == header.plan.steps) }
        earlierSeconds = header.seconds ?? 0
        return Checkpoint(file: file, header: header)
    }

    private func named(
        _ prefix: String, _ tensors: [(name: String, tensor: HostTensor)]
    ) -> [(name: String, tensor: HostTensor)] {
        tensors.map { (prefix + $0.name, $0.tensor) }
    }
}

/// A run as it was when it was saved.
struct Checkpoint {
    let file: SafetensorsFile
    let header: Checkpoints.Header

    var plan: RunPlan { header.plan }
    /// Steps already taken.
    var step: Int { header.step }

    func restore(_ steps: DetectionSteps, _ best: BestKeeper) throws {
        let device = steps.detector.parameters.device
        func tensor(_ name: String) throws -> Tensor {
            let stored = try file.tensor(name)
            return try Tensor.from(stored.floats, shape: stored.shape, device: device)
        }
        for (name, _) in steps.detector.parameters.tensors {
            _ = try steps.detector.parameters.assign(name, from: tensor("network.\(name)"))
        }
        try steps.refold()
        try steps.average.restore(updates: header.averageUpdates) { try tensor("average.\($0)") }
        try steps.optimizer.restore(step: header.step) { try tensor("optimizer.\($0)") }
        let kept = try file.names.filter { $0.hasPrefix("best.") }.map {
            (name: String($0.dropFirst(5)), tensor: try file.tensor($0))
        }
        best.restore(
            step: header.bestStep, score: header.bestScore ?? -.infinity, lastScore: header.lastScore,
            judgementsWithoutGain: header.judgementsWithoutGain, tensors: kept)
    }
}
