import Foundation
import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// Turns a checkpoint of the second stage into the file that is shipped: the averaged weights in half precision, running
/// statistics and biases in single, under a model description.
public struct FoundationExport {
    private let checkpoint: PretrainingCheckpoint
    private let options: DetectionPretraining.Options

    /// - Parameter path: A checkpoint of ``DetectionPretraining``.
    public init(checkpoint path: String) throws {
        checkpoint = try PretrainingCheckpoint(path: path)
        options = try checkpoint.options(as: DetectionPretraining.Options.self)
    }

    public func write(to path: String) throws {
        let first = try PretrainingCheckpoint(path: options.backbone)
        let stage = try first.options(as: ClassifierPretraining.Options.self)
        let prefix = "average."
        let tensors = try checkpoint.file.names.filter { $0.hasPrefix(prefix) }.map { name in
            let tensor = try checkpoint.file.tensor(name)
            return (name: String(name.dropFirst(prefix.count)), tensor: shipped(tensor))
        }
        // Classifiers start from the backbone as the first stage left it, with the layer that was taught on it.
        let classifier = try first.file.names.filter { $0.hasPrefix(prefix) }.map { name in
            let tensor = try first.file.tensor(name)
            let own = String(name.dropFirst(prefix.count))
            let isOwn = own.hasPrefix(FoundationWeights.classifierPrefix)
            return (
                name: isOwn ? own : FoundationWeights.classifierPrefix + own,
                tensor: shipped(tensor)
            )
        }
        let description = ModelDescription(
            kind: .detector, labels: try labels(count: classCount(tensors)), architecture: stage.architecture,
            input: InputForm(size: ImageSize(width: options.side, height: options.side)),
            provenance: [
                "program": "pomona \(ProgramVersion.current)", "statistics": "measured", "role": "foundation",
                // Whole photos are shown somewhat larger than what it was taught on: they are less tightly framed.
                "classificationSide": "\(stage.side * 3 / 2)",
                "stage1": try summary(first, packs: stage.packs, seed: stage.seed),
                "stage2": try summary(checkpoint, packs: options.packs, seed: options.seed),
            ])
        try SafetensorsWriter.write(tensors + classifier, metadata: description.metadata, to: path)
    }

    /// Kernels carry nearly all bytes; what has one dimension is small and sensitive. A restart point may hold all in half.
    private func shipped(_ tensor: HostTensor) -> HostTensor { tensor.shape.count > 1 ? tensor.halved : tensor.single }

    private func classCount(_ tensors: [(name: String, tensor: HostTensor)]) throws -> Int {
        guard let bias = tensors.first(where: { $0.name == "head.cls_preds.0.bias" }) else {
            throw TrainingError.checkpointDiffers(path: checkpoint.file.path, field: "head")
        }
        return bias.tensor.shape.reduce(1, *)
    }

    /// Names from the tables beside the packs (class, then any columns, the last of them the name).
    private func labels(count: Int) throws -> [String] {
        var labels: [String] = []
        for pack in options.packs {
            let name = URL(fileURLWithPath: pack).lastPathComponent
            let family = name.split(separator: "-").dropLast().joined(separator: "-")
            let table = URL(fileURLWithPath: pack).deletingLastPathComponent()
                .appendingPathComponent("\(family)-classes.tsv")
            guard let text = try? String(contentsOf: table, encoding: .utf8) else {
                throw PhotoPackError.missing(path: table.path)
            }
            labels += text.split(separator: "\n").dropFirst().map { line in
                let last = line.split(separator: "\t").last ?? ""
                return String(last.split(separator: ",").first ?? last)
            }
        }
        labels += RenderedScenes.labels
        guard labels.count == count else {
            throw TrainingError.checkpointDiffers(path: checkpoint.file.path, field: "number of classes")
        }
        return Self.distinct(labels)
    }

    /// Two classes may be called by the same word; the second says so.
    private static func distinct(_ labels: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return labels.map { label in
            seen[label, default: 0] += 1
            let number = seen[label, default: 1]
            return number == 1 ? label : "\(label) \(number)"
        }
    }

    /// What a stage's model card tells of it.
    private struct Summary: Encodable {
        var steps: Int
        var hours: Double
        var packs: [String]
        var seed: UInt64
    }

    private func summary(
        _ checkpoint: PretrainingCheckpoint, packs: [String], seed: UInt64
    ) throws -> String {
        return try Provenance.json(
            Summary(
                steps: checkpoint.step, hours: (checkpoint.seconds / 360).rounded() / 10,
                packs: packs.map { URL(fileURLWithPath: $0).lastPathComponent }, seed: seed))
    }
}
