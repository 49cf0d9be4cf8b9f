/// A fully connected layer.
public final class Linear {
    let weight: Tensor
    let bias: Tensor

    public init(_ scope: Scope, inputs: Int, outputs: Int) throws {
        weight = try scope.parameter("weight", shape: [outputs, inputs], initial: .uniformFanIn)
        bias = try scope.parameter("bias", shape: [outputs], initial: .constant(0))
    }

    /// `[N, inputs]` to `[N, outputs]`.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        try x.linear(weight: weight, bias: bias)
    }
}
