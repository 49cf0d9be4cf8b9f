import Foundation
import PomonaCOCO
import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// The network of published weights alone.
struct NetworkBench {
    private let detector: Detector
    private static let side = 416

    init(weights: String, classCount: Int?) throws {
        let foundation = try FoundationWeights(path: weights)
        detector = try Detector(
            architecture: foundation.architecture, classCount: classCount ?? 80, seed: 0, device: .cpu)
        try detector.load(SafetensorsFile(path: weights))
        try detector.parameters.fold()
        detector.parameters.setNormalization(.running)
    }

    /// Raw outputs for inputs `[count, 3, 416, 416] float32` in a file.
    func writeOutputs(of input: String, count: Int, to output: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: input))
        let length = 3 * Self.side * Self.side
        var written = Data()
        for index in 0..<count {
            let part = bytes.subdata(in: index * length * 4..<(index + 1) * length * 4)
            let values = part.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
            let outputs: [Float] = try Gradients.disabled {
                try detector(.from(values, shape: [1, 3, Self.side, Self.side])).values()
            }
            outputs.withUnsafeBytes { written.append(contentsOf: $0) }
        }
        try written.write(to: URL(fileURLWithPath: output))
    }

    func timePredictions() throws {
        let values = (0..<3 * Self.side * Self.side).map { Float(($0 * 31) % 255) }
        let image = try Tensor.from(values, shape: [1, 3, Self.side, Self.side])
        try Turns.take { _ = try Gradients.disabled { try detector(image).values() } }
    }

    /// A model file of published weights, with the labels of a COCO file, so that the command line can evaluate them.
    static func writeModel(weights: String, cocoLabels: String, to path: String) throws {
        let labels = try COCOFile.read(cocoLabels).document.categories.map(\.name)
        let bench = try NetworkBench(weights: weights, classCount: labels.count)
        let foundation = try FoundationWeights(path: weights)
        let description = ModelDescription(
            kind: .detector, labels: labels, architecture: foundation.architecture,
            input: foundation.input)
        bench.detector.parameters.unfold()
        try DetectorModel(detector: bench.detector, description: description).save(to: path)
    }
}
