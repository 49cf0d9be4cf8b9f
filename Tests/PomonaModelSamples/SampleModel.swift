import Foundation
public import PomonaCore
public import PomonaModel
import PomonaTensor
import PomonaVision

/// Model files with random numbers everywhere, statistics included, so that whatever is folded wrongly shows.
public enum SampleModel {
    public static let small = DetectorArchitecture(depth: 0.33, width: 0.125, isDepthwise: true, activation: .relu)

    public static func detectorTensors(
        _ architecture: DetectorArchitecture, labels: Int, seed: UInt64
    ) throws -> [(name: String, tensor: HostTensor)] {
        let detector = try Detector(architecture: architecture, classCount: labels, seed: seed, device: .cpu)
        return try detector.hostTensors().enumerated().map { index, entry in
            (entry.name, shaken(entry.tensor, entry.name, SeededGenerator(seed: seed, index)))
        }
    }

    public static func classifierTensors(
        _ architecture: DetectorArchitecture, labels: Int, seed: UInt64
    ) throws -> [(name: String, tensor: HostTensor)] {
        let classifier = try Classifier(architecture: architecture, classCount: labels, seed: seed, device: .cpu)
        return try classifier.parameters.tensors.enumerated().map { index, entry in
            (entry.name, shaken(try entry.tensor.hostTensor(), entry.name, SeededGenerator(seed: seed, index)))
        }
    }

    public static func description(
        _ kind: ModelDescription.Kind = .detector, _ architecture: DetectorArchitecture = small,
        labels: [String] = ["apple", "banana", "orange"], size: ImageSize = ImageSize(width: 64, height: 64)
    ) -> ModelDescription {
        ModelDescription(kind: kind, labels: labels, architecture: architecture, input: InputForm(size: size))
    }

    /// Writes a small detector and returns its path.
    public static func write(
        in folder: String, description: ModelDescription = SampleModel.description(), seed: UInt64 = 1,
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

    /// Lets a fresh head find things everywhere: its biases say that nothing is there.
    public static func makeEager(_ tensors: inout [(name: String, tensor: HostTensor)]) {
        tensors = tensors.map { entry in
            guard entry.name.contains("_preds"), entry.name.hasSuffix("bias") else { return entry }
            let zeros = [Float](repeating: 0, count: entry.tensor.floats.count)
            return (entry.name, HostTensor(zeros, shape: entry.tensor.shape))
        }
    }

    /// The published detector's weights as a model file of this project.
    public static func writePublished(in folder: String, side: Int = 416) throws -> String {
        guard let root = SharedData.root else { throw CocoaError(.fileNoSuchFile) }
        let file = try SafetensorsFile(path: "\(root)/weights/yolox_nano_coco.safetensors")
        let architecture = try DetectorArchitecture(inspecting: file)
        let detector = try Detector(architecture: architecture, classCount: 80, seed: 0, device: .cpu)
        try detector.load(file)
        let description = ModelDescription(
            kind: .detector, labels: (0..<80).map { "label \($0)" }, architecture: architecture,
            input: .published(side: side))
        let path = "\(folder)/published.safetensors"
        try DetectorModel(detector: detector, description: description).save(to: path)
        return path
    }

    /// Writes a model beside another one with every weight as half precision rounds it, and returns its path.
    ///
    /// Means something only for models whose normalisations are folded already, as the published one's are: weights
    /// that a normalisation still multiplies would be rounded before instead of after.
    public static func roundingToHalf(_ model: String) throws -> String {
        let file = try SafetensorsFile(path: model)
        let tensors = try file.names.map { name -> (name: String, tensor: HostTensor) in
            let tensor = try file.tensor(name)
            let isStatistic =
                name.hasSuffix("running_mean") || name.hasSuffix("running_var") || name.hasSuffix("bn.weight")
            guard !isStatistic else { return (name, tensor) }
            return (name, HostTensor(tensor.floats.map { Float(Float16($0)) }, shape: tensor.shape))
        }
        let path = model + ".rounded"
        try SafetensorsWriter.write(tensors, metadata: ModelDescription(file: file).metadata, to: path)
        return path
    }
}
