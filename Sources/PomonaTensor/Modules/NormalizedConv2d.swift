/// Convolution, batch normalisation and activation: the brick that everything else is built from.
///
/// Where the normalisation uses running statistics and no gradient is recorded, the three are computed as one
/// convolution with the normalisation folded into its weights.
public final class NormalizedConv2d {
    let convolution: Conv2d
    let normalization: BatchNorm2d
    let activation: (Tensor) throws -> Tensor
    private var folded: (weight: Tensor, bias: Tensor)?

    /// Registers `conv.weight` and `bn.*` in the scope.
    public init(
        _ scope: Scope, inputChannels: Int, outputChannels: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
        activation: @escaping (Tensor) throws -> Tensor
    ) throws {
        convolution = try Conv2d(
            scope("conv"), inputChannels: inputChannels, outputChannels: outputChannels, kernel: kernel,
            stride: stride, groups: groups)
        normalization = try BatchNorm2d(scope("bn"), channels: outputChannels)
        self.activation = activation
        scope.owner.add(self)
    }

    /// - Parameter x: `[N, inputChannels, H, W]`; returns `[N, outputChannels, H / stride, W / stride]`.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        if let folded { return try activation(convolution(x, weight: folded.weight, bias: folded.bias)) }
        return try activation(normalization(convolution(x)))
    }

    /// Computes the folded weights from the present ones; later changes of the parameters do not reach them.
    func fold() throws {
        folded = try Gradients.disabled {
            let (scale, shift) = try normalization.affineForm()
            return try (convolution.weight * scale.reshaped(-1, 1, 1, 1), shift)
        }
    }

    /// Goes back to the parameters themselves.
    func unfold() { folded = nil }
}
