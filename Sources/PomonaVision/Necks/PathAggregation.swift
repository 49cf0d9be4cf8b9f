import PomonaModel
import PomonaTensor

/// Carries meaning from deep levels down to fine ones and position back up (Liu et al., "Path aggregation network",
/// 2018).
struct PathAggregation {
    private let reduceDeep: NormalizedConv2d
    private let joinMiddleDown: CSPLayer
    private let reduceMiddle: NormalizedConv2d
    private let joinFine: CSPLayer
    private let shrinkFine: SpatialConv
    private let joinMiddleUp: CSPLayer
    private let shrinkMiddle: SpatialConv
    private let joinDeep: CSPLayer

    init(_ scope: Scope, _ architecture: DetectorArchitecture) throws {
        let channels = architecture.levelChannels
        let (fine, middle, deep) = (channels[0], channels[1], channels[2])
        func join(_ name: String, _ input: Int, _ output: Int) throws -> CSPLayer {
            try CSPLayer(
                scope(name), architecture, inputChannels: input, outputChannels: output,
                repetitions: architecture.repetitions(3), shortcut: false)
        }
        func shrink(_ name: String, _ channels: Int) throws -> SpatialConv {
            try SpatialConv(scope(name), architecture, inputChannels: channels, outputChannels: channels, stride: 2)
        }
        reduceDeep = try pointwiseConv(
            scope("lateral_conv0"), architecture, inputChannels: deep, outputChannels: middle)
        joinMiddleDown = try join("C3_p4", 2 * middle, middle)
        reduceMiddle = try pointwiseConv(
            scope("reduce_conv1"), architecture, inputChannels: middle, outputChannels: fine)
        joinFine = try join("C3_p3", 2 * fine, fine)
        shrinkFine = try shrink("bu_conv2", fine)
        joinMiddleUp = try join("C3_n3", 2 * fine, middle)
        shrinkMiddle = try shrink("bu_conv1", middle)
        joinDeep = try join("C3_n4", 2 * middle, deep)
    }

    /// - Parameter levels: The backbone's outputs, finest first.
    /// - Returns: Feature maps of the same shapes.
    func callAsFunction(_ levels: [Tensor]) throws -> [Tensor] {
        let deep = try reduceDeep(levels[2])
        let middle = try reduceMiddle(
            joinMiddleDown(.concatenated([deep.upsampledNearest(factor: 2), levels[1]], along: 1)))
        let fineOut = try joinFine(.concatenated([middle.upsampledNearest(factor: 2), levels[0]], along: 1))
        let middleOut = try joinMiddleUp(.concatenated([shrinkFine(fineOut), middle], along: 1))
        let deepOut = try joinDeep(.concatenated([shrinkMiddle(middleOut), deep], along: 1))
        return [fineOut, middleOut, deepOut]
    }
}
