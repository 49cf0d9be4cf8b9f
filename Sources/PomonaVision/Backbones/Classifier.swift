public import PomonaModel
public import PomonaTensor

/// The family's backbone with one linear layer over the mean of its deepest features: learns what is on a photo.
public final class Classifier {
    public let parameters: Parameters
    public let classCount: Int
    private let backbone: CSPDarknet
    private let head: Linear

    /// A network with random weights, its backbone under the names a ``Detector`` gives it.
    public init(architecture: DetectorArchitecture, classCount: Int, seed: UInt64, device: Device) throws {
        self.classCount = classCount
        parameters = Parameters(seed: seed, device: device)
        backbone = try CSPDarknet(parameters.root("backbone")("backbone"), architecture)
        head = try Linear(
            parameters.root("classifier"), inputs: backbone.outputChannels, outputs: classCount)
    }

    /// `[N, 3, H, W] float32` to logits `[N, C]`.
    public func callAsFunction(_ images: Tensor) throws -> Tensor { try head(features(images)) }

    /// `[N, 3, H, W] float32` to the mean of the deepest features, `[N, featureCount]`.
    public func features(_ images: Tensor) throws -> Tensor {
        let levels = try backbone(images)
        return try levels[levels.count - 1].mean(over: [2, 3])
    }

    public var featureCount: Int { backbone.outputChannels }

    /// Puts other numbers into the linear layer.
    ///
    /// - Parameters:
    ///   - weight: `[C, featureCount]`, row by row.
    ///   - bias: `[C]`.
    public func setHead(weight: [Float], bias: [Float]) throws {
        let device = parameters.device
        _ = try parameters.assign(
            "classifier.weight", from: .from(weight, shape: [classCount, featureCount], device: device))
        _ = try parameters.assign("classifier.bias", from: .from(bias, shape: [classCount], device: device))
    }
}
