import PomonaModel
import PomonaTensor

/// Turns every 2 x 2 block of pixels into channels before the first convolution, so that it sees all of the photo at
/// half the extent.
struct Focus: Layer {
    private let convolution: NormalizedConv2d

    init(_ scope: Scope, _ architecture: DetectorArchitecture, outputChannels: Int) throws {
        convolution = try NormalizedConv2d(
            scope("conv"), inputChannels: 12, outputChannels: outputChannels, kernel: 3,
            activation: architecture.activation.callAsFunction)
    }

    /// `[N, 3, H, W]` to `[N, outputChannels, H / 2, W / 2]`; `H` and `W` are even.
    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let (height, width) = (x.shape[2], x.shape[3])
        let evenRows = try x.slice(2, 0..<height, step: 2)
        let oddRows = try x.slice(2, 1..<height, step: 2)
        // The published weights expect top left, bottom left, top right, bottom right.
        let blocks = try Tensor.concatenated(
            [
                evenRows.slice(3, 0..<width, step: 2), oddRows.slice(3, 0..<width, step: 2),
                evenRows.slice(3, 1..<width, step: 2), oddRows.slice(3, 1..<width, step: 2),
            ], along: 1)  // [N, 12, H / 2, W / 2]
        return try convolution(blocks)
    }
}
