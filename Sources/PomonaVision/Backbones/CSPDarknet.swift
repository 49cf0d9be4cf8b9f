public import PomonaModel
public import PomonaTensor

/// The backbone of the family: a stem and four stages that each halve the extent and double the channels.
public struct CSPDarknet {
    private let stem: Focus
    private let stages: [[any Layer]]

    /// Channels of the deepest output.
    public let outputChannels: Int

    public init(_ scope: Scope, _ architecture: DetectorArchitecture) throws {
        let base = architecture.stemChannels
        stem = try Focus(scope("stem"), architecture, outputChannels: base)
        stages = try [1, 3, 3, 1].enumerated().map { index, blocks -> [any Layer] in
            let name = "dark\(index + 2)"
            let (input, output) = (base << index, base << (index + 1))
            let isDeepest = index == 3
            var layers: [any Layer] = [
                try SpatialConv(
                    scope(name)("0"), architecture, inputChannels: input, outputChannels: output, stride: 2)
            ]
            if isDeepest {
                layers.append(try SpatialPyramidPooling(scope(name)("1"), architecture, channels: output))
            }
            layers.append(
                try CSPLayer(
                    scope(name)("\(layers.count)"), architecture, inputChannels: output, outputChannels: output,
                    // The published networks round the base depth first and multiply then.
                    repetitions: architecture.repetitions(3) * blocks, shortcut: !isDeepest))
            return layers
        }
        outputChannels = base << 4
    }

    /// Features at strides 8, 16 and 32.
    ///
    /// - Parameter images: `[N, 3, H, W]`, `H` and `W` multiples of 32.
    /// - Returns: `[N, levelChannels[i], H / strides[i], W / strides[i]]` for each level, finest first.
    public func callAsFunction(_ images: Tensor) throws -> [Tensor] {
        var x = try stem(images)
        var outputs: [Tensor] = []
        for stage in stages {
            x = try stage.reduce(x) { try $1($0) }
            outputs.append(x)
        }
        return Array(outputs.dropFirst())
    }
}
