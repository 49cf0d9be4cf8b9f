import Foundation
import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// Model files with random numbers everywhere, statistics included, so that whatever is folded wrongly shows.
enum SampleModel {
    static let small = DetectorArchitecture(depth: 0.33, width: 0.125, isDepthwise: true, activation: .relu)

    static func detectorTensors(
        _ architecture: DetectorArchitecture, labels: Int, seed: UInt64
    ) throws -> [(name: String, tensor: HostTensor)] {
        let detector = try Detector(architecture: architecture, classCount: labels, seed: seed, device: .cpu)
        return try detector.hostTensors().enumerated().map { index, entry in
            (entry.name, shaken(entry.tensor, entry.name, SeededGenerator(seed: seed, index)))
        }
    }

    static func classifierTensors(
        _ architecture: DetectorArchitecture, labels: Int, seed: UInt64
    ) throws -> [(name: String, tensor: HostTensor)] {
        let classifier = try Classifier(architecture: architecture, classCount: labels, seed: seed, device: .cpu)
        return try classifier.parameters.tensors.enumerated().map { index, entry in
            (entry.name, shaken(try entry.tensor.hostTensor(), entry.name, SeededGenerator(seed: seed, index)))
        }
    }

    static func description(
        _ kind: ModelDescription.Kind = .detector, _ architecture: DetectorArchitecture = small,
        labels: [String] = ["apple", "banana", "orange"], size: ImageSize = ImageSize(width: 64, height: 64)
    ) -> ModelDescription {
        ModelDescription(kind: kind, labels: labels, architecture: architecture, input: InputForm(size: size))
    }

    /// Writes a small detector and returns its path.
    static func write(
        in folder: String, description: ModelDescription = description(), seed: UInt64 = 1,
        changing change: (inout [(name: String, tensor: HostTensor)]) -> Void = { _ in }
    ) throws -> String {
        var tensors =
            switch description.kind {
            case .detector:
                try detectorTensors(description.architecture, labels: description.labels.count, seed: seed)
            case .classifier:
                try classifierTensors(description.architecture, labels: description.labels.count, seed: seed)
            }
        change(&tensors)
        let path = "\(folder)/model.safetensors"
        try SafetensorsWriter.write(tensors, metadata: description.metadata, to: path)
        return path
    }

    private static func shaken(_ tensor: HostTensor, _ name: String, _ random: SeededGenerator) -> HostTensor {
        var random = random
        let range: Range<Double>
        if name.hasSuffix("bn.weight") || name.hasSuffix("running_var") {
            range = 0.5..<2
        } else if name.hasSuffix("bn.bias") || name.hasSuffix("running_mean") {
            range = -0.5..<0.5
        } else {
            return tensor
        }
        return HostTensor(tensor.floats.map { _ in Float(random.uniform(range)) }, shape: tensor.shape)
    }
}
