import PomonaModel
import PomonaTensor

/// Joins every position with the maxima of ever larger neighbourhoods (He et al., "Spatial pyramid pooling", 2014).
struct SpatialPyramidPooling: Layer {
    private let reduce: NormalizedConv2d
    private let join: NormalizedConv2d

    init(_ scope: Scope, _ architecture: DetectorArchitecture, channels: Int) throws {
        reduce = try pointwiseConv(
            scope("conv1"), architecture, inputChannels: channels, outputChannels: channels / 2)
        join = try pointwiseConv(
            scope("conv2"), architecture, inputChannels: channels * 2, outputChannels: channels)
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let y = try reduce(x)
        // Windows of 9 and 13 are windows of 5 applied again, which costs less than pooling them directly.
        let within5 = try y.maxPooled(kernel: 5, stride: 1, padding: 2)
        let within9 = try within5.maxPooled(kernel: 5, stride: 1, padding: 2)
        let within13 = try within9.maxPooled(kernel: 5, stride: 1, padding: 2)
        return try join(.concatenated([y, within5, within9, within13], along: 1))
    }
}
