import CTorch

extension Tensor {
    /// Two-dimensional cross-correlation.
    ///
    /// - Parameters:
    ///   - weight: `[O, C / groups, K, K]` where this tensor is `[N, C, H, W]`.
    ///   - bias: `[O]`.
    /// - Returns: `[N, O, (H + 2 * padding - K) / stride + 1, ...]`.
    public func convolved(
        weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, groups: Int = 1
    ) throws -> Tensor {
        try Self.making {
            ctorch_conv2d(
                handle, weight.handle, bias?.handle, Int64(stride), Int64(padding), Int64(groups), $0)
        }
    }

    /// x * transpose(weight) + bias, with `weight: [O, I]` and `bias: [O]`.
    public func linear(weight: Tensor, bias: Tensor? = nil) throws -> Tensor {
        try Self.making { ctorch_linear(handle, weight.handle, bias?.handle, $0) }
    }

    /// The largest value under a square window.
    public func maxPooled(kernel: Int, stride: Int, padding: Int) throws -> Tensor {
        try Self.making { ctorch_max_pool2d(handle, Int64(kernel), Int64(stride), Int64(padding), $0) }
    }

    /// `[N, C, H, W]` to `[N, C, factor * H, factor * W]` by repeating pixels.
    public func upsampledNearest(factor: Int) throws -> Tensor {
        try Self.making { ctorch_upsample_nearest(handle, Int64(factor), $0) }
    }

    /// The sum over all elements of the binary cross-entropy between logits (this tensor) and targets in 0...1.
    public func binaryCrossEntropySum(targets: Tensor) throws -> Tensor {
        try Self.making { ctorch_binary_cross_entropy_sum(handle, targets.handle, $0) }
    }
}
