import Foundation
import PomonaCore
import PomonaExport
import PomonaModel

/// Turns a published ONNX file into a model file of this project.
///
/// Every normalisation was folded into its convolution when the file was exported; it becomes one that changes nothing
/// but adds the folded bias.
struct PublishedWeights {
    let architecture: DetectorArchitecture
    /// By the names of the original networks.
    let tensors: [(name: String, tensor: HostTensor)]
    let classCount: Int

    private static let epsilon: Float = 1e-3

    /// - Throws: ``ONNXReadingError`` for a damaged file; ``FoundationError/notOfTheFamily(path:reason:)`` for another
    ///   network.
    init(onnx path: String) throws {
        let file = try ONNXWeightsFile(path: path)
        let numbered = Self.numbered(file)
        let kernels = numbered.filter { $0.shape.count == 4 }
        let shapes = kernels.map(\.shape)
        guard
            let match = DetectorArchitecture.named.first(where: {
                PublishedConvolutions($0.architecture).list.map(\.shape) == shapes
            })
        else {
            throw FoundationError.notOfTheFamily(
                path: path, reason: "its \(kernels.count) convolutions are not those of nano, tiny, s, m, l or x")
        }
        architecture = match.architecture
        let byNumber = Dictionary(numbered.map { ($0.number, $0) }) { first, _ in first }
        var tensors: [(name: String, tensor: HostTensor)] = []
        for (kernel, place) in zip(kernels, PublishedConvolutions(architecture).list) {
            let channels = place.shape[0]
            // Exporters number a bias right after its kernel. The largest number there is has none after it.
            let next = kernel.number.addingReportingOverflow(1)
            guard !next.overflow, let bias = byNumber[next.partialValue], bias.shape == [channels] else {
                throw FoundationError.notOfTheFamily(path: path, reason: "\(kernel.name) has no bias")
            }
            tensors.append((place.path + ".conv.weight", try file.tensor(kernel.name)))
            tensors += Self.neutral(place.path + ".bn", bias: try file.tensor(bias.name).floats)
        }
        let hidden = architecture.headChannels
        guard let classes = file.shape(of: "head.cls_preds.0.bias")?.first, classes > 0 else {
            throw FoundationError.notOfTheFamily(path: path, reason: "it has no layer head.cls_preds.0")
        }
        classCount = classes
        for level in 0..<3 {
            for (kind, outputs) in [("cls_preds", classes), ("reg_preds", 4), ("obj_preds", 1)] {
                let name = "head.\(kind).\(level)"
                guard file.shape(of: name + ".weight") == [outputs, hidden, 1, 1],
                    file.shape(of: name + ".bias") == [outputs]
                else { throw FoundationError.notOfTheFamily(path: path, reason: "its layer \(name) has another shape") }
                tensors.append((name + ".weight", try file.tensor(name + ".weight")))
                tensors.append((name + ".bias", try file.tensor(name + ".bias")))
            }
        }
        self.tensors = tensors
    }

    /// Writes a model file. With COCO's 80 classes it is also a detector of common objects.
    func write(to path: String, provenance: [String: String]) throws {
        let labels = classCount == COCOLabels.all.count ? COCOLabels.all : (1...classCount).map { "class \($0)" }
        var provenance = provenance
        provenance["statistics"] = "folded"
        provenance["role"] = "foundation"
        let description = ModelDescription(
            kind: .detector, labels: labels, architecture: architecture,
            input: .published(side: architecture.publishedSide),
            provenance: provenance)
        try SafetensorsWriter.write(tensors, metadata: description.metadata, to: path)
    }

    private struct Numbered {
        let name: String
        let number: Int
        let shape: [Int]
    }

    /// Tensors whose names end in a running number, in its order.
    private static func numbered(_ file: ONNXWeightsFile) -> [Numbered] {
        file.names.compactMap { name -> Numbered? in
            guard !name.hasPrefix("head."), let shape = file.shape(of: name),
                let number = Int(String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()))
            else { return nil }
            return Numbered(name: name, number: number, shape: shape)
        }.sorted { $0.number < $1.number }
    }

    private static func neutral(_ path: String, bias: [Float]) -> [(name: String, tensor: HostTensor)] {
        func constant(_ value: Float) -> HostTensor {
            HostTensor([Float](repeating: value, count: bias.count), shape: [bias.count])
        }
        return [
            (path + ".weight", constant(1)), (path + ".bias", HostTensor(bias, shape: [bias.count])),
            (path + ".running_mean", constant(0)), (path + ".running_var", constant(1 - epsilon)),
        ]
    }
}
