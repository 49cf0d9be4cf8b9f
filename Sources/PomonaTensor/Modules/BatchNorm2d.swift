import CTorch

/// Normalises every channel (Ioffe and Szegedy, "Batch normalization", 2015).
public final class BatchNorm2d {
    /// Which mean and variance normalise.
    public enum Statistics: Sendable {
        /// Those of the batch at hand; the running ones follow slowly.
        case batch
        /// The running ones, which stay as they are: for prediction, and for a foundation whose statistics are right.
        case running
    }

    /// Added to the variance. The value of the published YOLOX models.
    public static let epsilon = 1e-3

    public var statistics = Statistics.running

    let path: String
    let weight: Tensor
    let bias: Tensor
    let runningMean: Tensor
    let runningVariance: Tensor
    private let momentum = 0.03

    public init(_ scope: Scope, channels: Int) throws {
        path = scope.path
        weight = try scope.parameter("weight", shape: [channels], initial: .constant(1))
        bias = try scope.parameter("bias", shape: [channels], initial: .constant(0))
        runningMean = try scope.buffer("running_mean", shape: [channels], value: 0)
        runningVariance = try scope.buffer("running_var", shape: [channels], value: 1)
        scope.owner.add(self)
    }

    /// - Parameter x: `[N, channels, H, W]`.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        try Tensor.making {
            ctorch_batch_norm(
                x.handle, weight.handle, bias.handle, runningMean.handle, runningVariance.handle,
                statistics == .batch, momentum, Self.epsilon, $0)
        }
    }

    /// The factor and the summand per channel that this normalisation amounts to with running statistics.
    func affineForm() throws -> (scale: Tensor, shift: Tensor) {
        let scale = try weight / (runningVariance + Self.epsilon).squareRoot()
        return try (scale, bias - runningMean * scale)
    }
}
