public import PomonaModel
public import PomonaTensor

extension Activation {
    /// Applies the nonlinearity to every element.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        switch self {
        case .silu: try x.silu()
        case .relu: try x.relu()
        case .hardswish: try x.hardSwish()
        }
    }
}

/// A part of a network that turns one feature map into another.
protocol Layer {
    func callAsFunction(_ x: Tensor) throws -> Tensor
}

extension NormalizedConv2d: Layer {}

/// A 3 x 3 convolution of the family: dense, or split into depthwise and pointwise (`dconv`, `pconv`).
struct SpatialConv: Layer {
    private let layers: [NormalizedConv2d]

    init(
        _ scope: Scope, _ architecture: DetectorArchitecture, inputChannels: Int, outputChannels: Int, stride: Int = 1
    ) throws {
        let activation = architecture.activation
        if architecture.isDepthwise {
            layers = [
                try NormalizedConv2d(
                    scope("dconv"), inputChannels: inputChannels, outputChannels: inputChannels, kernel: 3,
                    stride: stride, groups: inputChannels, activation: activation.callAsFunction),
                try NormalizedConv2d(
                    scope("pconv"), inputChannels: inputChannels, outputChannels: outputChannels, kernel: 1,
                    activation: activation.callAsFunction),
            ]
        } else {
            layers = [
                try NormalizedConv2d(
                    scope, inputChannels: inputChannels, outputChannels: outputChannels, kernel: 3, stride: stride,
                    activation: activation.callAsFunction)
            ]
        }
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        try layers.reduce(x) { try $1($0) }
    }
}

/// A 1 x 1 convolution of the family.
func pointwiseConv(
    _ scope: Scope, _ architecture: DetectorArchitecture, inputChannels: Int, outputChannels: Int
) throws -> NormalizedConv2d {
    try NormalizedConv2d(
        scope, inputChannels: inputChannels, outputChannels: outputChannels, kernel: 1,
        activation: architecture.activation.callAsFunction)
}
