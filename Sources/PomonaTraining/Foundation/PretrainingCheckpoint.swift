import Foundation
import PomonaModel
import PomonaTensor
import PomonaVision

/// The file a pretraining goes on from: the network's tensors under `network.`, their moving average under `average.`, the
/// optimizer's moments under `optimizer.`, and what the run was told.
struct PretrainingCheckpoint {
    let file: SafetensorsFile
    let step: Int
    /// The step from which the learning rate rose last.
    let riseStart: Int
    /// What all sittings of the run took together.
    let seconds: Double
    private let averageUpdates: Int

    /// - Throws: ``TrainingError/checkpointDiffers(path:field:)`` where the file is something else.
    init(path: String) throws {
        let file = try SafetensorsFile(path: path)
        func field<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
            guard let value = file.metadata[name].flatMap(read) else {
                throw TrainingError.checkpointDiffers(path: path, field: name)
            }
            return value
        }
        self.file = file
        step = try field("step") { Int($0).flatMap { $0 < 0 ? nil : $0 } }
        // Older files do not say it; their rate rose at the beginning, or has done so long ago.
        riseStart = min(step, file.metadata["riseStart"].flatMap { Int($0) } ?? 0)
        seconds = try field("seconds") { Double($0) }
        averageUpdates = try field("averageUpdates") { Int($0) }
    }

    /// The checkpoint of a run that began already, `nil` where there is none.
    static func found(at path: String) throws -> PretrainingCheckpoint? {
        FileManager.default.fileExists(atPath: path) ? try PretrainingCheckpoint(path: path) : nil
    }

    /// Whether the optimizer's moments are in the file. A restart point that was kept small has none: then they start anew,
    /// and so must the rise of the learning rate.
    var hasMoments: Bool { file.names.contains { $0.hasPrefix("optimizer.") } }

    /// The step from which the rate rises in a run that goes on from here.
    var nextRiseStart: Int { hasMoments ? riseStart : step }

    /// What the run was told when the file was written.
    func options<Options: Decodable>(as type: Options.Type) throws -> Options {
        guard let text = file.metadata["options"],
            let options = try? JSONDecoder().decode(Options.self, from: Data(text.utf8))
        else { throw TrainingError.checkpointDiffers(path: file.path, field: "options") }
        return options
    }

    /// Puts everything back where it was, the moments where there are some.
    func restore(_ parameters: Parameters, _ average: MovingAverage, _ optimizer: AdamW) throws {
        func tensor(_ name: String) throws -> Tensor {
            let stored = try file.tensor(name)
            return try .from(stored.floats, shape: stored.shape, device: parameters.device)
        }
        for (name, _) in parameters.tensors {
            guard try parameters.assign(name, from: tensor("network." + name)) else {
                throw TrainingError.checkpointDiffers(path: file.path, field: "shape of \(name)")
            }
        }
        try average.restore(updates: averageUpdates) { try tensor("average." + $0) }
        guard hasMoments else { return }
        // Moments begin where the rate begins to rise, and are only as old as that.
        try optimizer.restore(step: step - riseStart) { try tensor("optimizer." + $0) }
    }

    /// Writes a checkpoint, which appears complete or not at all.
    static func write(
        _ parameters: Parameters, _ average: MovingAverage, _ optimizer: AdamW, step: Int, riseStart: Int,
        seconds: Double, options: some Encodable, to path: String
    ) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let network = try parameters.tensors.map { ("network." + $0.name, try $0.tensor.hostTensor()) }
        let averaged = try average.tensors.map { ("average." + $0.name, try $0.tensor.hostTensor()) }
        let moments = try optimizer.state.map { ("optimizer." + $0.name, try $0.tensor.hostTensor()) }
        try SafetensorsWriter.write(
            network + averaged + moments,
            metadata: [
                "step": "\(step)", "riseStart": "\(riseStart)", "seconds": "\(seconds)",
                "averageUpdates": "\(average.updates)",
                "options": try Provenance.json(options),
            ], to: path)
    }
}

/// Says when a checkpoint is due: by time, because what a power cut costs is time.
struct CheckpointTimer {
    let interval: Duration
    private var last = ContinuousClock.now

    init(interval: Duration) { self.interval = interval }

    var isDue: Bool { ContinuousClock.now - last >= interval }

    mutating func restart() { last = .now }
}
