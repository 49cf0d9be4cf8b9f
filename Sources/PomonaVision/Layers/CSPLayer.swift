import PomonaModel
import PomonaTensor

/// A cross stage partial block (Wang et al., "CSPNet", 2019): half of the channels pass through bottlenecks, the other
/// half around them, and a 1 x 1 convolution joins both.
struct CSPLayer: Layer {
    private let through: NormalizedConv2d
    private let around: NormalizedConv2d
    private let join: NormalizedConv2d
    private let bottlenecks: [Bottleneck]

    /// - Parameters:
    ///   - repetitions: How many bottlenecks follow one another.
    ///   - shortcut: Whether each bottleneck adds its input to its output.
    init(
        _ scope: Scope, _ architecture: DetectorArchitecture, inputChannels: Int, outputChannels: Int,
        repetitions: Int, shortcut: Bool
    ) throws {
        let hidden = outputChannels / 2
        through = try pointwiseConv(scope("conv1"), architecture, inputChannels: inputChannels, outputChannels: hidden)
        around = try pointwiseConv(scope("conv2"), architecture, inputChannels: inputChannels, outputChannels: hidden)
        join = try pointwiseConv(
            scope("conv3"), architecture, inputChannels: 2 * hidden, outputChannels: outputChannels)
        bottlenecks = try (0..<repetitions).map {
            try Bottleneck(scope("m")("\($0)"), architecture, channels: hidden, shortcut: shortcut)
        }
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let processed = try bottlenecks.reduce(through(x)) { try $1($0) }
        return try join(.concatenated([processed, around(x)], along: 1))
    }
}

/// A 1 x 1 and a 3 x 3 convolution, with the input added where asked for (He et al., 2016).
private struct Bottleneck: Layer {
    private let reduce: NormalizedConv2d
    private let spatial: SpatialConv
    private let shortcut: Bool

    init(_ scope: Scope, _ architecture: DetectorArchitecture, channels: Int, shortcut: Bool) throws {
        reduce = try pointwiseConv(scope("conv1"), architecture, inputChannels: channels, outputChannels: channels)
        spatial = try SpatialConv(scope("conv2"), architecture, inputChannels: channels, outputChannels: channels)
        self.shortcut = shortcut
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let y = try spatial(reduce(x))
        return shortcut ? try y + x : y
    }
}
