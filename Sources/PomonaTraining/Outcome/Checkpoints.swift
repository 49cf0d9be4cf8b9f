import Crypto
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
    private let origin: Origin
    private let clock = ContinuousClock()
    private let begin: ContinuousClock.Instant
    private var lastSave: ContinuousClock.Instant
    private static let shortestInterval = Duration.seconds(3)
    private static let longestInterval = Duration.seconds(30)

    /// - Throws: `SafetensorsError` where the foundation cannot be read.
    init(folder: String, _ request: TrainingRequest, origin: RunOrigin) throws {
        self.folder = folder
        self.origin = Origin(
            foundation: try request.foundation.map(Self.hash), architecture: origin.architecture,
            side: origin.input.size.width)
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

    /// What a run started from. The same foundation elsewhere on disk is the same, another of the same name is not.
    struct Origin: Codable, Equatable {
        /// SHA-256 of the file.
        var foundation: String?
        var architecture: DetectorArchitecture
        var side: Int
    }

    /// What a checkpoint says beside its numbers.
    struct Header: Codable {
        var plan: RunPlan
        var step: Int
        var dataset: String
        var heldOut: [Int]
        var seed: UInt64
        var origin: Origin
        var averageUpdates: Int
        /// Seconds that the run took until then.
        var seconds: Double
        var judgement: Double?
        /// What the held-out photos said after the first part.
        var heldOutResult: EvaluationResult?
    }

    func save(_ request: TrainingRequest, _ run: RunState, steps: DetectionSteps, photos: RunPhotos) throws {
        lastSave = clock.now
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let header = Header(
            plan: run.plan, step: run.taken, dataset: try Provenance.hash(request.trainingSet),
            heldOut: photos.split.heldOut, seed: request.seed, origin: origin,
            averageUpdates: steps.average.updates, seconds: run.seconds, judgement: run.judgement,
            heldOutResult: run.heldOutResult)
        var tensors = try named("network.", steps.detector.hostTensors())
        tensors += try named("average.", steps.average.tensors.map { ($0.name, try $0.tensor.hostTensor()) })
        tensors += try named("optimizer.", steps.optimizer.state.map { ($0.name, try $0.tensor.hostTensor()) })
        try SafetensorsWriter.write(tensors, metadata: ["checkpoint": Provenance.json(header)], to: path)
    }

    func remove() {
        // The model is written; a checkpoint that stays behind costs space but harms nothing.
        try? FileManager.default.removeItem(atPath: path)
        if let rest = try? FileManager.default.contentsOfDirectory(atPath: folder), rest.isEmpty {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// Opens the checkpoint and makes sure that it belongs to this run.
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
        try check("foundation", header.origin.foundation == origin.foundation)
        try check("size", header.origin.architecture == origin.architecture)
        try check("image size", header.origin.side == origin.side)
        if let steps = request.steps { try check("number of steps", steps == header.plan.total) }
        return Checkpoint(file: file, header: header)
    }

    private static func hash(_ path: String) throws -> String {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
            throw SafetensorsError.missing(path: path)
        }
        return SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
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

    /// Where the run was.
    var state: RunState {
        RunState(
            plan: header.plan, taken: header.step, secondsBefore: header.seconds, judgement: header.judgement,
            heldOutResult: header.heldOutResult)
    }

    func restore(_ steps: DetectionSteps) throws {
        let device = steps.detector.parameters.device
        func tensor(_ name: String) throws -> Tensor {
            let stored = try file.tensor(name)
            return try Tensor.from(stored.floats, shape: stored.shape, device: device)
        }
        for (name, _) in steps.detector.parameters.tensors {
            _ = try steps.detector.parameters.assign(name, from: tensor("network.\(name)"))
        }
        try steps.prepareToLearn()
        try steps.average.restore(updates: header.averageUpdates) { try tensor("average.\($0)") }
        try steps.optimizer.restore(step: header.step) { try tensor("optimizer.\($0)") }
    }
}
