/// A two-dimensional convolution with its own weights.
public final class Conv2d {
    let weight: Tensor
    let bias: Tensor?
    let stride: Int
    let padding: Int
    let groups: Int

    /// - Parameters:
    ///   - padding: Zeros around the image; by default as many as keep the size at stride 1.
    ///   - groups: Input and output channels fall into so many independent groups; `inputChannels` for a depthwise
    ///     convolution.
    ///   - initialBias: Where given, the layer has a bias that starts with this value.
    public init(
        _ scope: Scope, inputChannels: Int, outputChannels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil,
        groups: Int = 1, initialBias: Float? = nil
    ) throws {
        self.stride = stride
        self.padding = padding ?? (kernel - 1) / 2
        self.groups = groups
        weight = try scope.parameter(
            "weight", shape: [outputChannels, inputChannels / groups, kernel, kernel], initial: .uniformFanIn)
        bias = try initialBias.map { try scope.parameter("bias", shape: [outputChannels], initial: .constant($0)) }
    }

    /// - Parameter x: `[N, inputChannels, H, W]`.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        try x.convolved(weight: weight, bias: bias, stride: stride, padding: padding, groups: groups)
    }

    /// Convolves with other weights in place of the layer's own, such as weights a normalisation was folded into.
    func callAsFunction(_ x: Tensor, weight: Tensor, bias: Tensor) throws -> Tensor {
        try x.convolved(weight: weight, bias: bias, stride: stride, padding: padding, groups: groups)
    }
}
